/** One attempt at a claimed close: look up, decide, deliver. It ends in an outcome for the ledger. */
import type { RelayConfiguration } from "../contract/relay-configuration";
import type { Outcome } from "./claim";
import { type Decision, decide, decisionPolicy, type Facts } from "./decide";
import { type DeliverDeps, type Delivered, deliver, type Parcel } from "./deliver";
import { bodyOf, type CloseEvent, type Envelope } from "./envelope";
import { lookUpFailure } from "./failures";
import type { LookUp } from "./look-up";
import type { Closure } from "./record";

/** Requests to Stella for one close whose answer may be lost: each one may have reached the customer. */
export const MOST_LOST_ANSWERS = 3;

export interface AttemptDeps extends DeliverDeps {
  readonly configuration: RelayConfiguration;
  readonly lookUp: Pick<LookUp, "facts">;
}

export interface Claimed {
  readonly close: CloseEvent;
  readonly closure: Closure;
  readonly envelope: Envelope;
  /** Gladly's channel, when an event told it. */
  readonly channel: string | undefined;
  /** Whether the worker before us died while a request was under way. */
  readonly lost: boolean;
}

export type Attempt =
  | { readonly kind: "outcome"; readonly outcome: Outcome; readonly retryAfter?: number; readonly longWait?: boolean }
  | { readonly kind: "fenced" };

export async function attempt(claimed: Claimed, deps: AttemptDeps, begin: () => Promise<boolean>): Promise<Attempt> {
  const { configuration } = deps;
  const policy = decisionPolicy(configuration);
  if (claimed.lost && mustStop(claimed.closure, 0, configuration)) {
    return outcome({ state: "parked", reason: "answer-lost", attempted: false });
  }
  let facts: Facts;
  try {
    facts = await gather(claimed, deps);
  } catch (error) {
    const failure = lookUpFailure(error);
    if (failure === undefined) throw error;
    return {
      ...outcome({ state: "retrying", reason: failure.reason, detail: failure.detail }),
      ...(failure.retryAfter === undefined ? {} : { retryAfter: failure.retryAfter }),
      longWait: failure.reason === "gladly-misconfigured",
    };
  }
  const decision = decide(facts, policy);
  switch (decision.kind) {
    case "skip":
      return outcome({ state: "skipped", reason: decision.reason, attempted: false });
    case "park":
      return outcome({ state: "parked", reason: decision.reason, attempted: false });
    case "send":
    case "record": {
      const delivered = await deliver(parcel(decision, claimed.envelope), configuration.surveyMode, deps, begin);
      return conclude(decision, delivered, claimed.closure, configuration);
    }
    default:
      return decision satisfies never;
  }
}

async function gather(claimed: Claimed, deps: AttemptDeps): Promise<Facts> {
  const { close } = claimed;
  if (deps.configuration.delivery === "forward") return { close };
  return { close, gladly: await deps.lookUp.facts(close, claimed.channel, decisionPolicy(deps.configuration)) };
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
      return {
        ...outcome({ state: "retrying", reason: delivered.reason, detail, surveyMode, lostAnswer }),
        ...(delivered.retryAfter === undefined ? {} : { retryAfter: delivered.retryAfter }),
        longWait: delivered.longWait ?? false,
      };
    }
    default:
      return delivered satisfies never;
  }
}

/** @param more requests whose answer was lost and that the closure does not count yet */
function mustStop(closure: Closure, more: number, configuration: RelayConfiguration): boolean {
  const lost = closure.lostAnswers - closure.lostBeforeReplay + more;
  return configuration.policy.ambiguous === "park" || lost >= MOST_LOST_ANSWERS;
}

function outcome(value: Outcome): { readonly kind: "outcome"; readonly outcome: Outcome } {
  return { kind: "outcome", outcome: value };
}
