/** Repeats a task with a pause between its runs, until it is stopped. */

/** Milliseconds before the first run, and between tries while the task cannot run yet. */
const SOON = 1000;

export class Periodic {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;

  /**
   * @param task answers whether it could run: one that could not, for want of a configuration, is tried again soon
   * @param pause milliseconds
   * @param failed what a run threw; the next one comes all the same
   */
  constructor(
    private readonly task: () => Promise<boolean>,
    private readonly pause: number,
    private readonly failed: (error: unknown) => void,
  ) {
    this.schedule(Math.min(SOON, pause));
  }

  /** Resolves when a run that was begun has ended. */
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
