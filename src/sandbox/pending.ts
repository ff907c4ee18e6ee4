/** Counts work that is not finished, so that a test can wait for a server to be at rest instead of for a time. */
export class Pending {
  private running = 0;

  get count(): number {
    return this.running;
  }

  /** Counts the work until it ends, also when it fails. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.running += 1;
    try {
      return await work();
    } finally {
      this.running -= 1;
    }
  }
}
