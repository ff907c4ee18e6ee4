/** Hands one decided close to Stella, once, and tells what came of it in the ledger's words. */
import type { StellaOutcome } from "../vendors/stella/outcome";
import type { SurveyMode, SurveyRequest } from "../vendors/stella/wire";
import type { Breaker } from "./breaker";
import { withoutAddresses } from "./log";
import { type Log, type Metrics, type Secrets, SecretUnreadable, type Stella, type StellaKey } from "./ports";
import type { ParkReason, RetryReason } from "./reasons";

export interface DeliverHome {
  readonly secrets: Pick<Secrets, "stellaKey">;
  readonly stella: Stella;
  readonly breaker: Pick<Breaker, "succeeded" | "failed">;
  readonly metrics: Metrics;
  readonly log: Log;
}

/** What goes out: a request that we wrote, or Gladly's own event. */
export type Parcel =
  | { readonly kind: "request"; readonly request: SurveyRequest }
  | { readonly kind: "event"; readonly body: string | Uint8Array };

export type Delivered =
  | { readonly kind: "accepted" }
  | { readonly kind: "park"; readonly reason: ParkReason; readonly detail: string; readonly lost: boolean }
  | {
      readonly kind: "retry";
      readonly reason: RetryReason;
      readonly detail: string;
      readonly lost: boolean;
      /** Milliseconds that Stella asked to wait. */
      readonly retryAfter?: number;
      /** A person must cure it: there is no use in trying often. */
      readonly seldom?: boolean;
    }
  /** The claim ran out before anything was sent. */
  | { readonly kind: "fenced" };

/**
 * @param begin writes the mark that a request is about to leave; false when the claim is no longer ours
 */
export async function deliver(
  parcel: Parcel,
  surveyMode: SurveyMode,
  home: DeliverHome,
  begin: () => Promise<boolean>,
): Promise<Delivered> {
  const key = await usableKey(surveyMode, home);
  if (key.kind !== "key") return key.stop;
  if (!(await begin())) return { kind: "fenced" };
  let outcome = await post(parcel, key.apiKey, home);
  if (outcome.kind === "misconfigured") {
    const fresh = await usableKey(surveyMode, home, true);
    if (fresh.kind === "key" && fresh.apiKey !== key.apiKey) outcome = await post(parcel, fresh.apiKey, home);
  }
  // A refused key counts as well: every further request with it would add to the failures that Stella raises an alarm at.
  if (outcome.kind === "accepted" || outcome.kind === "refused") await home.breaker.succeeded();
  else await home.breaker.failed();
  return interpret(outcome, parcel);
}

function post(parcel: Parcel, apiKey: string, home: DeliverHome): Promise<StellaOutcome> {
  return parcel.kind === "request"
    ? home.stella.request(apiKey, parcel.request)
    : home.stella.forward(apiKey, parcel.body);
}

/** The guard: a key that is not known to be of the environment's mode sends nothing and calls a person. */
async function usableKey(
  surveyMode: SurveyMode,
  home: DeliverHome,
  refresh = false,
): Promise<{ readonly kind: "key"; readonly apiKey: string } | { readonly kind: "none"; readonly stop: Delivered }> {
  let key: StellaKey;
  try {
    key = await home.secrets.stellaKey(surveyMode, refresh);
  } catch (error) {
    if (!(error instanceof SecretUnreadable)) throw error;
    const stop = { kind: "retry", reason: "secret-unreadable", detail: error.message, lost: false } as const;
    return { kind: "none", stop };
  }
  if (key.mode === surveyMode) return { kind: "key", apiKey: key.apiKey };
  home.metrics.count("GuardTripped");
  home.log("error", "guard.tripped", { surveyMode, keyMode: key.mode });
  const detail = `the environment is in ${surveyMode} mode and its key is of mode ${key.mode}`;
  return { kind: "none", stop: { kind: "retry", reason: "survey-mode-guard", detail, lost: false, seldom: true } };
}

function interpret(outcome: StellaOutcome, parcel: Parcel): Delivered {
  switch (outcome.kind) {
    case "accepted":
      return { kind: "accepted" };
    case "refused": {
      const said = impersonal(outcome.detail, parcel).slice(0, 200);
      const detail = `Stella answered ${outcome.status}${said ? `: ${said}` : ""}`;
      return { kind: "park", reason: "refused-by-stella", detail, lost: false };
    }
    case "misconfigured": {
      const detail = `Stella answered ${outcome.status}`;
      return { kind: "retry", reason: "stella-misconfigured", detail, lost: false, seldom: true };
    }
    case "unavailable": {
      const seconds = outcome.retryAfterSeconds;
      const retryAfter = seconds === undefined ? {} : { retryAfter: seconds * 1000 };
      return { kind: "retry", reason: "stella-unavailable", detail: outcome.detail, lost: false, ...retryAfter };
    }
    case "ambiguous":
      return { kind: "retry", reason: "stella-answer-lost", detail: outcome.detail, lost: true };
    default:
      return outcome satisfies never;
  }
}

/** What Stella said, without the customer: it may quote the request. */
function impersonal(detail: string, parcel: Parcel): string {
  const name = parcel.kind === "request" ? parcel.request.customer?.name : undefined;
  const bare = withoutAddresses(detail);
  return name ? bare.replaceAll(name, "<name>") : bare;
}
