/** Sorts texts by their characters' numbers: the same on every machine, independent of its locale. */
export function compareTexts(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
