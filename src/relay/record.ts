/** What the ledger keeps of one conversation: every close the relay heard of, and what became of it. */
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
  /** Absent until something was decided. */
  reason: z.optional(z.enum([...SEND_REASONS, ...RECORD_REASONS, ...SKIP_REASONS, ...PARK_REASONS, ...RETRY_REASONS])),
  /** What Stella or Gladly said, shortened and without addresses. */
  detail: z.optional(z.string()),
  /** What Stella's own list says became of the request, such as `Not sent: suppression period`; absent where it does not. */
  deliveryStatus: z.optional(z.string()),
  /** Survey mode of the last attempt. */
  surveyMode: z.optional(z.enum(SURVEY_MODES)),
  /** Fingerprint of the configuration of the last attempt. */
  configuration: z.optional(z.string()),
  /** Who works on it; every later write names the owner, so that a worker that was given up cannot write. */
  owner: z.optional(z.string()),
  leaseUntil: count(),
  /** A request is under way: if the worker dies now, nobody knows what Stella did. */
  sending: z._default(z.boolean(), false),
  claims: count(),
  /** `claims - finishes` is how often a worker died on it. */
  finishes: count(),
  /** Calls to Stella, and look-ups that failed. */
  attempts: count(),
  /** Requests whose answer was lost, ever: each may have reached the customer. */
  lostAnswers: count(),
  /** How many of them were lost before a person's last replay, which allows as many again. */
  lostBeforeReplay: count(),
  /** Deliveries of the same close beyond the first. */
  duplicates: count(),
  /** The last of the envelopes that were dropped as duplicates: none of them may ever carry the close. */
  dropped: z._default(z.array(z.string()), []),
  replays: count(),
  /** When the age for giving up began: the receipt, or the last replay. */
  since: z.number(),
  dueAt: count(),
  finishedAt: z.optional(z.number()),
});
export type Closure = z.infer<typeof Closure>;

export const ConversationRecord = z.object({
  key: z.string(),
  /** Absent for an event that could not be read. */
  conversationId: z.optional(z.string()),
  /** Gladly's id of the customer, where a close told it: what an erasure looks for. */
  customerId: z.optional(z.string()),
  /** Gladly's name of the channel that the customer used last, if an event told it. */
  channel: z.optional(z.string()),
  channelAt: count(),
  /** When the conversation was opened again, where an event told it; the last few. */
  reopenings: z._default(z.array(z.number()), []),
  /** When a survey was last asked for, by survey mode: outlives the closes below, of which only the last stay. */
  surveyed: z.optional(z.object({ test: z.optional(z.number()), production: z.optional(z.number()) })),
  /** Not to be forgotten before, however long nothing happens. */
  keepUntil: z.optional(z.number()),
  /** Oldest first. */
  closures: z.array(Closure),
});
export type ConversationRecord = z.infer<typeof ConversationRecord>;

/** Closes kept of one conversation: DynamoDB takes 400 KB an item, and nobody reads further back. */
export const MOST_CLOSURES = 50;

export function conversationKey(conversationId: string): string {
  return `conversation#${conversationId}`;
}

/** Key of an event that names no conversation. */
export function envelopeKey(envelopeId: string): string {
  return `envelope#${envelopeId}`;
}

/** Whether nothing more will be done about a close by itself. */
export function isFinished(closure: Closure): boolean {
  return closure.state !== "working" && closure.state !== "retrying";
}
