/**
 * An accepted webhook delivery as it is stored and queued, and the Gladly event that is read back from it.
 *
 * The body is kept as it came, byte for byte, and is read only by the worker: no payload may decide what Gladly is
 * answered (docs/vendors/aws-relay.md section 1).
 */
import * as z from "zod/mini";
import { CONVERSATION_CLOSED, Event, PING } from "../vendors/gladly/wire";

export const Envelope = z.strictObject({
  v: z.literal(1),
  /** Our own id. It outlives a redelivery, a move to the parked ones and back, which a queue's own ids do not. */
  id: z.string(),
  /** Milliseconds since the epoch. */
  receivedAt: z.number(),
  /** How it came: from Gladly itself, or fetched from Gladly's history. */
  source: z.enum(["webhook", "reconcile"]),
  /** How often a person has sent it back to work. */
  replays: z.number(),
  /** Text of the body; absent when it is not UTF-8. */
  body: z.optional(z.string()),
  /** The body in base64, when it is not UTF-8 text that every queue takes. */
  bodyB64: z.optional(z.string()),
  /** Only the beginning of the body is here: it was larger than the relay keeps. */
  truncated: z.optional(z.boolean()),
});
export type Envelope = z.infer<typeof Envelope>;

/** Characters outside XML 1.0's set, which SQS does not take (docs/vendors/aws-relay.md section 4.1), and the replacement character. */
const UNSAFE = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFC\u{10000}-\u{10FFFF}]/u;

/** Wraps a body for the queue. */
export function wrap(
  id: string,
  receivedAt: number,
  body: Uint8Array,
  options: { readonly truncated?: boolean; readonly source?: Envelope["source"] } = {},
): Envelope {
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString("utf8");
  const shared = {
    v: 1 as const,
    id,
    receivedAt,
    source: options.source ?? "webhook",
    replays: 0,
    ...(options.truncated ? { truncated: true } : {}),
  };
  if (UNSAFE.test(text)) return { ...shared, bodyB64: Buffer.from(body).toString("base64") };
  return { ...shared, body: text };
}

/** The body as it came. */
export function bodyOf(envelope: Envelope): string | Uint8Array {
  if (envelope.bodyB64 !== undefined) return Buffer.from(envelope.bodyB64, "base64");
  return envelope.body ?? "";
}

/** One close of one conversation, as the event tells it. */
export interface CloseEvent {
  readonly kind: "close";
  readonly eventId: string;
  readonly conversationId: string;
  readonly customerId: string | undefined;
  /** The agent just before the close; Gladly leaves it out when there was none. */
  readonly agentId: string | undefined;
  /** Milliseconds since the epoch. */
  readonly closedAt: number;
}

/** What an envelope turns out to hold. */
export type EnvelopeContent =
  | CloseEvent
  | { readonly kind: "ping" }
  /** The beginning of a contact: only CONTACT events name the channel (docs/vendors/gladly-api.md section 7.5). */
  | { readonly kind: "contact"; readonly conversationId: string; readonly channel: string; readonly at: number }
  | { readonly kind: "other"; readonly type: string }
  | { readonly kind: "malformed"; readonly detail: string };

/** Of a contact's events the one that tells what the customer turned to; its end may come long after another began. */
export const CONTACT_STARTED = "CONTACT/STARTED";

const Contact = z.looseObject({
  content: z.looseObject({ conversationId: z.string(), channel: z.string() }),
});

/** Reads an envelope's body; never throws. */
export function readEnvelope(envelope: Envelope): EnvelopeContent {
  if (envelope.truncated) return { kind: "malformed", detail: "the body was larger than the relay keeps" };
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(bodyOf(envelope)).toString("utf8"));
  } catch {
    return { kind: "malformed", detail: "the body is not JSON" };
  }
  const parsed = Event.safeParse(json);
  if (!parsed.success) return { kind: "malformed", detail: "the body is not a Gladly event" };
  return readEvent(parsed.data, json, envelope.receivedAt);
}

function readEvent(event: Event, json: unknown, receivedAt: number): EnvelopeContent {
  if (event.type === PING) return { kind: "ping" };
  const at = event.timestamp ? Date.parse(event.timestamp) : Number.NaN;
  if (event.type === CONTACT_STARTED) {
    const contact = Contact.safeParse(json);
    if (!contact.success) return { kind: "other", type: event.type };
    return { kind: "contact", ...pick(contact.data.content), at: Number.isNaN(at) ? receivedAt : at };
  }
  if (event.type !== CONVERSATION_CLOSED) return { kind: "other", type: event.type };
  const conversationId = event.content?.conversationId;
  if (!conversationId) return { kind: "malformed", detail: "the event names no conversation" };
  // Without a time of its own the event is taken to be as old as its delivery: near enough to tell closes apart.
  const closedAt = Number.isNaN(at) ? receivedAt : at;
  return {
    kind: "close",
    eventId: event.id ?? `${conversationId}@${closedAt}`,
    conversationId,
    customerId: event.content?.customerId ?? undefined,
    agentId: event.content?.context?.assignee?.agentId ?? undefined,
    closedAt,
  };
}

function pick(content: { readonly conversationId: string; readonly channel: string }): {
  readonly conversationId: string;
  readonly channel: string;
} {
  return { conversationId: content.conversationId, channel: content.channel };
}
