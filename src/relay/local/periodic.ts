/** Repeats a task with a pause between its runs, until it is stopped. */

/** Milliseconds before the first run, and between attempts while the task cannot run yet. */
const SOON = 1000;

export class Periodic {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;

  /**
   * @param task returns whether it could run; if not, because there is no configuration, it is tried again soon
   * @param pause milliseconds
   * @param failed called with the error of a failed run; the next run follows anyway
   */
  constructor(
    private readonly task: () => Promise<boolean>,
    private readonly pause: number,
    private readonly failed: (error: unknown) => void,
  ) {
    this.schedule(Math.min(SOON, pause));
  }

  /** Resolves when the current run has ended. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private schedule(pause: number): void {
    this.timer = setTimeout(() => {
      this.running = this.run();
    }, pause);
  }

  private async run(): Promise<void> {
    let ran = true;
    try {
      ran = await this.task();
    } catch (error) {
      this.failed(error);
    }
    if (!this.stopped) this.schedule(ran ? this.pause : Math.min(SOON, this.pause));
  }
}
