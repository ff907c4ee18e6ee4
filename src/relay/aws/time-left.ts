/**
 * The time left in the current invocation. A function that Lambda times out cannot record its results, so every call must
 * end before that.
 */

/** The used part of Lambda's context object. */
export interface InvocationContext {
  getRemainingTimeInMillis(): number;
  readonly awsRequestId: string;
}

/** An execution environment runs one invocation at a time, so one instance is enough. */
export class TimeLeft {
  private endsAt = Number.POSITIVE_INFINITY;

  constructor(private readonly now: () => number = Date.now) {}

  begin(context: Pick<InvocationContext, "getRemainingTimeInMillis">): void {
    this.endsAt = this.now() + context.getRemainingTimeInMillis();
  }

  /** Milliseconds left after keeping `reserve` milliseconds. Never below 0. */
  without(reserve: number): number {
    return Math.max(0, this.endsAt - reserve - this.now());
  }
}
