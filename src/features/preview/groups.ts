/** Counting closes by what they have in common, in an order that is the same on every machine. */

/** In the order of first sight. */
export class Groups<T> {
  private readonly groups = new Map<string, { readonly value: T; closes: number }>();

  add(key: string, value: T): void {
    const group = this.groups.get(key);
    if (group === undefined) this.groups.set(key, { value, closes: 1 });
    else group.closes += 1;
  }

  list(): readonly { readonly value: T; readonly closes: number }[] {
    return [...this.groups.values()];
  }
}
