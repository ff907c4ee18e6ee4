/** The ledger's record of one conversation: every close that the relay knows, with its outcome. */
import * as z from "zod/mini";
import { SURVEY_MODES } from "../contract/survey-mode";
import { PARK_REASONS, RECORD_REASONS, RETRY_REASONS, SEND_REASONS, SKIP_REASONS } from "./reasons";

const count = () => z._default(z.number(), 0);

export const Closure = z.object({
  eventId: z.string(),
  /** The stored envelope that carries this close through the queue. */
  envelopeId: z.string(),
  /** Milliseconds since the epoch, all times. */
  closedAt: z.number(),
  receivedAt: z.number(),
  state: z.enum(["working", "retrying", "sent", "recorded", "skipped", "parked"]),
  /** Absent until there is a decision. */
  reason: z.optional(z.enum([...SEND_REASONS, ...RECORD_REASONS, ...SKIP_REASONS, ...PARK_REASONS, ...RETRY_REASONS])),
  /** What Stella or Gladly said, shortened and without addresses. */
  detail: z.optional(z.string()),
  /** The request's status in Stella's own list, such as `Not sent: suppression period`; absent if the list has none. */
  deliveryStatus: z.optional(z.string()),
  /** Survey mode of the last attempt. */
  surveyMode: z.optional(z.enum(SURVEY_MODES)),
  /** Fingerprint of the configuration of the last attempt. */
  configuration: z.optional(z.string()),
  /** The worker that processes it. Every later write names the owner, so that a worker with an expired claim cannot write. */
  owner: z.optional(z.string()),
  leaseUntil: count(),
  /** A request is in progress: if the worker dies now, the result is unknown. */
  sending: z._default(z.boolean(), false),
  claims: count(),
  /** `claims - finishes` is how often a worker died on it. */
  finishes: count(),
  /** Calls to Stella, and look-ups that failed. */
  attempts: count(),
  /** Look-ups that did not find the conversation or the customer. A replay starts at 0 again. */
  notFound: count(),
  /** All requests whose answer was lost. Each may have reached the customer. */
  lostAnswers: count(),
  /** How many of them were lost before the last replay, which allows as many again. */
  lostBeforeReplay: count(),
  /** Deliveries of the same close beyond the first. */
  duplicates: count(),
  /** The last envelopes that were dropped as duplicates. None of them may take over the close. */
  dropped: z._default(z.array(z.string()), []),
  replays: count(),
  /** Start of the 72 hours after which the relay gives up: the receipt, or the last replay. */
  since: z.number(),
  dueAt: count(),
  finishedAt: z.optional(z.number()),
});
export type Closure = z.infer<typeof Closure>;

export const ConversationRecord = z.object({
  key: z.string(),
  /** Absent for an event that could not be read. */
  conversationId: z.optional(z.string()),
  /** Gladly's id of the customer, if a close had it. An erasure searches for it. */
  customerId: z.optional(z.string()),
  /** Gladly's name of the channel that the customer used last, if an event told it. */
  channel: z.optional(z.string()),
  channelAt: count(),
  /** When the conversation was reopened, according to events; only the last few. */
  reopenings: z._default(z.array(z.number()), []),
  /** When the last survey was requested, by survey mode. Kept longer than the closes below, of which only the last stay. */
  surveyed: z.optional(z.object({ test: z.optional(z.number()), production: z.optional(z.number()) })),
  /** Earliest time at which the record may be deleted. */
  keepUntil: z.optional(z.number()),
  /** Oldest first. */
  closures: z.array(Closure),
});
export type ConversationRecord = z.infer<typeof ConversationRecord>;

/** Maximum number of closes of one conversation: a DynamoDB item holds 400 KB. */
export const MOST_CLOSURES = 50;

export function conversationKey(conversationId: string): string {
  return `conversation#${conversationId}`;
}

/** Key of an event without a conversation id. */
export function envelopeKey(envelopeId: string): string {
  return `envelope#${envelopeId}`;
}

/** Whether the relay will do nothing more about a close by itself. */
export function isFinished(closure: Closure): boolean {
  return closure.state !== "working" && closure.state !== "retrying";
}
