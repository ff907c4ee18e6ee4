/**
 * Switches for what an organization can choose, and for behaviour that Gladly does not document. The defaults follow
 * docs/vendors/gladly-api.md sections 3, 6 and 7.
 */
import * as z from "zod";

export const GladlySettings = z.strictObject({
  /** Accept `http://` receivers on loopback. Gladly itself accepts only HTTPS. */
  loopbackHttpReceivers: z.boolean().default(true),
  /** Webhooks per organization (section 6). */
  webhookLimit: z.int().min(1).default(20),
  /**
   * Whether the retry intervals of 30 s, 5 min, 30 min and 1 h count from the first failure, which fits Gladly's "over an
   * hour", or from the attempt before (section 7.1).
   */
  retrySchedule: z.enum(["from-first-failure", "one-after-another"]).default("from-first-failure"),
  /** What happens to waiting retries when a webhook is disabled. */
  retriesOfDisabledWebhook: z.enum(["dropped", "kept"]).default("dropped"),
  /** PING with the envelope of all events, or only with its type (section 7.2). */
  pingBody: z.enum(["envelope", "type-only"]).default("envelope"),
  /** Whether Gladly sends a PING to a new `url` while the webhook is disabled. The documentation has no exception. */
  pingOnUrlChangeWhileDisabled: z.boolean().default(true),
  /** Whether `updatedAt` changes when Gladly itself disables a webhook. */
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
  /** Add an undocumented field to every object, as Gladly may at any time. */
  unknownFields: z.boolean().default(false),
  /** What the API calls a status, such as `{"CLOSED": "RESOLVED"}`: Gladly may add statuses at any time. */
  statusNames: z.partialRecord(z.enum(["OPEN", "WAITING", "CLOSED"]), z.string().min(1)).default({}),
  /** Add an item of an unknown type to every conversation. */
  unknownItems: z.boolean().default(false),
  /** The initiator's type when one of Gladly's Rules, or a job such as an erasure, closes a conversation. */
  initiators: z
    .strictObject({ rule: z.string().min(1).default("AUTOMATION"), job: z.string().min(1).default("SYSTEM") })
    .default({ rule: "AUTOMATION", job: "SYSTEM" }),
  /** Most entries of each list. A cut list has the header `Gladly-Limited-Data`. Null: no documented limit. */
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
  /** The value of `Gladly-Limited-Data`, which is not documented. */
  limitedDataValue: z.string().min(1).default("true"),
  /** Answer a single error as an object instead of an array, as several documented examples do (section 5). */
  singleErrorAsObject: z.boolean().default(false),
  /** Deliveries of one webhook at the same time. */
  deliveryConcurrency: z.int().min(1).default(32),
  /**
   * Operations port of a relay, for the sandbox's page, which reads `GET <relayUrl>/explain?limit=50`. Null: no relay.
   */
  relayUrl: z
    .url({ protocol: /^https?$/ })
    .nullable()
    .default(null),
  /** Share of events that are delivered twice, from 0 to 1, as at-least-once delivery allows. */
  duplicateDeliveries: z.number().min(0).max(1).default(0),
});
export type GladlySettings = z.infer<typeof GladlySettings>;
