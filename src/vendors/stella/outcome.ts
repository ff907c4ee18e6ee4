/**
 * What an attempt to hand a survey request to Stella came to, in the retry classes of docs/vendors/stella-connect-api.md
 * section 13.2. Nothing is read from a body: no error format is published.
 */
export type StellaOutcome =
  /** 2xx. Never send again. */
  | { readonly kind: "accepted"; readonly status: number }
  /** 400, 422 and other 4xx: wrong for good with this payload; a person must look. */
  | { readonly kind: "refused"; readonly status: number; readonly detail: string }
  /** 401, 403, 404, 405: key or address are wrong. Not the event's fault: keep it and call for help. */
  | { readonly kind: "misconfigured"; readonly status: number }
  /** 408, 425, 429, 503 with Retry-After, or no connection: it was not taken, and can be sent again. */
  | {
      readonly kind: "unavailable";
      readonly status?: number;
      readonly retryAfterSeconds?: number;
      readonly detail: string;
    }
  /**
   * The request left and Stella itself did not answer whether it took it: no answer at all, or a 5xx, which a gateway in
   * front of Stella may have written. There is no idempotency key.
   */
  | { readonly kind: "ambiguous"; readonly detail: string };

/** Longest piece of an answer that is kept, for a person to read. */
const DETAIL_LENGTH = 300;

/** Sorts an answer into its class. */
export function classifyAnswer(status: number, body: string, retryAfter: string | null): StellaOutcome {
  if (status >= 200 && status < 300) return { kind: "accepted", status };
  if (status === 401 || status === 403 || status === 404 || status === 405) return { kind: "misconfigured", status };
  if (status === 408 || status === 425 || status === 429 || (status === 503 && retryAfter !== null)) {
    const seconds = Number(retryAfter ?? Number.NaN);
    return {
      kind: "unavailable",
      status,
      detail: `Stella answered ${status}`,
      ...(Number.isFinite(seconds) ? { retryAfterSeconds: seconds } : {}),
    };
  }
  if (status >= 500) return { kind: "ambiguous", detail: `Stella answered ${status}` };
  return { kind: "refused", status, detail: body.slice(0, DETAIL_LENGTH) };
}

/**
 * Refusals by the names that Stella's status page gives them (docs/vendors/stella-connect-api.md section 5.1). No format of
 * an error body is published, so a name that is not found in one proves nothing.
 */
export const REFUSALS = [
  "Employee not found",
  "Employee profile not complete",
  "Deactivated employee",
  "Invalid customer",
  "Channel not enabled for company",
  "Channel is in manual mode",
  "Brand signifier not provided",
  "Invalid/inactive brand signifier",
  "Language not specified",
] as const;
/** The name of a refusal, in Stella's own words. */
export type RefusalName = (typeof REFUSALS)[number];

const PROFILE_REFUSALS: readonly RefusalName[] = [
  "Employee not found",
  "Employee profile not complete",
  "Deactivated employee",
];

/** The named refusal that an answer tells of; undefined when it names none. */
export function namedRefusal(detail: string): RefusalName | undefined {
  const said = detail.toLowerCase();
  return REFUSALS.find((name) => said.includes(name.toLowerCase()));
}

/** Whether a refusal is about the agent's profile, so that every request about this agent would be refused. */
export function isProfileRefusal(detail: string): boolean {
  const name = namedRefusal(detail);
  return name !== undefined && PROFILE_REFUSALS.includes(name);
}

/** Error codes of a connection that was never made: the request cannot have arrived. */
const NEVER_SENT = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
  "CERT_HAS_EXPIRED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
]);

/** Sorts a lost connection into its class: only one that was never made is safe to repeat. */
export function classifyFailure(error: unknown): StellaOutcome {
  const code = errorCode(error);
  if (code !== undefined && NEVER_SENT.has(code)) {
    return { kind: "unavailable", detail: `no connection to Stella (${code})` };
  }
  return { kind: "ambiguous", detail: `no answer from Stella (${code ?? property(error, "name") ?? "unknown"})` };
}

/** The first code down the chain of causes. Errors are read by their shape: they can come from another realm. */
function errorCode(error: unknown): string | undefined {
  for (let current = error, depth = 0; typeof current === "object" && current !== null && depth < 10; depth += 1) {
    const code = property(current, "code");
    if (code !== undefined) return code;
    if ("errors" in current && Array.isArray(current.errors)) current = current.errors[0];
    else current = "cause" in current ? current.cause : undefined;
  }
  return undefined;
}

function property(value: unknown, name: "code" | "name"): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const found: unknown = Reflect.get(value, name);
  return typeof found === "string" ? found : undefined;
}
