/**
 * Detects that the machine's clock was set, by comparing it with a monotonic clock (Linux: CLOCK_MONOTONIC). A machine that
 * slept looks the same and is reported the same way.
 */
import type { Clock } from "../ports";

/** Milliseconds by which the two clocks may drift apart between two checks. */
const TOLERANCE_MS = 10_000;
/** Milliseconds after a leap in which nothing is processed, because most wrong times are corrected at once. */
const HOLD_MS = 60_000;
/** Milliseconds for which health reports a leap. */
const REPORTED_MS = 24 * 3_600_000;

export interface Leap {
  /** Milliseconds; below 0 when the clock was set back. */
  readonly by: number;
  /** When it was noticed, in ISO 8601, by the clock as it is now. */
  readonly noticedAt: string;
}

export interface ClockWatchOptions {
  readonly clock: Clock;
  /** A monotonic clock, in milliseconds. @default performance.now */
  readonly steady?: () => number;
  readonly leaped: (leap: Leap) => void;
  /** Multiplies the time in which nothing is processed. @default 1 */
  readonly scale?: number;
}

export class ClockWatch {
  private readonly steady: () => number;
  private offset: number;
  private last: { readonly leap: Leap; readonly at: number } | undefined;

  constructor(private readonly options: ClockWatchOptions) {
    this.steady = options.steady ?? (() => performance.now());
    this.offset = this.options.clock.now() - this.steady();
  }

  /** Compares the clocks. Call it every few seconds, and before work that depends on the clock. */
  look(): void {
    const offset = this.options.clock.now() - this.steady();
    const by = offset - this.offset;
    this.offset = offset;
    if (Math.abs(by) > TOLERANCE_MS) this.tell(by);
  }

  /** Detects a stored time later than now: the clock was ahead then, or is behind now. @param stored milliseconds since the epoch */
  compare(stored: number | undefined): void {
    const by = this.options.clock.now() - (stored ?? 0);
    if (stored !== undefined && by < -TOLERANCE_MS) this.tell(by);
  }

  /** Whether the clock has run evenly for a minute. */
  get settled(): boolean {
    return this.last === undefined || this.steady() - this.last.at >= HOLD_MS * (this.options.scale ?? 1);
  }

  /** The last leap, for a day. */
  get recent(): Leap | undefined {
    return this.last !== undefined && this.steady() - this.last.at < REPORTED_MS ? this.last.leap : undefined;
  }

  private tell(by: number): void {
    const leap = { by, noticedAt: new Date(this.options.clock.now()).toISOString() };
    this.last = { leap, at: this.steady() };
    this.options.leaped(leap);
  }
}
