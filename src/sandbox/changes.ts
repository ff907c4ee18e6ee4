/** Tells whoever watches that something in the sandbox changed: the page, and tests that wait on a condition. */
export class Changes {
  private readonly listeners = new Set<() => void>();

  notify(): void {
    for (const listener of this.listeners) listener();
  }

  /** The answer ends the listening. */
  listen(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
