/**
 * What a company configures in Stella Connect, and what the sandbox assumes where Stella's behaviour is not documented.
 * Every assumption is a switch, so that a wrong one can be changed.
 */
import * as z from "zod";
import { WEBHOOK_USERNAME } from "../../contract/webhook-address";

const StellaChannel = z.strictObject({
  /** Off: "Channel not enabled for company". */
  enabled: z.boolean().default(true),
  /** The Integrated Channel switch. Off: the production key is refused, "Channel is in manual mode". */
  integrated: z.boolean().default(true),
});

/** None of this is documented (docs/vendors/stella-connect-api.md section 15). The defaults are the more likely behaviour. */
export const StellaAssumptions = z.strictObject({
  /** The answer to a request that Stella's status page lists as invalid. */
  refusalStatus: z.int().min(400).max(499).default(400),
  /** Whether error answers have a body. */
  errorBody: z.enum(["json", "none"]).default("json"),
  /** The answer to wrong Basic credentials on `/v1/webhooks/gladly` and `/v1/auth`. */
  wrongBasicStatus: z.union([z.literal(401), z.literal(403)]).default(401),
  /** `/v1/webhooks/gladly`: answer 200 and look up afterwards, or look up first and answer with the result. */
  webhookAnswer: z.enum(["before-look-up", "after-look-up"]).default("before-look-up"),
  /** What the topic `do_not_send_stella` causes on `/v1/webhooks/gladly`. */
  doNotSendTopic: z.enum(["recorded", "dropped"]).default("recorded"),
  /** How the topic's name is compared on `/v1/webhooks/gladly`. */
  doNotSendTopicMatch: z.enum(["exact", "any-case"]).default("exact"),
  /** How `do_not_send` is handled when it is a text, such as `"true"`. */
  doNotSendAsText: z.enum(["refused", "read", "ignored"]).default("refused"),
  /** The user of Basic credentials; guides for other systems name `stellaconnect`. */
  basicUser: z.enum([WEBHOOK_USERNAME, "stellaconnect", "any"]).default(WEBHOOK_USERNAME),
  /** Whether the comparison of employees' addresses is case-sensitive. */
  employeeEmailsAreCaseSensitive: z.boolean().default(false),
  /** Which of a customer's addresses gets the survey on `/v1/webhooks/gladly`. `usable`: the first valid address. */
  webhookAddress: z.enum(["primary", "first", "usable"]).default("primary"),
  /** The channel of each type of Gladly item on `/v1/webhooks/gladly`. */
  webhookChannels: z.record(z.string(), z.string().min(1)).default({
    CHAT_MESSAGE: "chat",
    EMAIL: "email",
    PHONE_CALL: "phone",
    VOICEMAIL: "phone",
    VOICE_AI_MESSAGE: "phone",
    SMS: "sms",
    WHATSAPP: "sms",
    FACEBOOK_MESSAGE: "social",
    INSTAGRAM_DIRECT: "social",
    TWITTER: "social",
  }),
  /** Whether `/v1/webhooks/gladly` surveys a conversation that is open again when Stella reads it. */
  reopenedIsSurveyed: z.boolean().default(true),
  /** Which of a conversation's channels the request has on `/v1/webhooks/gladly`. */
  webhookChannel: z.enum(["first", "last"]).default("first"),
  customerNameRequired: z.boolean().default(true),
  /** Whether a request with `do_not_send` needs an address. */
  emailRequiredWithDoNotSend: z.boolean().default(false),
  unknownFields: z.enum(["ignored", "refused"]).default("ignored"),
  /** What happens when a request has more than 20 tags. */
  moreThan20Tags: z.enum(["cut", "refused"]).default("cut"),
  channelNamesAreCaseSensitive: z.boolean().default(true),
  /** Whether suppression and opt-outs also apply to the test key. */
  testKeyIsSuppressed: z.boolean().default(false),
  /** Whether `/v2/data` lists recorded requests that were not sent: suppressed, unsubscribed, do not send. */
  unsentRequestsInData: z.boolean().default(true),
  /** Whether `request_delivery_status` in `/v2/data` has the label of exports, or is null. */
  deliveryStatusInData: z.enum(["label", "null"]).default("label"),
  testRequestsInData: z.boolean().default(false),
  testKeyOpensReads: z.boolean().default(false),
  testFailuresCountForAlert: z.boolean().default(true),
  /** Fewest requests within one hour for an alert. */
  alertMinimumRequests: z.int().min(1).default(20),
  /** The delivery status of a sent survey. The real label is not documented. */
  sentLabel: z.string().min(1).default("Sent"),
  /** Largest age of a JSON Web Token's `iat`, in seconds. */
  tokenAgeSeconds: z.number().positive().default(300),
});
export type StellaAssumptions = z.infer<typeof StellaAssumptions>;

/** What the sandbox's company configured. */
export const StellaSettings = z.strictObject({
  /** Receives every survey of the test key. */
  testAddress: z.email(),
  /** Receives the alert about failed requests. */
  alertAddress: z.email(),
  channels: z.record(z.string(), StellaChannel).default({
    phone: { enabled: true, integrated: true },
    chat: { enabled: true, integrated: true },
    email: { enabled: true, integrated: true },
    sms: { enabled: true, integrated: true },
    social: { enabled: true, integrated: true },
  }),
  /** With more than one, every request must name one. */
  brands: z.array(z.strictObject({ label: z.string(), active: z.boolean().default(true) })).default([]),
  /** Active languages, ISO 639-1. With more than one, every request must name one. */
  languages: z.array(z.string()).default(["en"]),
  /** Reads of `/v2` per minute and key. More get 429. */
  readsPerMinute: z.int().min(1).default(100),
  /** Days in which a customer gets no second survey of the same brand. 0 is off. */
  suppressionDays: z.number().min(0).default(0),
  /** Addresses that unsubscribed. */
  unsubscribed: z.array(z.string()).default([]),
  /** Addresses with a hard bounce: the first survey bounces, later ones are rejected. */
  bouncing: z.array(z.string()).default([]),
  /** Addresses with a soft bounce. */
  softBouncing: z.array(z.string()).default([]),
  assumptions: StellaAssumptions.default(() => StellaAssumptions.parse({})),
});
export type StellaSettings = z.infer<typeof StellaSettings>;
