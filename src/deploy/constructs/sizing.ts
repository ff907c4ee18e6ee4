/** Settings that depend on the number of closed conversations on a usual day (docs/vendors/aws-relay.md section 5). */
import { GLADLY_REQUESTS_PER_SECOND } from "../../contract/relay-configuration";
import type { AwsEnvironment } from "../../environment/schema";

export interface Sizing {
  /** Deliveries per second that the webhook's route accepts before it answers 429. */
  readonly throttleRate: number;
  /** Concurrent deliveries. */
  readonly throttleBurst: number;
  /** Concurrent batches of the worker. */
  readonly workerConcurrency: number;
  /**
   * Requests per second to Gladly for each process; together they stay within the environment's limit. Absent if the worker
   * reads nothing.
   */
  readonly gladlyShares?: { readonly worker: number; readonly watchdog: number };
}

/** Other inputs of the sizing. */
export interface Load {
  /** Deliveries for a usual conversation. @default 1 */
  readonly eventsPerConversation?: number;
  /** Total requests per second to Gladly. @default it reads nothing for a close */
  readonly gladlyRequests?: number | undefined;
  /** Whether the watchdog copies survey answers, with two requests each. @default false */
  readonly feedback?: boolean;
}

const SECONDS_A_DAY = 86_400;

/** The busiest hour divided by the day's mean. */
const PEAK = 3;

/** Far above the peak, because Gladly counts a 429 as a failed delivery, and five failures switch the webhook off. */
const THROTTLE_OVER_PEAK = 5;
const LEAST_THROTTLE = 200;

/** The minimum of Lambda. */
const LEAST_CONCURRENCY = 2;

/** Closes that one worker finishes per second: five at a time, half a second each. */
const WORKER_RATE = 10;

/** Minimum number of Gladly's requests per second for each worker. With fewer, a close that needs two waits a second. */
const LEAST_SHARE = 3;

/** Only a close needs Stella. The start of a contact is one write. */
export function sizingFor(conversationsPerDay: number, load: Load = {}): Sizing {
  const { eventsPerConversation = 1, gladlyRequests, feedback = false } = load;
  const peak = (conversationsPerDay / SECONDS_A_DAY) * PEAK;
  const throttleRate = Math.max(LEAST_THROTTLE, Math.ceil(peak * eventsPerConversation * THROTTLE_OVER_PEAK));
  // More than the peak needs, so that the backlog of an outage is processed within minutes.
  const least = conversationsPerDay > 10_000 ? 5 : LEAST_CONCURRENCY;
  const wanted = Math.max(least, Math.ceil((peak * 1.15) / WORKER_RATE));
  const throttle = { throttleRate, throttleBurst: throttleRate * 2 };
  if (gladlyRequests === undefined) return { ...throttle, workerConcurrency: wanted };
  // Gladly's limit is the upper bound: with more processes, each would only get less of it.
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
