/**
 * Which objects Terraform's state holds, as far as this run has asked about them. Terraform tells a provider of one object
 * at a time, in no order, so a resource that looks for another one may have to wait for it.
 */
export class StateObjects {
  private readonly seen = new Set<string>();
  private readonly listeners = new Set<() => void>();

  /** Notes an object of the state. An `id` that is no text is no object. */
  note(type: string, id: unknown): void {
    if (typeof id !== "string" || id === "") return;
    this.seen.add(`${type} ${id}`);
    for (const listener of [...this.listeners]) listener();
  }

  /** A new run begins: another state may be asked about. */
  clear(): void {
    this.seen.clear();
  }

  /** Whether the state holds the object. Waits for `patience` before it says no. */
  async has(type: string, id: string, patience: () => Promise<void>): Promise<boolean> {
    const key = `${type} ${id}`;
    if (this.seen.has(key)) return true;
    let listener = (): void => undefined;
    const noted = new Promise<void>((resolve) => {
      listener = () => {
        if (this.seen.has(key)) resolve();
      };
    });
    this.listeners.add(listener);
    try {
      await Promise.race([noted, patience()]);
    } finally {
      this.listeners.delete(listener);
    }
    return this.seen.has(key);
  }
}
