/**
 * How the sandbox's Gladly behaves where an organization can choose, or where Gladly's behaviour is not documented.
 * The defaults are the choices suggested in docs/vendors/gladly-api.md sections 3, 6 and 7.
 */
import * as z from "zod";

export const GladlySettings = z.strictObject({
  /** Accept `http://` receivers on loopback. Gladly itself takes HTTPS only. */
  loopbackHttpReceivers: z.boolean().default(true),
  /** Webhooks per organization (section 6). */
  webhookLimit: z.int().min(1).default(20),
  /**
   * How the retry intervals of 30 s, 5 min, 30 min and 1 h are meant: counted from the first failure, which fits
   * "over an hour", or one after another (section 7.1).
   */
  retrySchedule: z.enum(["from-first-failure", "one-after-another"]).default("from-first-failure"),
  /** What becomes of retries that wait when a webhook is switched off. */
  retriesOfDisabledWebhook: z.enum(["dropped", "kept"]).default("dropped"),
  /** PING with the common envelope, or with nothing but its type (section 7.2). */
  pingBody: z.enum(["envelope", "type-only"]).default("envelope"),
  /** Whether a new `url` is probed while the webhook is off; the documentation names no exception. */
  pingOnUrlChangeWhileDisabled: z.boolean().default(true),
  /** Whether Gladly's own deactivation moves `updatedAt`. */
  deactivationMovesUpdatedAt: z.boolean().default(true),
  /** The default limit of 10 requests a second (section 3). */
  rateLimit: z
    .strictObject({
      perSecond: z.int().min(1).default(10),
      /** One bucket for all methods, one per method, or no limit. */
      buckets: z.enum(["one", "per-method", "off"]).default("one"),
    })
    .default({ perSecond: 10, buckets: "one" }),
  /** Gladly's default: a conversation cannot be closed without a topic (section 8). */
  topicsRequiredToClose: z.boolean().default(true),
  /** How far the Events API is behind, in seconds; documented as "up to 15". */
  eventsDelaySeconds: z.number().min(0).default(15),
  /** Put a field that no description names into every object, as Gladly may at any time. */
  unknownFields: z.boolean().default(false),
  /** What the API calls a status, such as `{"CLOSED": "RESOLVED"}`: Gladly may add statuses at any time. */
  statusNames: z.partialRecord(z.enum(["OPEN", "WAITING", "CLOSED"]), z.string().min(1)).default({}),
  /** Put an item of a kind that no description names at the end of every conversation. */
  unknownItems: z.boolean().default(false),
  /** The initiator's type when one of Gladly's Rules, or a job such as a run of erasures, closes a conversation. */
  initiators: z
    .strictObject({ rule: z.string().min(1).default("AUTOMATION"), job: z.string().min(1).default("SYSTEM") })
    .default({ rule: "AUTOMATION", job: "SYSTEM" }),
  /** Most entries of each list; what is cut is announced by `Gladly-Limited-Data`. Null: no limit is described. */
  listLimits: z
    .strictObject({
      items: z.int().min(1).nullable().default(1000),
      conversations: z.int().min(1).nullable().default(100),
      customers: z.int().min(1).nullable().default(50),
      tasks: z.int().min(1).nullable().default(2000),
      comments: z.int().min(1).nullable().default(1000),
      topics: z.int().min(1).nullable().default(null),
      webhooks: z.int().min(1).nullable().default(null),
      agents: z.int().min(1).nullable().default(null),
      inboxes: z.int().min(1).nullable().default(null),
      teams: z.int().min(1).nullable().default(null),
    })
    .default({
      items: 1000,
      conversations: 100,
      customers: 50,
      tasks: 2000,
      comments: 1000,
      topics: null,
      webhooks: null,
      agents: null,
      inboxes: null,
      teams: null,
    }),
  /** The value of `Gladly-Limited-Data`, which is not described. */
  limitedDataValue: z.string().min(1).default("true"),
  /** Write `errors` as one object instead of an array, as several documented examples do (section 5). */
  singleErrorAsObject: z.boolean().default(false),
  /** Deliveries of one webhook that are under way at once. */
  deliveryConcurrency: z.int().min(1).default(32),
  /**
   * Where a relay tells what became of each event (`GET <relayUrl>/explain?limit=50`), for the sandbox's page. Null: no
   * relay is known.
   */
  relayUrl: z
    .url({ protocol: /^https?$/ })
    .nullable()
    .default(null),
  /** Between 0 and 1: how many events are delivered twice at once, as at-least-once delivery may. */
  duplicateDeliveries: z.number().min(0).max(1).default(0),
});
export type GladlySettings = z.infer<typeof GladlySettings>;
