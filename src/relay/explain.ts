/** Why a survey was or was not sent: the ledger's records of a conversation in words that a person can act on. */
import type { SurveyMode } from "../contract/survey-mode";
import { type Envelope, readEnvelope } from "./envelope";
import type { Ledger } from "./ports";
import { REASONS, type Reason } from "./reasons";
import { type Closure, type ConversationRecord, conversationKey } from "./record";

export interface Explanation {
  /** Undefined for an event that could not be read. */
  readonly conversationId: string | undefined;
  readonly eventId: string;
  /** `pending`: accepted, and not yet worked on to an end. */
  readonly state: "pending" | "sent" | "recorded" | "skipped" | "parked" | "retrying";
  readonly reason: Reason | undefined;
  /** The reason in words; empty while there is none. */
  readonly meaning: string;
  /** What Stella or Gladly said, without addresses. */
  readonly detail: string | undefined;
  /** What Stella's own list says became of the request, in Stella's words; undefined where it does not say. */
  readonly deliveryStatus: string | undefined;
  readonly surveyMode: SurveyMode | undefined;
  /** ISO 8601, all times. */
  readonly closedAt: string;
  readonly receivedAt: string;
  readonly finishedAt: string | undefined;
  /** When it will be tried again, while `retrying`. */
  readonly nextAttemptAt: string | undefined;
  readonly attempts: number;
  /** Requests to Stella whose answer was lost. */
  readonly lostAnswers: number;
  /** Further deliveries of the same close that were dropped. */
  readonly duplicates: number;
}

/** All closes of one conversation, oldest first; empty when the relay never heard of it. */
export async function explain(ledger: Ledger, conversationId: string): Promise<readonly Explanation[]> {
  const stored = await ledger.conversation(conversationKey(conversationId));
  const known = stored === undefined ? [] : explainRecord(stored.value);
  return [...known, ...waiting(await ledger.waiting(conversationId, 50), known)];
}

/** What changed last, newest first. @param most how many closes at most */
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

/** Accepted closes that no worker has claimed; an envelope that carries a known close is not one of them. */
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

/** A time outside what a date can say is a damaged event's; it is shown as the nearest that can be said. */
function iso(milliseconds: number): string {
  return new Date(Math.max(-8.64e15, Math.min(8.64e15, milliseconds))).toISOString();
}
