/** Sends one decided close to Stella, once, and translates the answer into an outcome for the ledger. */
import { errorName } from "../contract/error-message";
import type { SurveyMode } from "../contract/survey-mode";
import { isProfileRefusal, type StellaOutcome } from "../vendors/stella/outcome";
import type { SurveyRequest } from "../vendors/stella/wire";
import type { Breaker } from "./breaker";
import { type Log, type Metrics, type Secrets, SecretUnreadable, type Stella, type StellaKey } from "./ports";
import type { ParkReason, RetryReason } from "./reasons";
import { withoutPerson } from "./without-person";

export interface DeliverDeps {
  readonly secrets: Pick<Secrets, "stellaKey">;
  readonly stella: Stella;
  readonly breaker: Pick<Breaker, "succeeded" | "failed">;
  readonly metrics: Metrics;
  readonly log: Log;
}

/** What is sent: a request that the relay wrote, or Gladly's own event. */
export type Parcel =
  | { readonly kind: "request"; readonly request: SurveyRequest }
  | { readonly kind: "event"; readonly body: string | Uint8Array };

export type Delivered =
  | { readonly kind: "accepted" }
  | {
      readonly kind: "park";
      readonly reason: ParkReason;
      readonly detail: string;
      /** Stella refuses the agent's profile, and therefore every request about this agent. */
      readonly profile: boolean;
    }
  | {
      readonly kind: "retry";
      readonly reason: RetryReason;
      readonly detail: string;
      readonly lost: boolean;
      /** Milliseconds that Stella asked to wait. */
      readonly retryAfter?: number;
      /** Wait the usual long time before the next attempt, because frequent retries do not help. */
      readonly longWait?: boolean;
    }
  /** The claim expired before anything was sent. */
  | { readonly kind: "fenced" };

/**
 * @param begin marks that a request is about to be sent; false if the claim is no longer ours
 */
export async function deliver(
  parcel: Parcel,
  surveyMode: SurveyMode,
  deps: DeliverDeps,
  begin: () => Promise<boolean>,
): Promise<Delivered> {
  const key = await usableKey(surveyMode, deps);
  if (key.kind !== "key") return key.stop;
  if (!(await begin())) return { kind: "fenced" };
  let outcome = await post(parcel, key.apiKey, deps);
  if (outcome.kind === "misconfigured") {
    const fresh = await usableKey(surveyMode, deps, true);
    if (fresh.kind === "key" && fresh.apiKey !== key.apiKey) outcome = await post(parcel, fresh.apiKey, deps);
  }
  // A refused key counts as a failure too: every further request with it would add to Stella's alert.
  const answered = outcome.kind === "accepted" || outcome.kind === "refused";
  try {
    await (answered ? deps.breaker.succeeded() : deps.breaker.failed());
  } catch (error) {
    // If the breaker's note cannot be written, the answer must not be lost: the request would be sent again.
    deps.log("error", "work.failed", { error: errorName(error) });
  }
  return interpret(outcome, parcel);
}

function post(parcel: Parcel, apiKey: string, deps: DeliverDeps): Promise<StellaOutcome> {
  return parcel.kind === "request"
    ? deps.stella.request(apiKey, parcel.request)
    : deps.stella.forward(apiKey, parcel.body);
}

/** The guard: a key that is not known to belong to the environment's mode sends nothing and raises an alarm. */
async function usableKey(
  surveyMode: SurveyMode,
  deps: DeliverDeps,
  refresh = false,
): Promise<{ readonly kind: "key"; readonly apiKey: string } | { readonly kind: "none"; readonly stop: Delivered }> {
  let key: StellaKey;
  try {
    key = await deps.secrets.stellaKey(surveyMode, refresh);
  } catch (error) {
    if (!(error instanceof SecretUnreadable)) throw error;
    const stop = { kind: "retry", reason: "secret-unreadable", detail: error.message, lost: false } as const;
    return { kind: "none", stop };
  }
  if (key.mode === surveyMode) return { kind: "key", apiKey: key.apiKey };
  deps.metrics.count("GuardTripped");
  deps.log("error", "guard.tripped", { surveyMode, keyMode: key.mode });
  const detail = `the environment is in ${surveyMode} mode and its key is of mode ${key.mode}`;
  return { kind: "none", stop: { kind: "retry", reason: "survey-mode-guard", detail, lost: false, longWait: true } };
}

function interpret(outcome: StellaOutcome, parcel: Parcel): Delivered {
  switch (outcome.kind) {
    case "accepted":
      return { kind: "accepted" };
    case "refused": {
      const said = withoutPerson(outcome.detail, nameIn(parcel)).slice(0, 200);
      const detail = `Stella answered ${outcome.status}${said ? `: ${said}` : ""}`;
      return { kind: "park", reason: "refused-by-stella", detail, profile: isProfileRefusal(outcome.detail) };
    }
    case "misconfigured": {
      const detail = `Stella answered ${outcome.status}`;
      return { kind: "retry", reason: "stella-misconfigured", detail, lost: false, longWait: true };
    }
    case "unavailable": {
      const seconds = outcome.retryAfterSeconds;
      const retryAfter = seconds === undefined ? {} : { retryAfter: seconds * 1000 };
      return { kind: "retry", reason: "stella-unavailable", detail: outcome.detail, lost: false, ...retryAfter };
    }
    case "ambiguous":
      // Each further request may reach the customer again. A short outage must not use up all three.
      return { kind: "retry", reason: "stella-answer-lost", detail: outcome.detail, lost: true, longWait: true };
    default:
      return outcome satisfies never;
  }
}

function nameIn(parcel: Parcel): string | undefined {
  return parcel.kind === "request" ? parcel.request.customer?.name : undefined;
}
