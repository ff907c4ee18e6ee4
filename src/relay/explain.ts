/** Explains why a survey was or was not sent, from the ledger's records of a conversation. */
import type { SurveyMode } from "../contract/survey-mode";
import { type Envelope, readEnvelope } from "./envelope";
import type { Ledger } from "./ports";
import { REASONS, type Reason } from "./reasons";
import { type Closure, type ConversationRecord, conversationKey } from "./record";

export interface Explanation {
  /** Undefined for an event that could not be read. */
  readonly conversationId: string | undefined;
  readonly eventId: string;
  /** `pending`: accepted, not processed yet. */
  readonly state: "pending" | "sent" | "recorded" | "skipped" | "parked" | "retrying";
  readonly reason: Reason | undefined;
  /** The meaning of the reason; empty if there is none. */
  readonly meaning: string;
  /** What Stella or Gladly said, without addresses. */
  readonly detail: string | undefined;
  /** The request's status in Stella's own list, in Stella's words; undefined if the list does not say. */
  readonly deliveryStatus: string | undefined;
  readonly surveyMode: SurveyMode | undefined;
  /** ISO 8601, all times. */
  readonly closedAt: string;
  readonly receivedAt: string;
  readonly finishedAt: string | undefined;
  /** Time of the next attempt, while `retrying`. */
  readonly nextAttemptAt: string | undefined;
  readonly attempts: number;
  /** Requests to Stella whose answer was lost. */
  readonly lostAnswers: number;
  /** How many further deliveries of the same close were dropped. */
  readonly duplicates: number;
}

/** All closes of one conversation, oldest first; empty if the relay does not know it. */
export async function explain(ledger: Ledger, conversationId: string): Promise<readonly Explanation[]> {
  const stored = await ledger.conversation(conversationKey(conversationId));
  const known = stored === undefined ? [] : explainRecord(stored.value);
  return [...known, ...waiting(await ledger.waiting(conversationId, 50), known)];
}

/** The closes that changed last, newest first. @param most maximum number of closes */
export async function explainRecent(ledger: Ledger, most: number): Promise<readonly Explanation[]> {
  const known = (await ledger.recent(most)).flatMap(explainRecord);
  const all = [...waiting(await ledger.waiting(undefined, most), known), ...known];
  return all.sort((a, b) => b.receivedAt.localeCompare(a.receivedAt)).slice(0, most);
}

function explainRecord(record: ConversationRecord): readonly Explanation[] {
  return record.closures.map((closure) => explainClosure(record.conversationId, closure));
}

function explainClosure(conversationId: string | undefined, closure: Closure): Explanation {
  const { state, reason } = closure;
  return {
    conversationId,
    eventId: closure.eventId,
    state: state === "working" ? (closure.attempts > 0 ? "retrying" : "pending") : state,
    reason,
    meaning: reason === undefined ? "" : REASONS[reason],
    detail: closure.detail,
    deliveryStatus: closure.deliveryStatus,
    surveyMode: closure.surveyMode,
    closedAt: iso(closure.closedAt),
    receivedAt: iso(closure.receivedAt),
    finishedAt: closure.finishedAt === undefined ? undefined : iso(closure.finishedAt),
    nextAttemptAt: state === "retrying" ? iso(closure.dueAt) : undefined,
    attempts: closure.attempts,
    lostAnswers: closure.lostAnswers,
    duplicates: closure.duplicates,
  };
}

/** Accepted closes that no worker has claimed, except envelopes of a known close. */
function waiting(envelopes: readonly Envelope[], known: readonly Explanation[]): readonly Explanation[] {
  const events = new Set(known.map((explanation) => explanation.eventId));
  return envelopes.flatMap((envelope) => {
    const content = readEnvelope(envelope);
    if (content.kind !== "close" || events.has(content.eventId)) return [];
    events.add(content.eventId);
    return [
      {
        conversationId: content.conversationId,
        eventId: content.eventId,
        state: "pending" as const,
        reason: undefined,
        meaning: "",
        detail: undefined,
        deliveryStatus: undefined,
        surveyMode: undefined,
        closedAt: iso(content.closedAt),
        receivedAt: iso(envelope.receivedAt),
        finishedAt: undefined,
        nextAttemptAt: undefined,
        attempts: 0,
        lostAnswers: 0,
        duplicates: 0,
      },
    ];
  });
}

/** A damaged event can have a time that no date can express; the nearest possible date is shown. */
function iso(milliseconds: number): string {
  return new Date(Math.max(-8.64e15, Math.min(8.64e15, milliseconds))).toISOString();
}
