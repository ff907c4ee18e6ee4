/** Counts unfinished work, so that a test can wait until a server is idle instead of for a fixed time. */
export class Pending {
  private running = 0;

  get count(): number {
    return this.running;
  }

  /** Counts the work until it succeeds or fails. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.running += 1;
    try {
      return await work();
    } finally {
      this.running -= 1;
    }
  }
}
