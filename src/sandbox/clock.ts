/**
 * The sandbox's clock. It can run faster than the wall clock, jump forward and stop, so tests need not wait out an hour
 * of Gladly's retries or a day of Stella's suppression period.
 */

/** The body of `POST /_sandbox/clock`. Omitted fields keep their value. */
export interface ClockChange {
  /** How many times faster than the wall clock; above 0. */
  readonly scale?: number | undefined;
  /** Milliseconds to jump forward. Actions that fall due in between run right after. */
  readonly advance?: number | undefined;
  /** True stops the clock, false lets it continue from where it stopped. */
  readonly freeze?: boolean | undefined;
}

/** The answer of `GET /_sandbox/clock`. */
export interface ClockReading {
  readonly now: string;
  readonly scale: number;
  readonly frozen: boolean;
}

interface ScheduledAction {
  readonly at: number;
  readonly action: () => void;
}

/** Milliseconds. `setTimeout` overflows above this and fires at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

export class SandboxClock {
  private sandboxBase = Date.now();
  private wallBase = performance.now();
  private frozen = false;
  private scheduled: ScheduledAction[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(private scale = 1) {
    if (!(scale > 0)) throw new RangeError(`The time scale of the sandbox must be above 0, not ${scale}.`);
  }

  /** Milliseconds since the epoch, on this clock. */
  now(): number {
    if (this.frozen) return this.sandboxBase;
    return this.sandboxBase + (performance.now() - this.wallBase) * this.scale;
  }

  /** The time as Gladly writes it: RFC 3339 with milliseconds. */
  timestamp(at = this.now()): string {
    return new Date(at).toISOString();
  }

  /**
   * Runs the action when this clock reaches a time.
   *
   * @returns a function that cancels the action
   */
  schedule(at: number, action: () => void): () => void {
    const entry = { at, action };
    this.scheduled.push(entry);
    this.arm();
    return () => {
      this.scheduled = this.scheduled.filter((other) => other !== entry);
      this.arm();
    };
  }

  /** Converts milliseconds of this clock to wall-clock milliseconds, for a running clock. */
  wallMilliseconds(milliseconds: number): number {
    return Math.ceil(milliseconds / this.scale);
  }

  change(change: ClockChange): void {
    this.sandboxBase = this.now() + (change.advance ?? 0);
    this.wallBase = performance.now();
    this.scale = change.scale ?? this.scale;
    this.frozen = change.freeze ?? this.frozen;
    this.arm();
  }

  reading(): ClockReading {
    return { now: this.timestamp(), scale: this.scale, frozen: this.frozen };
  }

  /** Cancels every scheduled action. */
  stop(): void {
    this.scheduled = [];
    clearTimeout(this.timer);
  }

  private arm(): void {
    clearTimeout(this.timer);
    if (this.scheduled.length === 0) return;
    const wait = Math.min(...this.scheduled.map(({ at }) => at)) - this.now();
    if (wait > 0 && this.frozen) return;
    this.timer = setTimeout(() => this.runDue(), Math.min(LONGEST_TIMER, Math.max(0, this.wallMilliseconds(wait))));
  }

  private runDue(): void {
    const now = this.now();
    const due = this.scheduled.filter(({ at }) => at <= now).sort((a, b) => a.at - b.at);
    this.scheduled = this.scheduled.filter(({ at }) => at > now);
    for (const { action } of due) action();
    this.arm();
  }
}
