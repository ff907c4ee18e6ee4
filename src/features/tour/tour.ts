/**
 * The tour: the whole product on this machine, each step done for real and then looked at. It ends well only if every
 * step was seen to happen; what it tells is what Terraform, Gladly, Stella Connect and the relay answered.
 */

import { openTourContext, type TourContextOptions } from "./context";
import { closingConversations } from "./conversations";
import { driftAndHealing } from "./drift";
import type { TourFacts } from "./facts";
import { firstApply } from "./first-apply";
import { goingLive } from "./go-live";

export interface TourOptions extends TourContextOptions {
  /** Leave everything running until the signal aborts, after telling the facts. */
  readonly keep: boolean;
  readonly finished: (facts: TourFacts, addresses: readonly string[]) => void;
}

/** @throws with what was expected and what was seen instead; everything that was started has ended by then. */
export async function giveTour(options: TourOptions): Promise<void> {
  const context = await openTourContext(options);
  try {
    const resources = await firstApply(context);
    const closed = await closingConversations(context);
    const goLive = await goingLive(context);
    const drift = await driftAndHealing(context);
    const reverted = await goLive.wayBack();
    const facts: TourFacts = {
      applied: true,
      resources,
      ...closed,
      surveys: [...closed.surveys, goLive.survey],
      goLive: {
        diff: goLive.diff,
        planned: goLive.planned,
        review: goLive.review,
        recipient: goLive.survey.recipient,
        reverted,
      },
      drift,
    };
    options.finished(facts, context.addresses);
    if (options.keep) await untilAborted(options.signal);
  } finally {
    await context.close();
  }
}

function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}
