/**
 * Who may work on a close, as pure transitions of a conversation's record (docs/vendors/aws-relay.md section 4.2).
 *
 * Nobody promises that a redelivery, or the same event in Gladly's history, keeps its id. So two events are one close
 * when they share the id *or* lie within two minutes of each other in the same conversation. A close that came to
 * nothing because the conversation was reopened gives its place to the next one, however soon that comes.
 */
import type { SurveyMode } from "../vendors/stella/wire";
import type { Reason } from "./reasons";
import { type Closure, type ConversationRecord, isFinished, MOST_CLOSURES } from "./record";

/** Milliseconds within which two closing times are the same close. */
export const SAME_CLOSE = 120_000;
/** Milliseconds that a claim holds: longer than one piece of work may take, shorter than a queue's hand-out. */
export const LEASE = 45_000;
/** Milliseconds that an unfinished close may be overdue before another delivery of it takes over. */
const CARRIER_LOST = 3_600_000;
/** Dropped envelopes that a close remembers. */
const MOST_DROPPED = 20;
/** Deaths of the worker on one close before it is put aside. */
export const MOST_CRASHES = 5;

/** A delivery that asks for its close. */
export interface Claimant {
  readonly key: string;
  readonly conversationId: string | undefined;
  readonly eventId: string;
  readonly envelopeId: string;
  readonly closedAt: number;
  readonly receivedAt: number;
  readonly replays: number;
  /** Unique to this piece of work. */
  readonly owner: string;
}

export type Claim =
  | { readonly kind: "granted"; readonly record: ConversationRecord; readonly closure: Closure; readonly lost: boolean }
  /** Another delivery carries this close. */
  | { readonly kind: "duplicate"; readonly record: ConversationRecord }
  /** This very delivery was finished before, and the queue handed it out again. */
  | { readonly kind: "settled"; readonly closure: Closure }
  | { readonly kind: "busy"; readonly until: number }
  /** It is finished by the claim itself. */
  | { readonly kind: "closed"; readonly record: ConversationRecord; readonly closure: Closure };

/** Asks for a close at the time `now`. */
export function claim(
  record: ConversationRecord | undefined,
  claimant: Claimant,
  now: number,
  policy: { readonly oncePerConversation: boolean },
): Claim {
  const current = record ?? emptyRecord(claimant.key, claimant.conversationId);
  const known = sameClose(current.closures, claimant);
  if (known === undefined) return claimNew(withoutOvertaken(current, claimant), claimant, now, policy);
  if (known.envelopeId !== claimant.envelopeId) {
    const overdue = !isFinished(known) && now > Math.max(known.leaseUntil, known.dueAt) + CARRIER_LOST;
    // One that was dropped before is about to be deleted by whoever was told so, however late: it must not take over.
    if (!overdue || known.dropped.includes(claimant.envelopeId)) {
      return { kind: "duplicate", record: put(current, drop(known, claimant.envelopeId)) };
    }
  }
  if (isFinished(known)) {
    if (known.state !== "parked" || claimant.replays <= known.replays) return { kind: "settled", closure: known };
    const again = {
      ...known,
      replays: claimant.replays,
      since: now,
      claims: 0,
      finishes: 0,
      attempts: 0,
      lostBeforeReplay: known.lostAnswers,
    };
    return grant(current, again, claimant, now);
  }
  if (known.state === "working" && known.leaseUntil > now) return { kind: "busy", until: known.leaseUntil };
  if (hasNewer(current.closures, known)) return close(current, known, claimant, "skipped", "superseded", now);
  if (known.claims - known.finishes >= MOST_CRASHES) {
    return close(current, known, claimant, "parked", "keeps-crashing", now);
  }
  return grant(current, known, claimant, now);
}

function claimNew(
  record: ConversationRecord,
  claimant: Claimant,
  now: number,
  policy: { readonly oncePerConversation: boolean },
): Claim {
  const fresh = freshClosure(claimant);
  if (hasNewer(record.closures, fresh)) return close(record, fresh, claimant, "skipped", "superseded", now);
  if (policy.oncePerConversation) {
    if (record.closures.some((closure) => closure.state === "sent")) {
      return close(record, fresh, claimant, "skipped", "already-surveyed", now);
    }
    const working = record.closures.find((closure) => closure.state === "working" && closure.leaseUntil > now);
    if (working) return { kind: "busy", until: working.leaseUntil };
  }
  return grant(record, fresh, claimant, now);
}

/** A mark made just before a request leaves; undefined when the claim is no longer ours, and then nothing may leave. */
export function beginSending(
  record: ConversationRecord | undefined,
  eventId: string,
  owner: string,
  now: number,
): ConversationRecord | undefined {
  const closure = ours(record, eventId, owner);
  if (record === undefined || closure === undefined || closure.leaseUntil <= now) return undefined;
  return put(record, { ...closure, sending: true, leaseUntil: now + LEASE });
}

/** What a piece of work came to. */
export interface Outcome {
  readonly state: "retrying" | "sent" | "recorded" | "skipped" | "parked";
  readonly reason: Reason;
  readonly detail?: string | undefined;
  readonly surveyMode?: SurveyMode | undefined;
  readonly configuration?: string | undefined;
  /** Whether it counts as an attempt. @default true */
  readonly attempted?: boolean;
  readonly lostAnswer?: boolean;
  /** When to try again, for `retrying`. */
  readonly dueAt?: number;
}

/** Writes the outcome; undefined when the claim is no longer ours. */
export function finish(
  record: ConversationRecord | undefined,
  eventId: string,
  owner: string,
  outcome: Outcome,
  now: number,
): ConversationRecord | undefined {
  const closure = ours(record, eventId, owner);
  if (record === undefined || closure === undefined) return undefined;
  const { owner: _owner, detail: _detail, ...rest } = closure;
  return put(record, {
    ...rest,
    state: outcome.state,
    reason: outcome.reason,
    ...(outcome.detail === undefined ? {} : { detail: outcome.detail }),
    ...(outcome.surveyMode === undefined ? {} : { surveyMode: outcome.surveyMode }),
    ...(outcome.configuration === undefined ? {} : { configuration: outcome.configuration }),
    sending: false,
    leaseUntil: 0,
    finishes: closure.finishes + 1,
    attempts: closure.attempts + (outcome.attempted === false ? 0 : 1),
    lostAnswers: closure.lostAnswers + (outcome.lostAnswer ? 1 : 0),
    dueAt: outcome.dueAt ?? 0,
    ...(outcome.state === "retrying" ? {} : { finishedAt: now }),
  });
}

export function emptyRecord(key: string, conversationId: string | undefined): ConversationRecord {
  return { key, ...(conversationId === undefined ? {} : { conversationId }), channelAt: 0, closures: [] };
}

/** The close that an event tells of, if it is known. */
export function sameClose(
  closures: readonly Closure[],
  event: { readonly eventId: string; readonly closedAt: number },
): Closure | undefined {
  return (
    closures.find((closure) => closure.eventId === event.eventId) ??
    closures.find((closure) => isNear(closure, event) && !isOvertaken(closure, event))
  );
}

function isNear(closure: Closure, event: { readonly closedAt: number }): boolean {
  return Math.abs(closure.closedAt - event.closedAt) <= SAME_CLOSE;
}

/** Whether it came to nothing by a reopening, and the event tells of a close soon after it. */
function isOvertaken(closure: Closure, event: { readonly closedAt: number }): boolean {
  // Where an answer of Stella's was lost, a survey may be on its way.
  const reopened = closure.state === "skipped" && closure.reason === "reopened" && closure.lostAnswers === 0;
  return reopened && event.closedAt > closure.closedAt && isNear(closure, event);
}

function withoutOvertaken(record: ConversationRecord, claimant: Claimant): ConversationRecord {
  return { ...record, closures: record.closures.filter((closure) => !isOvertaken(closure, claimant)) };
}

function hasNewer(closures: readonly Closure[], than: Closure): boolean {
  return closures.some((closure) => closure.closedAt > than.closedAt + SAME_CLOSE);
}

function drop(closure: Closure, envelopeId: string): Closure {
  const dropped = [...closure.dropped.filter((other) => other !== envelopeId), envelopeId].slice(-MOST_DROPPED);
  return { ...closure, duplicates: closure.duplicates + 1, dropped };
}

function freshClosure(claimant: Claimant): Closure {
  return {
    eventId: claimant.eventId,
    envelopeId: claimant.envelopeId,
    closedAt: claimant.closedAt,
    receivedAt: claimant.receivedAt,
    state: "working",
    leaseUntil: 0,
    sending: false,
    claims: 0,
    finishes: 0,
    attempts: 0,
    lostAnswers: 0,
    lostBeforeReplay: 0,
    duplicates: 0,
    dropped: [],
    replays: claimant.replays,
    since: claimant.receivedAt,
    dueAt: 0,
  };
}

function grant(record: ConversationRecord, closure: Closure, claimant: Claimant, now: number): Claim {
  const lost = closure.sending;
  const granted: Closure = {
    ...closure,
    envelopeId: claimant.envelopeId,
    state: "working",
    owner: claimant.owner,
    leaseUntil: now + LEASE,
    sending: false,
    claims: closure.claims + 1,
    lostAnswers: closure.lostAnswers + (lost ? 1 : 0),
    attempts: closure.attempts + (lost ? 1 : 0),
  };
  return { kind: "granted", record: put(record, granted), closure: granted, lost };
}

function close(
  record: ConversationRecord,
  closure: Closure,
  claimant: Claimant,
  state: "skipped" | "parked",
  reason: Reason,
  now: number,
): Claim {
  const closed: Closure = {
    ...closure,
    envelopeId: claimant.envelopeId,
    state,
    reason,
    sending: false,
    leaseUntil: 0,
    finishedAt: now,
  };
  return { kind: "closed", record: put(record, closed), closure: closed };
}

function ours(record: ConversationRecord | undefined, eventId: string, owner: string): Closure | undefined {
  return record?.closures.find((closure) => closure.eventId === eventId && closure.owner === owner);
}

/** Puts a closure in the place of the one with its event id, or in order of closing; drops the oldest finished ones. */
function put(record: ConversationRecord, closure: Closure): ConversationRecord {
  const others = record.closures.filter((other) => other.eventId !== closure.eventId);
  const closures = [...others, closure].sort((a, b) => a.closedAt - b.closedAt);
  const surplus = closures.length - MOST_CLOSURES;
  const dropped = new Set(surplus > 0 ? closures.filter(isFinished).slice(0, surplus) : []);
  return { ...record, closures: closures.filter((other) => !dropped.has(other)) };
}
