/**
 * The sandbox's own clock. It runs a chosen number of times faster than the wall clock, can be moved forward, and can
 * be stopped, so that an hour of Gladly's retries or a day of Stella's suppression period takes a test no time.
 */

/** What `POST /_sandbox/clock` changes; what is left out stays as it is. */
export interface ClockChange {
  /** How many times faster than the wall clock; above 0. */
  readonly scale?: number | undefined;
  /** Milliseconds to move forward at once. What falls due in between happens right after. */
  readonly advance?: number | undefined;
  /** True stops the clock, false lets it run on from where it stopped. */
  readonly freeze?: boolean | undefined;
}

/** What `GET /_sandbox/clock` tells. */
export interface ClockReading {
  readonly now: string;
  readonly scale: number;
  readonly frozen: boolean;
}

interface Appointment {
  readonly at: number;
  readonly action: () => void;
}

/** `setTimeout` overflows above this and fires at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

export class SandboxClock {
  private sandboxBase = Date.now();
  private wallBase = performance.now();
  private frozen = false;
  private appointments: Appointment[] = [];
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

  /** Runs the action when this clock reaches that time; the answer cancels it. */
  schedule(at: number, action: () => void): () => void {
    const appointment = { at, action };
    this.appointments.push(appointment);
    this.arm();
    return () => {
      this.appointments = this.appointments.filter((other) => other !== appointment);
      this.arm();
    };
  }

  /** Wall-clock milliseconds that so many milliseconds of this clock take while it runs. */
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

  /** Forgets every appointment. */
  stop(): void {
    this.appointments = [];
    clearTimeout(this.timer);
  }

  private arm(): void {
    clearTimeout(this.timer);
    if (this.appointments.length === 0) return;
    const wait = Math.min(...this.appointments.map((appointment) => appointment.at)) - this.now();
    if (wait > 0 && this.frozen) return;
    this.timer = setTimeout(() => this.runDue(), Math.min(LONGEST_TIMER, Math.max(0, this.wallMilliseconds(wait))));
  }

  private runDue(): void {
    const now = this.now();
    const due = this.appointments.filter((appointment) => appointment.at <= now).sort((a, b) => a.at - b.at);
    this.appointments = this.appointments.filter((appointment) => appointment.at > now);
    for (const appointment of due) appointment.action();
    this.arm();
  }
}
