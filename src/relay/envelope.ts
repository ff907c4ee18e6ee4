/**
 * An accepted webhook delivery as it is stored and queued, and how the worker reads the Gladly event from it.
 *
 * The body is stored byte for byte, and only the worker parses it: no payload may change the answer to Gladly
 * (docs/vendors/aws-relay.md section 1).
 */
import * as z from "zod/mini";
import { CONTACT_STARTED, CONVERSATION_CLOSED, CONVERSATION_REOPENED, PING } from "../contract/event-types";
import { parsedJson } from "../contract/json";
import { Event } from "../vendors/gladly/wire";

export const Envelope = z.strictObject({
  v: z.literal(1),
  /** Our own id. Unlike a queue's ids, it stays the same when the event is redelivered, parked or replayed. */
  id: z.string(),
  /** Milliseconds since the epoch. */
  receivedAt: z.number(),
  /** Delivered by Gladly, or fetched from Gladly's history. */
  source: z.enum(["webhook", "reconcile"]),
  /** How often a person replayed it. */
  replays: z.number(),
  /** Text of the body; absent when it is not UTF-8. */
  body: z.optional(z.string()),
  /** The body in base64, if it is not UTF-8 text that every queue accepts. */
  bodyB64: z.optional(z.string()),
  /** The body was too large, so only its beginning is stored. */
  truncated: z.optional(z.boolean()),
});
export type Envelope = z.infer<typeof Envelope>;

/** Characters outside XML 1.0's set, which SQS does not accept (docs/vendors/aws-relay.md section 4.1), and the replacement character. */
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

/** The original body. */
export function bodyOf(envelope: Envelope): string | Uint8Array {
  if (envelope.bodyB64 !== undefined) return Buffer.from(envelope.bodyB64, "base64");
  return envelope.body ?? "";
}

/** One close of one conversation, from its event. */
export interface CloseEvent {
  readonly kind: "close";
  readonly eventId: string;
  readonly conversationId: string;
  readonly customerId: string | undefined;
  /** The agent just before the close; undefined if there was none. */
  readonly agentId: string | undefined;
  /** Who closed it. `type` is free text in Gladly's description: AGENT, API, AUTOMATION, CUSTOMER, SYSTEM, and new ones. */
  readonly closedBy: { readonly id: string | undefined; readonly type: string | undefined };
  /** Milliseconds since the epoch. */
  readonly closedAt: number;
}

/** What an envelope contains. */
export type EnvelopeContent =
  | CloseEvent
  /** `probe`: sent by the watchdog, so it does not show where Gladly's webhook points. */
  | { readonly kind: "ping"; readonly probe: boolean }
  /** The beginning of a contact: only CONTACT events name the channel (docs/vendors/gladly-api.md section 7.5). */
  | {
      readonly kind: "contact";
      readonly conversationId: string;
      readonly channel: string;
      /** Whether the customer began it: an agent's call does not show which channel the customer uses. */
      readonly byCustomer: boolean;
      readonly at: number;
    }
  /** A REOPENED event between two closes makes them distinct, even within one second. */
  | { readonly kind: "reopened"; readonly conversationId: string; readonly at: number }
  | { readonly kind: "other"; readonly type: string }
  | { readonly kind: "malformed"; readonly detail: string };

const Contact = z.looseObject({
  initiator: z.optional(z.nullable(z.looseObject({ type: z.optional(z.nullable(z.string())) }))),
  content: z.looseObject({ conversationId: z.string(), channel: z.string() }),
});

/** Marks the watchdog's own PING. */
export const PROBE = { probe: true } as const;
const Probe = z.looseObject({ probe: z.literal(true) });

/** Reads an envelope's body; never throws. */
export function readEnvelope(envelope: Envelope): EnvelopeContent {
  if (envelope.truncated) return { kind: "malformed", detail: "the body was larger than the relay keeps" };
  const body = bodyOf(envelope);
  const json = parsedJson(typeof body === "string" ? body : Buffer.from(body).toString("utf8"));
  if (json === undefined) return { kind: "malformed", detail: "the body is not JSON" };
  const parsed = Event.safeParse(json);
  if (!parsed.success) return { kind: "malformed", detail: "the body is not a Gladly event" };
  return readEvent(parsed.data, json, envelope.receivedAt);
}

function readEvent(event: Event, json: unknown, receivedAt: number): EnvelopeContent {
  // An event without a time gets the time of its delivery.
  const eventTime = event.timestamp ? Date.parse(event.timestamp) : Number.NaN;
  const at = Number.isNaN(eventTime) ? receivedAt : eventTime;
  switch (event.type) {
    case PING:
      return { kind: "ping", probe: Probe.safeParse(json).success };
    case CONTACT_STARTED:
      return readContact(json, at) ?? { kind: "other", type: event.type };
    case CONVERSATION_REOPENED: {
      const conversationId = event.content?.conversationId;
      return conversationId ? { kind: "reopened", conversationId, at } : { kind: "other", type: event.type };
    }
    case CONVERSATION_CLOSED:
      return readClose(event, at);
    default:
      return { kind: "other", type: event.type };
  }
}

function readContact(json: unknown, at: number): EnvelopeContent | undefined {
  const contact = Contact.safeParse(json);
  if (!contact.success) return undefined;
  const { content, initiator } = contact.data;
  const { conversationId, channel } = content;
  return { kind: "contact", conversationId, channel, byCustomer: initiator?.type === "CUSTOMER", at };
}

function readClose({ id, content, initiator }: Event, closedAt: number): EnvelopeContent {
  const conversationId = content?.conversationId;
  if (!conversationId) return { kind: "malformed", detail: "the event names no conversation" };
  return {
    kind: "close",
    eventId: id ?? `${conversationId}@${closedAt}`,
    conversationId,
    customerId: content?.customerId ?? undefined,
    agentId: content?.context?.assignee?.agentId ?? undefined,
    closedBy: { id: initiator?.id ?? undefined, type: initiator?.type ?? undefined },
    closedAt,
  };
}
