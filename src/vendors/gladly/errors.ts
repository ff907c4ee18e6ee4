/** The ways a call to Gladly can fail, as named classes. No message ever holds a token. */
import type { ErrorDetail } from "./wire";

/** Gladly answered, and not with success. */
export class GladlyRefusal extends Error {
  override readonly name = "GladlyRefusal";
  constructor(
    /** HTTP method of the request. */
    readonly method: string,
    /** Path of the request, without its query. */
    readonly path: string,
    /** HTTP status: anything but 2xx. */
    readonly status: number,
    /** The details in the body. Empty where Gladly sends none, as with 401, 403 and 429. */
    readonly errors: readonly ErrorDetail[],
    /** Seconds that Gladly asked to wait; undefined when it did not. */
    readonly retryAfterSeconds?: number,
  ) {
    super(`Gladly answered ${status} to ${method} ${path}${describe(errors)}`);
  }

  /** Whether some error names this code, and this attribute when one is given. */
  has(code: string, attr?: string): boolean {
    return this.errors.some((error) => error.code === code && (attr === undefined || error.attr === attr));
  }
}

/** The code of a request that was never sent. */
export const NOT_SENT = "NOT_SENT";

/** Causes with which no request can have arrived: there was no connection. */
const NO_CONNECTION = /^(NOT_SENT|ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$/;

/** The codes of a certificate that is not trusted: the connection is ended before anything is sent. */
const NOT_TRUSTED = /^(ERR_TLS_CERT_|CERT_|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_|UNABLE_TO_)/;

/** The codes of a TLS connection that could not be agreed on, or that broke. */
const TLS = /^(ERR_TLS_|ERR_SSL_|EPROTO$)/;

/** No answer came: name lookup, connection, TLS, time limit. The request may or may not have arrived. */
export class GladlyUnreachable extends Error {
  override readonly name = "GladlyUnreachable";
  constructor(
    /** HTTP method of the request. */
    readonly method: string,
    /** Address of the request, without its query. */
    readonly url: string,
    cause: unknown,
  ) {
    super(`Gladly cannot be reached at ${url} (${reason(cause)})`, { cause });
  }

  /** Whether TLS failed: the certificate is not trusted, or the other end does not speak TLS. */
  get tls(): boolean {
    const code = codeOf(this.cause);
    return TLS.test(code) || NOT_TRUSTED.test(code);
  }

  /** Whether the request was never sent, because its time was over before its turn came. */
  get neverSent(): boolean {
    return codeOf(this.cause) === NOT_SENT;
  }

  /** Whether the time was over before an answer came. */
  get timedOut(): boolean {
    return isTimeout(this.cause);
  }

  /** Whether it is certain that Gladly never saw the request. */
  get neverArrived(): boolean {
    const code = codeOf(this.cause);
    return NO_CONNECTION.test(code) || NOT_TRUSTED.test(code);
  }
}

/** Gladly answered with success, and with something that is not what its description promises. */
export class GladlyUnexpectedAnswer extends Error {
  override readonly name = "GladlyUnexpectedAnswer";
  constructor(method: string, path: string, detail: string) {
    super(`Gladly's answer to ${method} ${path} is not understood: ${detail}`);
  }
}

/** The code of an error or of what caused it, `ECONNREFUSED` for instance; empty when it has none. */
export function codeOf(cause: unknown): string {
  if (typeof cause !== "object" || cause === null) return "";
  if ("code" in cause && typeof cause.code === "string") return cause.code;
  return "cause" in cause ? codeOf(cause.cause) : "";
}

/** What `AbortSignal.timeout` ends a request with; no `Error` by class in every version of Node. */
function isTimeout(cause: unknown): boolean {
  return typeof cause === "object" && cause !== null && "name" in cause && cause.name === "TimeoutError";
}

function describe(errors: readonly ErrorDetail[]): string {
  const parts = errors.map((error) => [error.attr, error.code, error.detail].filter(Boolean).join(": "));
  return parts.length === 0 ? "" : ` (${parts.join("; ")})`;
}

function reason(cause: unknown): string {
  if (isTimeout(cause)) return "no answer in time";
  if (!(cause instanceof Error)) return String(cause);
  const inner = cause.cause;
  if (inner instanceof Error) return "code" in inner ? String(inner.code) : inner.message;
  return cause.message;
}
