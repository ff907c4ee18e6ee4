/**
 * The result of a survey request to Stella, in the retry classes of docs/vendors/stella-connect-api.md section 13.2. It does
 * not parse the body, because no error format is published.
 */
export type StellaOutcome =
  /** 2xx. Never send again. */
  | { readonly kind: "accepted"; readonly status: number }
  /** 400, 422 and other 4xx: this payload will never be accepted; a person must look. */
  | { readonly kind: "refused"; readonly status: number; readonly detail: string }
  /** 401, 403, 404, 405: key or address are wrong. It is not the event's fault: keep it and raise an alarm. */
  | { readonly kind: "misconfigured"; readonly status: number }
  /** 408, 425, 429, 503 with Retry-After, or no connection: it was not accepted and can be sent again. */
  | {
      readonly kind: "unavailable";
      readonly status?: number;
      readonly retryAfterSeconds?: number;
      readonly detail: string;
    }
  /**
   * The request was sent, but it is unknown whether Stella accepted it: no answer, or a 5xx, which may come from a gateway in
   * front of Stella. There is no idempotency key.
   */
  | { readonly kind: "ambiguous"; readonly detail: string };

/** Maximum length of an answer that is stored for a person. */
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
 * The names of refusals on Stella's status page (docs/vendors/stella-connect-api.md section 5.1). No error format is published,
 * so a missing name in a body proves nothing.
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
/** Stella's own name of a refusal. */
export type RefusalName = (typeof REFUSALS)[number];

const PROFILE_REFUSALS: readonly RefusalName[] = [
  "Employee not found",
  "Employee profile not complete",
  "Deactivated employee",
];

/** The named refusal in an answer; undefined if there is none. */
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

/** Classifies a lost connection: a retry is safe only if the connection was never made. */
export function classifyFailure(error: unknown): StellaOutcome {
  const code = errorCode(error);
  if (code !== undefined && NEVER_SENT.has(code)) {
    return { kind: "unavailable", detail: `no connection to Stella (${code})` };
  }
  return { kind: "ambiguous", detail: `no answer from Stella (${code ?? property(error, "name") ?? "unknown"})` };
}

/** The first code in the chain of causes. Errors are recognised by their shape, because they can come from another realm. */
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
