/** Settings that follow from how many conversations are closed on a usual day (facts/aws-relay.md section 5). */

export interface Sizing {
  /** Deliveries a second that the webhook's route takes before it answers 429. */
  readonly throttleRate: number;
  /** Deliveries at once. */
  readonly throttleBurst: number;
  /** Batches that the worker handles at once; 2 is the least that Lambda allows. */
  readonly workerConcurrency: number;
}

const SECONDS_A_DAY = 86_400;

/** Busiest hour over the day's mean. */
const PEAK = 3;

/** Gladly counts a 429 as a failed delivery, and five of those switch the webhook off: stay far above the peak. */
const THROTTLE_OVER_PEAK = 5;
const LEAST_THROTTLE = 200;

/** Closes that one worker finishes in a second: five at a time, half a second each. */
const WORKER_RATE = 10;

/**
 * @param eventsPerConversation deliveries for a usual conversation. Only its close is work for Stella; the beginning of a
 * contact is one write.
 */
export function sizingFor(conversationsPerDay: number, eventsPerConversation = 1): Sizing {
  const peak = (conversationsPerDay / SECONDS_A_DAY) * PEAK;
  const throttleRate = Math.max(LEAST_THROTTLE, Math.ceil(peak * eventsPerConversation * THROTTLE_OVER_PEAK));
  // More than the peak needs, so that the backlog of an outage is worked off in minutes.
  const least = conversationsPerDay > 10_000 ? 5 : 2;
  return {
    throttleRate,
    throttleBurst: throttleRate * 2,
    workerConcurrency: Math.max(least, Math.ceil((peak * 1.15) / WORKER_RATE)),
  };
}
