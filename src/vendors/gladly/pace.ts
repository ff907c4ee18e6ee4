/**
 * Keeps a client under Gladly's limit: 10 requests a second for the whole organization (docs/vendors/gladly-api.md section 3).
 *
 * A sliding window rather than a refilled bucket: a bucket of ten lets twenty through in the second after a pause.
 */
export interface Time {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after so many milliseconds; rejects when the signal aborts. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** Gives each request its turn. Clients of one organization must share one, or together they exceed the limit. */
export class Pace {
  private readonly starts: number[] = [];
  private blockedUntil = 0;
  private tail: Promise<void> = Promise.resolve();

  constructor(
    private readonly time: Time,
    /** Requests that may start within any one second. */
    private perSecond: number,
  ) {}

  /** Gladly said what the limit in force is; one that is higher than asked for at the start changes nothing. */
  atMost(perSecond: number): void {
    this.perSecond = Math.min(this.perSecond, perSecond);
  }

  /** Resolves when the next request may start, first come first served. */
  turn(signal?: AbortSignal): Promise<void> {
    const mine = this.tail.then(() => this.wait(signal));
    this.tail = mine.catch(() => undefined);
    return mine;
  }

  /** Gladly said that this second is used up: by us or by another client of the organization. */
  exhausted(): void {
    this.blockedUntil = Math.max(this.blockedUntil, this.time.now() + 1000);
  }

  private async wait(signal?: AbortSignal): Promise<void> {
    for (;;) {
      const now = this.time.now();
      while (this.starts[0] !== undefined && this.starts[0] <= now - 1000) this.starts.shift();
      const oldest = this.starts[0];
      const windowFree = this.starts.length < this.perSecond || oldest === undefined ? now : oldest + 1000;
      const ready = Math.max(windowFree, this.blockedUntil);
      if (ready <= now) {
        this.starts.push(now);
        return;
      }
      await this.time.sleep(ready - now, signal);
    }
  }
}
