/** Repeats a task with a pause between its runs, until it is stopped. */
export class Periodic {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;

  /**
   * @param pause milliseconds; the first run comes after one of them
   * @param failed what a run threw; the next one comes all the same
   */
  constructor(
    private readonly task: () => Promise<void>,
    private readonly pause: number,
    private readonly failed: (error: unknown) => void,
  ) {
    this.schedule();
  }

  /** Resolves when a run that was begun has ended. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private schedule(): void {
    this.timer = setTimeout(() => {
      this.running = this.task()
        .catch(this.failed)
        .finally(() => {
          if (!this.stopped) this.schedule();
        });
    }, this.pause);
  }
}
