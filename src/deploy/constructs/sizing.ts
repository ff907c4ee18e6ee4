/** Settings that follow from how many conversations are closed on a usual day (docs/vendors/aws-relay.md section 5). */
import { GLADLY_REQUESTS_PER_SECOND } from "../../contract/relay-configuration";
import type { AwsEnvironment } from "../../environment/schema";

export interface Sizing {
  /** Deliveries a second that the webhook's route takes before it answers 429. */
  readonly throttleRate: number;
  /** Deliveries at once. */
  readonly throttleBurst: number;
  /** Batches that the worker handles at once. */
  readonly workerConcurrency: number;
  /**
   * Requests a second to Gladly that each process may make; together they keep to what the environment may use. Absent
   * where the worker reads nothing.
   */
  readonly gladlyShares?: { readonly worker: number; readonly watchdog: number };
}

/** What else the sizing depends on. */
export interface Load {
  /** Deliveries for a usual conversation. @default 1 */
  readonly eventsPerConversation?: number;
  /** Requests a second to Gladly that the relay may make in all. @default it reads nothing for a close */
  readonly gladlyRequests?: number | undefined;
  /** Whether the watchdog brings survey answers back, two requests each. @default false */
  readonly feedback?: boolean;
}

const SECONDS_A_DAY = 86_400;

/** Busiest hour over the day's mean. */
const PEAK = 3;

/** Gladly counts a 429 as a failed delivery, and five of those switch the webhook off: stay far above the peak. */
const THROTTLE_OVER_PEAK = 5;
const LEAST_THROTTLE = 200;

/** The least that Lambda allows. */
const LEAST_CONCURRENCY = 2;

/** Closes that one worker finishes in a second: five at a time, half a second each. */
const WORKER_RATE = 10;

/** Of Gladly's requests each worker should have so many, or a close that needs two waits for a second one. */
const LEAST_SHARE = 3;

/** Only a close is work for Stella; the beginning of a contact is one write. */
export function sizingFor(conversationsPerDay: number, load: Load = {}): Sizing {
  const { eventsPerConversation = 1, gladlyRequests, feedback = false } = load;
  const peak = (conversationsPerDay / SECONDS_A_DAY) * PEAK;
  const throttleRate = Math.max(LEAST_THROTTLE, Math.ceil(peak * eventsPerConversation * THROTTLE_OVER_PEAK));
  // More than the peak needs, so that the backlog of an outage is worked off in minutes.
  const least = conversationsPerDay > 10_000 ? 5 : LEAST_CONCURRENCY;
  const wanted = Math.max(least, Math.ceil((peak * 1.15) / WORKER_RATE));
  const throttle = { throttleRate, throttleBurst: throttleRate * 2 };
  if (gladlyRequests === undefined) return { ...throttle, workerConcurrency: wanted };
  // Gladly's limit is what bounds them: more processes would only have less each.
  const watchdog = feedback ? 2 : 1;
  const forWorkers = gladlyRequests - watchdog;
  const workerConcurrency = Math.max(LEAST_CONCURRENCY, Math.min(wanted, Math.floor(forWorkers / LEAST_SHARE)));
  const worker = Math.max(1, Math.floor(forWorkers / workerConcurrency));
  return { ...throttle, workerConcurrency, gladlyShares: { worker, watchdog } };
}

/** @param eventsPerConversation deliveries for a usual conversation */
export function sizingOf(environment: AwsEnvironment, eventsPerConversation?: number): Sizing {
  const { delivery, gladly, policy, relay } = environment;
  return sizingFor(relay.conversationsPerDay, {
    ...(eventsPerConversation === undefined ? {} : { eventsPerConversation }),
    gladlyRequests: delivery === "enrich" ? (gladly.requestsPerSecond ?? GLADLY_REQUESTS_PER_SECOND) : undefined,
    feedback: policy?.feedback ?? false,
  });
}
