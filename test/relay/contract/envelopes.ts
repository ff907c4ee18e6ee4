/** Envelopes and records for the contract tests. */
import { type Envelope, wrap } from "../../../src/relay/envelope";
import type { Closure, ConversationRecord } from "../../../src/relay/record";

/** An envelope of a body, received at a fixed time. */
export function envelope(id: string, body: string | Uint8Array = `{"id":"${id}"}`): Envelope {
  return wrap(id, 1_767_604_364_310, typeof body === "string" ? Buffer.from(body) : body);
}

export function closure(eventId: string, fields: Partial<Closure> = {}): Closure {
  return {
    ...{ eventId, envelopeId: `envelope-${eventId}`, closedAt: 1_767_604_364_310, receivedAt: 1_767_604_365_000 },
    ...{ state: "sent" as const, reason: "eligible" as const, leaseUntil: 0, sending: false, claims: 1, finishes: 1 },
    ...{
      attempts: 1,
      notFound: 0,
      lostAnswers: 0,
      lostBeforeReplay: 0,
      duplicates: 0,
      dropped: [],
      replays: 0,
      since: 1_767_604_365_000,
      dueAt: 0,
    },
    ...fields,
  };
}

export function record(key: string, ...closures: readonly Closure[]): ConversationRecord {
  return {
    key,
    conversationId: `id-of-${key}`,
    channel: "CHAT",
    channelAt: 7,
    reopenings: [],
    closures: [...closures],
  };
}
