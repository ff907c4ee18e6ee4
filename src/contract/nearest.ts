/** Suggests the known word that is most similar to a misspelt one. */

/** @returns undefined if none is similar enough */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const given = word.toLowerCase();
  const beginning = known.filter((candidate) => given.length > 1 && candidate.startsWith(given));
  if (beginning.length === 1) return beginning[0];
  const most = Math.max(1, Math.floor(given.length / 3));
  const [best] = known
    .map((candidate) => ({ candidate, edits: distance(given, candidate) }))
    .filter(({ edits }) => edits <= most)
    .sort((one, other) => one.edits - other.edits);
  return best?.candidate;
}

/** ` Did you mean …?`, or nothing. */
export function didYouMean(word: string, known: readonly string[]): string {
  const meant = nearest(word, known);
  return meant === undefined ? "" : ` Did you mean ${meant}?`;
}

/** Letters to add, drop, replace or swap with the next (Damerau and Levenshtein, restricted). */
export function distance(one: string, other: string): number {
  let before: number[] = [];
  let row = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1];
      const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      next[j] = Math.min(
        (next[j - 1] ?? 0) + 1,
        (row[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + (same ? 0 : 1),
        swapped ? (before[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    before = row;
    row = next;
  }
  return row[other.length] ?? 0;
}
