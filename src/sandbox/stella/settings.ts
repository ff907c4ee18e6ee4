/**
 * What a company sets up in Stella Connect, and, apart from it, how the sandbox answers where Stella's behaviour is not
 * published. Every assumption is a switch with a name, so that a wrong one can be turned and no guess hides in code.
 */
import * as z from "zod";
import { WEBHOOK_USERNAME } from "../../contract/webhook-address";

const StellaChannel = z.strictObject({
  /** Off: "Channel not enabled for company". */
  enabled: z.boolean().default(true),
  /** The Integrated Channel switch. Off: the production key is refused, "Channel is in manual mode". */
  integrated: z.boolean().default(true),
});

/** Nothing here is documented (docs/vendors/stella-connect-api.md section 15); the defaults are the likelier choice. */
export const StellaAssumptions = z.strictObject({
  /** The status of a request that Stella's status page would list as invalid. */
  refusalStatus: z.int().min(400).max(499).default(400),
  /** Whether error answers have a body. */
  errorBody: z.enum(["json", "none"]).default("json"),
  /** What wrong Basic credentials get on `/v1/webhooks/gladly` and `/v1/auth`. */
  wrongBasicStatus: z.union([z.literal(401), z.literal(403)]).default(401),
  /** `/v1/webhooks/gladly`: answer 200 and look up afterwards, or look up first and answer the result. */
  webhookAnswer: z.enum(["before-look-up", "after-look-up"]).default("before-look-up"),
  /** What the topic `do_not_send_stella` does on `/v1/webhooks/gladly`. */
  doNotSendTopic: z.enum(["recorded", "dropped"]).default("recorded"),
  /** How the topic's name is compared on `/v1/webhooks/gladly`. */
  doNotSendTopicMatch: z.enum(["exact", "any-case"]).default("exact"),
  /** What `do_not_send` as a text, such as `"true"`, counts as. */
  doNotSendAsText: z.enum(["refused", "read", "ignored"]).default("refused"),
  /** The user of Basic credentials; guides for other systems name `stellaconnect`. */
  basicUser: z.enum([WEBHOOK_USERNAME, "stellaconnect", "any"]).default(WEBHOOK_USERNAME),
  /** Whether an employee's address is compared letter by letter. */
  employeeEmailsAreCaseSensitive: z.boolean().default(false),
  /** Which of a profile's addresses gets the survey on `/v1/webhooks/gladly`; `usable` is the first that is an address. */
  webhookAddress: z.enum(["primary", "first", "usable"]).default("primary"),
  /** What each kind of Gladly's messages is called on `/v1/webhooks/gladly`. Requests name their channel themselves. */
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
  /** Whether `/v1/webhooks/gladly` surveys a conversation that is open again when Stella looks. */
  reopenedIsSurveyed: z.boolean().default(true),
  /** Which of a conversation's channels is reported on `/v1/webhooks/gladly`. */
  webhookChannel: z.enum(["first", "last"]).default("first"),
  customerNameRequired: z.boolean().default(true),
  /** Whether a request that sends nothing must name an address. */
  emailRequiredWithDoNotSend: z.boolean().default(false),
  unknownFields: z.enum(["ignored", "refused"]).default("ignored"),
  /** What happens to the 21st tag and those after it. */
  moreThan20Tags: z.enum(["cut", "refused"]).default("cut"),
  channelNamesAreCaseSensitive: z.boolean().default(true),
  /** Whether suppression and opt-outs hold back surveys of the test key too. */
  testKeyIsSuppressed: z.boolean().default(false),
  /** Whether `/v2/data` lists requests that were recorded and not sent: suppressed, unsubscribed, do not send. */
  unsentRequestsInData: z.boolean().default(true),
  /** Whether `/v2/data` says what became of a request, as exports label it, or leaves `request_delivery_status` null. */
  deliveryStatusInData: z.enum(["label", "null"]).default("label"),
  testRequestsInData: z.boolean().default(false),
  testKeyOpensReads: z.boolean().default(false),
  testFailuresCountForAlert: z.boolean().default(true),
  /** Requests within the hour below which no alert is sent. */
  alertMinimumRequests: z.int().min(1).default(20),
  /** The delivery status of an ordinary survey; the real label is not published. */
  sentLabel: z.string().min(1).default("Sent"),
  /** Oldest `iat` of a JSON Web Token, in seconds. */
  tokenAgeSeconds: z.number().positive().default(300),
});
export type StellaAssumptions = z.infer<typeof StellaAssumptions>;

/** What the sandbox's company has set up. */
export const StellaSettings = z.strictObject({
  /** Where every survey of the test key goes. */
  testAddress: z.email(),
  /** Where the alert about failed requests goes. */
  alertAddress: z.email(),
  channels: z.record(z.string(), StellaChannel).default({
    phone: { enabled: true, integrated: true },
    chat: { enabled: true, integrated: true },
    email: { enabled: true, integrated: true },
    sms: { enabled: true, integrated: true },
    social: { enabled: true, integrated: true },
  }),
  /** More than one: every request must name one. */
  brands: z.array(z.strictObject({ label: z.string(), active: z.boolean().default(true) })).default([]),
  /** Active languages, ISO 639-1. More than one: every request must name one. */
  languages: z.array(z.string()).default(["en"]),
  /** Reads of `/v2` that one key may make in a minute, before it gets 429. */
  readsPerMinute: z.int().min(1).default(100),
  /** Days in which a customer gets no second survey of one brand; 0 is off. */
  suppressionDays: z.number().min(0).default(0),
  /** Addresses that opted out. */
  unsubscribed: z.array(z.string()).default([]),
  /** Addresses that bounce for good: the first survey ends as a hard bounce, later ones are rejected. */
  bouncing: z.array(z.string()).default([]),
  /** Addresses whose mailbox fails, but not for good. */
  softBouncing: z.array(z.string()).default([]),
  assumptions: StellaAssumptions.default(() => StellaAssumptions.parse({})),
});
export type StellaSettings = z.infer<typeof StellaSettings>;
