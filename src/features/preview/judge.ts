/**
 * What becomes of each close under one configuration. The rules are the relay's own: `claim` says which events are one
 * close and whether it was asked before, `decide` says the rest. Nothing here sends anything.
 */
import { type Claimant, claim, finish, type Outcome as Settled } from "../../relay/claim";
import { decide } from "../../relay/decide";
import { type ConversationRecord, conversationKey } from "../../relay/record";
import type { ActiveProfiles } from "../../vendors/stella/employees";
import type { SurveyRequest } from "../../vendors/stella/wire";
import { type PreviewConfiguration, STELLAS_TOPIC } from "./configuration";
import { type CloseFacts, expandFacts, type GladlyNames } from "./facts";
import type { OutcomeReason, PreviewOutcome } from "./outcome";

const MINUTE = 60_000;

/** One close under one configuration. */
export interface Judged {
  /** Undefined for an event of a close that was already counted. */
  readonly outcome: PreviewOutcome | undefined;
  /** What Stella is asked; the customer's digest stands where the address was. */
  readonly request?: SurveyRequest;
}

export interface VendorData extends GladlyNames {
  /** Undefined when Stella was not asked. */
  readonly profiles: ActiveProfiles | undefined;
}

/**
 * Plays the closes through the relay's claims in the order of time: each arrives, and is decided when the delay is over. A
 * later close that arrives meanwhile overtakes it.
 *
 * @param closes all those of one conversation, oldest first; the answer is in the same order
 */
export function judge(
  closes: readonly CloseFacts[],
  configuration: PreviewConfiguration,
  vendorData: VendorData,
): readonly Judged[] {
  const delay = configuration.delivery === "direct" ? 0 : configuration.policy.delay * MINUTE;
  const judged = new Map<CloseFacts, Judged>();
  let record: ConversationRecord | undefined;
  for (const { close, at } of turns(closes, delay)) {
    if (judged.has(close)) continue;
    const claimed = claim(record, claimantOf(close), at, {
      ...configuration.policy,
      surveyMode: configuration.surveyMode,
    });
    if (claimed.kind === "closed") {
      record = claimed.record;
      judged.set(close, { outcome: { kind: "skipped", reason: skipReason(claimed.closure.reason) } });
      continue;
    }
    if (claimed.kind !== "granted") {
      judged.set(close, { outcome: undefined });
      continue;
    }
    const { eventId } = close;
    if (at < close.closedAt + delay) {
      record = finish(claimed.record, eventId, eventId, { state: "retrying", reason: "delayed" }, at) ?? record;
      continue;
    }
    const { settled, ...decided } = judgeOne(close, configuration, vendorData);
    record = finish(claimed.record, eventId, eventId, settled, at) ?? record;
    judged.set(close, decided);
  }
  return closes.map((close) => judged.get(close) ?? { outcome: undefined });
}

interface Turn {
  readonly close: CloseFacts;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** When the relay works on each close, in order. */
function turns(closes: readonly CloseFacts[], delay: number): readonly Turn[] {
  const arrivals = closes.map((close) => ({ close, at: close.closedAt }));
  if (delay === 0) return arrivals;
  const looks = closes.map((close) => ({ close, at: close.closedAt + delay }));
  return [...arrivals, ...looks].sort((one, other) => one.at - other.at);
}

function claimantOf({ eventId, conversationId, closedAt }: CloseFacts): Claimant {
  return {
    key: conversationKey(conversationId),
    ...{ conversationId, eventId, envelopeId: eventId, closedAt, receivedAt: closedAt, replays: 0, owner: eventId },
  };
}

/** `settled` is what the ledger would keep: whether a conversation was surveyed counts for its next close. */
function judgeOne(
  close: CloseFacts,
  { delivery, surveyMode, policy }: PreviewConfiguration,
  vendorData: VendorData,
): Judged & { readonly settled: Settled } {
  if (delivery === "direct") {
    return { outcome: byStella(close, vendorData), settled: { state: "sent", reason: "eligible", surveyMode } };
  }
  const decision = decide(expandFacts(close, vendorData, policy.delay, false), policy);
  const { kind, reason } = decision;
  switch (kind) {
    case "skip":
      return { outcome: { kind: "skipped", reason }, settled: { state: "skipped", reason } };
    case "retry":
      return { outcome: { kind: "tried-again", reason }, settled: { state: "retrying", reason } };
    case "record":
    case "send": {
      const { request } = decision;
      const settled: Settled = { state: kind === "send" ? "sent" : "recorded", reason, surveyMode };
      if (request === undefined) return { outcome: byStella(close, vendorData), settled };
      if (!mayBeSurveyed(request.employee?.email, vendorData)) {
        const refused: Settled = { state: "parked", reason: "refused-by-stella" };
        return { outcome: { kind: "refused", reason: "no-active-profile" }, request, settled: refused };
      }
      if (kind === "record") return { outcome: { kind: "recorded", reason }, request, settled };
      const survey = surveyMode === "production" ? "survey-to-customer" : "survey-to-test-address";
      return { outcome: { kind: survey, reason }, request, settled };
    }
    default:
      return kind satisfies never;
  }
}

/** The vendor's conditions, as far as they can be seen from here, by what Stella most likely does: an estimate. */
function byStella(close: CloseFacts, vendorData: VendorData): PreviewOutcome {
  const { conversation, customer, agent } = expandFacts(close, vendorData, 0, false).gladly ?? {};
  const email = agent?.known ? agent.email : undefined;
  const address = typeof customer?.address === "object" ? customer.address : undefined;
  const isReachable = address?.isFirst === true && customer?.name !== undefined;
  if (conversation === undefined || email === undefined || !isReachable || !mayBeSurveyed(email, vendorData))
    return { kind: "left-to-stella", reason: "refusal-likely" };
  const unwanted = conversation.topics.some(({ name }) => name === STELLAS_TOPIC);
  return { kind: "left-to-stella", reason: unwanted ? "topic-likely" : "survey-likely" };
}

function mayBeSurveyed(email: string | undefined, { profiles }: VendorData): boolean {
  return profiles === undefined || (email !== undefined && profiles.has(email));
}

function skipReason(reason: string | undefined): OutcomeReason {
  return reason === "superseded" ? "superseded" : "already-surveyed";
}
