/** Which worker may process a close, as pure transitions of a conversation's record (docs/vendors/aws-relay.md section 4.2). */
import type { SurveyMode } from "../contract/survey-mode";
import { LONGEST_WAIT } from "./backoff";
import { bounded } from "./deadline";
import type { Reason } from "./reasons";
import { type Closure, type ConversationRecord, isFinished, MOST_CLOSURES } from "./record";
import { knownClose } from "./twins";

/** How long a claim lasts, in milliseconds: longer than one attempt may take, shorter than a queue's visibility timeout. */
export const LEASE = 45_000;
/** Milliseconds that an unfinished close may be overdue before another delivery of it takes over. */
const CARRIER_LOST = 3_600_000;
/** How many dropped envelopes a close remembers. */
const MOST_DROPPED = 20;
/** Crashes of the worker on one close before it is parked. */
export const MOST_CRASHES = 5;
/** Milliseconds for which a conversation counts as surveyed with `oncePerConversation`: a year. */
export const SURVEYED_KEPT = 365 * 86_400_000;

/** The part of the configuration that a claim depends on. */
export interface ClaimPolicy {
  readonly oncePerConversation: boolean;
  /** Surveys count per mode: a test must not use up a customer's only survey. */
  readonly surveyMode: SurveyMode;
}

/** A delivery that wants to claim its close. */
export interface Claimant {
  readonly key: string;
  readonly conversationId: string | undefined;
  readonly customerId?: string | undefined;
  readonly eventId: string;
  readonly envelopeId: string;
  readonly closedAt: number;
  readonly receivedAt: number;
  readonly replays: number;
  /** Unique to this attempt. */
  readonly owner: string;
}

export type Claim =
  | { readonly kind: "granted"; readonly record: ConversationRecord; readonly closure: Closure; readonly lost: boolean }
  /** Another delivery carries this close. */
  | { readonly kind: "duplicate"; readonly record: ConversationRecord }
  /** This same delivery was finished before, and the queue delivered it again. */
  | { readonly kind: "settled"; readonly closure: Closure }
  | {
      readonly kind: "busy";
      readonly until: number;
      /** With a new lease from now, if the stored one is longer than any lease. */
      readonly record?: ConversationRecord;
    }
  /** The claim itself finishes it. */
  | { readonly kind: "closed"; readonly record: ConversationRecord; readonly closure: Closure };

/** Claims a close at the time `now`. */
export function claim(
  record: ConversationRecord | undefined,
  claimant: Claimant,
  now: number,
  policy: ClaimPolicy,
): Claim {
  const stored = record ?? emptyRecord(claimant.key, claimant.conversationId);
  const current = believable(stored, now);
  const result = claimBelieved(current, claimant, now, policy);
  return result.kind === "busy" && current !== stored ? { ...result, record: current } : result;
}

function claimBelieved(current: ConversationRecord, claimant: Claimant, now: number, policy: ClaimPolicy): Claim {
  const known = knownClose(current, claimant);
  if (known === undefined) return claimNew(current, claimant, now, policy);
  if (known.envelopeId !== claimant.envelopeId) {
    const overdue = !isFinished(known) && now > Math.max(known.leaseUntil, known.dueAt) + CARRIER_LOST;
    // The worker that got the answer "duplicate" for it may delete a dropped envelope at any time, so it must not take over.
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
      notFound: 0,
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

function claimNew(record: ConversationRecord, claimant: Claimant, now: number, policy: ClaimPolicy): Claim {
  const fresh = freshClosure(claimant, now);
  if (hasNewer(record.closures, fresh)) return close(record, fresh, claimant, "skipped", "superseded", now);
  if (policy.oncePerConversation) {
    if (now - surveyedAt(record, policy.surveyMode) < SURVEYED_KEPT) {
      return close(record, fresh, claimant, "skipped", "already-surveyed", now);
    }
    const working = record.closures.find((closure) => closure.state === "working" && closure.leaseUntil > now);
    if (working) return { kind: "busy", until: working.leaseUntil };
  }
  return grant(record, fresh, claimant, now);
}

/** Marks that a request is about to be sent. Undefined if the claim is no longer ours; then nothing may be sent. */
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

/** The result of one attempt. */
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

/**
 * Writes the outcome. Undefined if the claim is no longer ours.
 *
 * @param policy if given, keeps a record with a survey for as long as the survey counts
 */
export function finish(
  record: ConversationRecord | undefined,
  eventId: string,
  owner: string,
  outcome: Outcome,
  now: number,
  policy?: ClaimPolicy,
): ConversationRecord | undefined {
  const closure = ours(record, eventId, owner);
  if (record === undefined || closure === undefined) return undefined;
  const { owner: _owner, detail: _detail, ...rest } = closure;
  return put(withSurvey(record, outcome, now, policy), {
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
    notFound: closure.notFound + (outcome.reason === "not-found" ? 1 : 0),
    lostAnswers: closure.lostAnswers + (outcome.lostAnswer ? 1 : 0),
    dueAt: outcome.dueAt ?? 0,
    ...(outcome.state === "retrying" ? {} : { finishedAt: now }),
  });
}

export function emptyRecord(key: string, conversationId: string | undefined): ConversationRecord {
  return {
    key,
    ...(conversationId === undefined ? {} : { conversationId }),
    channelAt: 0,
    reopenings: [],
    closures: [],
  };
}

/** Stored separately from the closes, because only the last closes are kept. */
function withSurvey(
  record: ConversationRecord,
  { state, surveyMode }: Outcome,
  now: number,
  policy: ClaimPolicy | undefined,
): ConversationRecord {
  if (state !== "sent" || surveyMode === undefined) return record;
  return {
    ...record,
    surveyed: { ...record.surveyed, [surveyMode]: now },
    ...(policy?.oncePerConversation ? { keepUntil: now + SURVEYED_KEPT } : {}),
  };
}

/** When the last survey of a mode was requested; minus infinity if none was. */
function surveyedAt({ surveyed, closures }: ConversationRecord, mode: SurveyMode): number {
  const noted = surveyed?.[mode];
  if (noted !== undefined) return noted;
  // A record from a version without `surveyed`.
  const sent = closures.filter(({ state, surveyMode }) => state === "sent" && surveyMode === mode);
  return Math.max(Number.NEGATIVE_INFINITY, ...sent.map(({ finishedAt, closedAt }) => finishedAt ?? closedAt));
}

function hasNewer(closures: readonly Closure[], than: Closure): boolean {
  return closures.some((closure) => closure.closedAt > than.closedAt);
}

function drop(closure: Closure, envelopeId: string): Closure {
  const dropped = [...closure.dropped.filter((other) => other !== envelopeId), envelopeId].slice(-MOST_DROPPED);
  return { ...closure, duplicates: closure.duplicates + 1, dropped };
}

/** Replaces times that only a clock that was ahead can have written by now. Returns the same record if there are none. */
function believable(record: ConversationRecord, now: number): ConversationRecord {
  let same = true;
  const closures = record.closures.map((closure) => {
    const leaseUntil = bounded(closure.leaseUntil, now, LEASE);
    const dueAt = bounded(closure.dueAt, now, LONGEST_WAIT);
    const since = bounded(closure.since, now, 0);
    if (leaseUntil === closure.leaseUntil && dueAt === closure.dueAt && since === closure.since) return closure;
    same = false;
    return { ...closure, leaseUntil, dueAt, since };
  });
  return same ? record : { ...record, closures };
}

function freshClosure(claimant: Claimant, now: number): Closure {
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
    notFound: 0,
    lostAnswers: 0,
    lostBeforeReplay: 0,
    duplicates: 0,
    dropped: [],
    replays: claimant.replays,
    since: bounded(claimant.receivedAt, now, 0),
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

/** Replaces the closure with the same event id, or inserts it in order of closing. Drops the oldest finished ones. */
function put(record: ConversationRecord, closure: Closure): ConversationRecord {
  const others = record.closures.filter((other) => other.eventId !== closure.eventId);
  const closures = [...others, closure].sort((a, b) => a.closedAt - b.closedAt);
  const surplus = closures.length - MOST_CLOSURES;
  const dropped = new Set(surplus > 0 ? closures.filter(isFinished).slice(0, surplus) : []);
  return { ...record, closures: closures.filter((other) => !dropped.has(other)) };
}
