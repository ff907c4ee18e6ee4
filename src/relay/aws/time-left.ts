/**
 * How long the present invocation may still take. A function that is ended from outside loses what it was about to
 * record, so every call it makes ends before that.
 */

/** What Lambda hands to a handler beside its event; the part that is used here. */
export interface InvocationContext {
  getRemainingTimeInMillis(): number;
  readonly awsRequestId: string;
}

/** An execution environment has one invocation at a time, so one of these serves it for life. */
export class TimeLeft {
  private endsAt = Number.POSITIVE_INFINITY;

  constructor(private readonly now: () => number = Date.now) {}

  begin(context: Pick<InvocationContext, "getRemainingTimeInMillis">): void {
    this.endsAt = this.now() + context.getRemainingTimeInMillis();
  }

  /** Milliseconds, never below 0, that are left when `reserve` of them are kept for what comes after. */
  without(reserve: number): number {
    return Math.max(0, this.endsAt - reserve - this.now());
  }
}
