/** One attempt at a claimed close: look up, decide, deliver. The result is an outcome for the ledger. */
import type { RelayConfiguration } from "../contract/relay-configuration";
import type { Outcome } from "./claim";
import { type Decision, decide, decisionPolicy } from "./decide";
import { bodyOf, type CloseEvent, type Envelope } from "./envelope";
import type { Facts } from "./facts";
import { lookUpFailure } from "./failures";
import type { LookUp } from "./look-up";
import type { Clock } from "./ports";
import type { Closure } from "./record";
import type { RefusedProfiles } from "./refused-profiles";
import { type DeliverDeps, type Delivered, deliver, type Parcel } from "./survey-sender";

/** Requests to Stella for one close whose answer may be lost: each one may have reached the customer. */
export const MOST_LOST_ANSWERS = 3;
/** Look-ups without a result before a conversation or customer counts as deleted: it may not exist yet. */
const LOOKS = 3;
const MINUTE = 60_000;

export interface AttemptDeps extends DeliverDeps {
  readonly configuration: RelayConfiguration;
  readonly lookUp: Pick<LookUp, "facts">;
  readonly profiles: RefusedProfiles;
  readonly clock: Clock;
  /** Multiplies every wait, for rehearsals. @default 1 */
  readonly retryScale?: number;
}

export interface Claimed {
  readonly close: CloseEvent;
  readonly closure: Closure;
  readonly envelope: Envelope;
  /** Gladly's channel, if an event named it. */
  readonly channel: string | undefined;
  /** Whether the previous worker died while a request was in progress. */
  readonly lost: boolean;
}

export type Attempt =
  | {
      readonly kind: "outcome";
      readonly outcome: Outcome;
      readonly wait?: Wait;
      /** What Stella said about the agent's profile. Store it only after the outcome is written. */
      readonly profile?: ProfileAnswer;
    }
  | { readonly kind: "fenced" };

export interface ProfileAnswer {
  readonly email: string;
  readonly refused: boolean;
}

/** When to try again, if it does not depend on the number of attempts. */
export interface Wait {
  /** Milliseconds from now; overrides the rest. */
  readonly exactly?: number;
  /** Minimum in milliseconds, as Gladly or Stella asked. */
  readonly atLeast?: number;
  /** The usual long wait, because frequent retries do not help. */
  readonly long?: boolean;
}

export async function attempt(claimed: Claimed, deps: AttemptDeps, begin: () => Promise<boolean>): Promise<Attempt> {
  const { configuration } = deps;
  if (claimed.lost && mustStop(claimed.closure, 0, configuration)) {
    return outcome({ state: "parked", reason: "answer-lost", attempted: false });
  }
  const early = untilAsking(claimed, deps);
  if (early > 0) return outcome({ state: "retrying", reason: "delayed", attempted: false }, { exactly: early });
  let facts: Facts;
  try {
    facts = await gather(claimed, deps);
  } catch (error) {
    const failure = lookUpFailure(error);
    if (failure === undefined) throw error;
    return outcome(
      { state: "retrying", reason: failure.reason, detail: failure.detail },
      { atLeast: failure.retryAfter ?? 0, long: failure.reason === "gladly-misconfigured" },
    );
  }
  const decision = decide(facts, decisionPolicy(configuration));
  if (dependsOnMissing(decision, facts) && claimed.closure.notFound + 1 < LOOKS) {
    return outcome({ state: "retrying", reason: "not-found" });
  }
  switch (decision.kind) {
    case "skip":
      return outcome({ state: "skipped", reason: decision.reason, attempted: false });
    case "retry":
      return outcome({ state: "retrying", reason: decision.reason });
    case "send":
    case "record": {
      const delivered = await deliver(parcel(decision, claimed.envelope), configuration.surveyMode, deps, begin);
      const concluded = conclude(decision, delivered, claimed.closure, configuration);
      const profile = profileAnswer(decision, delivered);
      return concluded.kind === "outcome" && profile !== undefined ? { ...concluded, profile } : concluded;
    }
    default:
      return decision satisfies never;
  }
}

/**
 * Milliseconds until the environment's delay is over. It begins with the close, but not later than the event's arrival: if
 * Gladly's clock is ahead, the close seems to be in the future and the wait would be too long.
 */
function untilAsking({ close, closure }: Claimed, { configuration, clock, retryScale = 1 }: AttemptDeps): number {
  const delay = configuration.policy.delay * MINUTE * retryScale;
  return Math.min(delay, Math.min(close.closedAt, closure.receivedAt) + delay - clock.now());
}

async function gather(
  { close, closure, channel, envelope }: Claimed,
  { lookUp, configuration, profiles }: AttemptDeps,
): Promise<Facts> {
  // A replay means that the cause was fixed. And a refusal may itself be the lost answer to this close.
  const again = envelope.replays > 0 || closure.lostAnswers > 0;
  const refused = again ? async () => false : (email: string) => profiles.has(email);
  return { close, gladly: await lookUp.facts(close, channel, decisionPolicy(configuration), refused) };
}

/** Whether it was decided without a conversation or a customer that may not be there yet. */
function dependsOnMissing({ kind, reason }: Decision, { gladly }: Facts): boolean {
  if (reason === "conversation-gone" || reason === "customer-gone") return true;
  // With `forward` the policy asked for the conversation; without it Stella is left to decide.
  return kind === "send" && gladly !== undefined && gladly.conversation === undefined;
}

function profileAnswer(decision: Decision, delivered: Delivered): ProfileAnswer | undefined {
  const email = "request" in decision ? decision.request?.employee?.email : undefined;
  if (email === undefined) return undefined;
  if (delivered.kind === "accepted") return { email, refused: false };
  return delivered.kind === "park" && delivered.profile ? { email, refused: true } : undefined;
}

function parcel(decision: Extract<Decision, { kind: "send" | "record" }>, envelope: Envelope): Parcel {
  return decision.request === undefined
    ? { kind: "event", body: bodyOf(envelope) }
    : { kind: "request", request: decision.request };
}

function conclude(
  decision: Extract<Decision, { kind: "send" | "record" }>,
  delivered: Delivered,
  closure: Closure,
  configuration: RelayConfiguration,
): Attempt {
  const { surveyMode } = configuration;
  switch (delivered.kind) {
    case "fenced":
      return { kind: "fenced" };
    case "accepted":
      return outcome({ state: decision.kind === "send" ? "sent" : "recorded", reason: decision.reason, surveyMode });
    case "park":
      return outcome({ state: "parked", reason: delivered.reason, detail: delivered.detail, surveyMode });
    case "retry": {
      const lostAnswer = delivered.lost;
      const { detail } = delivered;
      if (lostAnswer && mustStop(closure, 1, configuration)) {
        return outcome({ state: "parked", reason: "answer-lost", detail, surveyMode, lostAnswer });
      }
      return outcome(
        { state: "retrying", reason: delivered.reason, detail, surveyMode, lostAnswer },
        { atLeast: delivered.retryAfter ?? 0, long: delivered.longWait ?? false },
      );
    }
    default:
      return delivered satisfies never;
  }
}

/** @param more requests with a lost answer that the closure does not count yet */
function mustStop(closure: Closure, more: number, configuration: RelayConfiguration): boolean {
  const lost = closure.lostAnswers - closure.lostBeforeReplay + more;
  return configuration.policy.ambiguous === "park" || lost >= MOST_LOST_ANSWERS;
}

function outcome(value: Outcome, wait: Wait = {}): Extract<Attempt, { kind: "outcome" }> {
  return { kind: "outcome", outcome: value, wait };
}
