/** What a failed look-up means for the event that needed it. */
import { GladlyRefusal } from "../vendors/gladly/errors";
import { SecretUnreadable } from "./ports";
import type { RetryReason } from "./reasons";

export interface LookUpFailure {
  readonly reason: Extract<RetryReason, "gladly-unavailable" | "gladly-misconfigured" | "secret-unreadable">;
  /** Without addresses, credentials or bodies. */
  readonly detail: string;
  /** Milliseconds that Gladly asked to wait. */
  readonly retryAfter?: number;
}

/** @returns undefined if the error comes neither from Gladly nor from its token: then it is a bug in this program */
export function lookUpFailure(error: unknown): LookUpFailure | undefined {
  if (error instanceof GladlyRefusal) {
    const detail = `Gladly answered ${error.status}`;
    if (error.status === 401 || error.status === 403) return { reason: "gladly-misconfigured", detail };
    const retryAfter = error.retryAfterSeconds;
    return {
      reason: "gladly-unavailable",
      detail,
      ...(retryAfter === undefined ? {} : { retryAfter: retryAfter * 1000 }),
    };
  }
  if (!(error instanceof Error)) return undefined;
  if (error instanceof SecretUnreadable) return { reason: "secret-unreadable", detail: error.message };
  if (error.name === "GladlyUnreachable") return { reason: "gladly-unavailable", detail: "Gladly cannot be reached" };
  if (error.name === "GladlyUnexpectedAnswer") {
    return { reason: "gladly-unavailable", detail: "Gladly's answer is not understood" };
  }
  return undefined;
}
