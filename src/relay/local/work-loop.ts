/**
 * Processes due messages until it is stopped. Each slot takes the next message as soon as it is free, so that a slow answer
 * blocks only one slot.
 */
import { setTimeout as delay } from "node:timers/promises";
import type { Message, Verdict } from "../ports";
import type { SqliteQueue } from "./queue";

/** Messages processed at once. Most of them wait for Gladly, which allows ten requests per second. */
export const SLOTS = 10;
/** Milliseconds until the queue is read again in any case: another process may have added a message. */
const LONGEST_SLEEP = 1000;

export interface WorkLoopOptions {
  readonly queue: Pick<SqliteQueue, "receive" | "settle" | "nextDue">;
  readonly now: () => number;
  /** The current work function; undefined while nothing may be processed. */
  readonly worker: () => Promise<((message: Message) => Promise<Verdict>) | undefined>;
  readonly failed: (error: unknown) => void;
  /** @default 10 */
  readonly slots?: number;
}

export class WorkLoop {
  private stopped = false;
  private wakeUp: () => void = () => undefined;
  private readonly running = new Set<Promise<void>>();
  private readonly ended: Promise<void>;

  constructor(private readonly options: WorkLoopOptions) {
    this.ended = this.run();
  }

  /** There may be something to do. */
  wake(): void {
    this.wakeUp();
  }

  /** Resolves when started work has ended. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.wake();
    await this.ended;
    await Promise.all(this.running);
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      const begun = await this.fill();
      if (begun !== "some" && !this.stopped) await this.sleep(begun);
    }
  }

  /** Assigns the next messages to free slots. */
  private async fill(): Promise<"some" | "none" | "blocked"> {
    try {
      const free = (this.options.slots ?? SLOTS) - this.running.size;
      const work = free > 0 ? await this.options.worker() : undefined;
      if (work === undefined) return "blocked";
      const messages = await this.options.queue.receive(free);
      for (const message of messages) this.begin(message, work);
      return messages.length > 0 ? "some" : "none";
    } catch (error) {
      this.options.failed(error);
      return "blocked";
    }
  }

  private begin(message: Message, work: (message: Message) => Promise<Verdict>): void {
    const task = this.handle(message, work).finally(() => {
      this.running.delete(task);
      this.wake();
    });
    this.running.add(task);
  }

  /** Retries storing a verdict. Without it the message would wait for its visibility timeout. */
  private async handle(message: Message, work: (message: Message) => Promise<Verdict>): Promise<void> {
    try {
      const verdict = await work(message);
      while (!(await this.settled(message, verdict)) && !this.stopped) await delay(LONGEST_SLEEP);
    } catch (error) {
      this.options.failed(error);
    }
  }

  private async settled(message: Message, verdict: Verdict): Promise<boolean> {
    try {
      await this.options.queue.settle(message, verdict);
      return true;
    } catch (error) {
      this.options.failed(error);
      return false;
    }
  }

  /** @param why with `blocked`, due messages cannot be processed, so their time does not matter */
  private sleep(why: "none" | "blocked"): Promise<void> {
    const due = why === "blocked" ? undefined : this.nextDue();
    const pause = Math.min(LONGEST_SLEEP, Math.max(0, (due ?? Number.POSITIVE_INFINITY) - this.options.now()));
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, pause);
      this.wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  private nextDue(): number | undefined {
    try {
      return this.options.queue.nextDue();
    } catch (error) {
      this.options.failed(error);
      return undefined;
    }
  }
}
