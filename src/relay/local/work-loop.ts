/** Keeps working on due messages until it is stopped: woken by every delivery, else by the next due time. */

import { workBatch } from "../message-batch";
import type { Message, Verdict } from "../ports";
import type { SqliteQueue } from "./queue";

/** Milliseconds until the queue is looked at again, come what may: another process may have put something in. */
const LONGEST_SLEEP = 1000;

export interface WorkLoopOptions {
  readonly queue: SqliteQueue;
  readonly now: () => number;
  /** The work of the moment; undefined while nothing may be worked on. */
  readonly worker: () => Promise<((message: Message) => Promise<Verdict>) | undefined>;
  readonly failed: (error: unknown) => void;
}

export class WorkLoop {
  private stopped = false;
  private wakeUp: () => void = () => undefined;
  private readonly ended: Promise<void>;

  constructor(private readonly options: WorkLoopOptions) {
    this.ended = this.run();
  }

  /** There may be something to do. */
  wake(): void {
    this.wakeUp();
  }

  /** Resolves when what was begun has ended. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.wake();
    await this.ended;
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      const worked = await this.round();
      if (worked !== "some" && !this.stopped) await this.sleep(worked === "blocked");
    }
  }

  private async round(): Promise<"some" | "none" | "blocked"> {
    try {
      const work = await this.options.worker();
      if (work === undefined) return "blocked";
      return (await workBatch(this.options.queue, work)) > 0 ? "some" : "none";
    } catch (error) {
      this.options.failed(error);
      return "blocked";
    }
  }

  /** @param blocked what is due cannot be worked on, so its time does not matter */
  private sleep(blocked: boolean): Promise<void> {
    const due = blocked ? undefined : this.options.queue.nextDue();
    const pause = Math.min(LONGEST_SLEEP, Math.max(0, (due ?? Number.POSITIVE_INFINITY) - this.options.now()));
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, pause);
      this.wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
