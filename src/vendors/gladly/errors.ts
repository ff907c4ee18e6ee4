/** The ways a call to Gladly can fail, as named classes. No message ever holds a token. */
import type { ErrorDetail } from "./wire";

/** Gladly answered, and not with success. */
export class GladlyRefusal extends Error {
  override readonly name = "GladlyRefusal";
  constructor(
    readonly method: string,
    readonly path: string,
    readonly status: number,
    readonly errors: readonly ErrorDetail[],
    readonly retryAfterSeconds?: number,
  ) {
    super(`Gladly answered ${status} to ${method} ${path}${describe(errors)}`);
  }

  /** Whether some error names this code, and this attribute when one is given. */
  has(code: string, attr?: string): boolean {
    return this.errors.some((error) => error.code === code && (attr === undefined || error.attr === attr));
  }
}

/** No answer came: name lookup, connection, TLS, time limit. The request may or may not have arrived. */
export class GladlyUnreachable extends Error {
  override readonly name = "GladlyUnreachable";
  constructor(
    readonly method: string,
    readonly url: string,
    cause: unknown,
  ) {
    super(`Gladly cannot be reached at ${url} (${reason(cause)})`, { cause });
  }
}

/** Gladly answered with success, and with something that is not what its description promises. */
export class GladlyUnexpectedAnswer extends Error {
  override readonly name = "GladlyUnexpectedAnswer";
  constructor(method: string, path: string, detail: string) {
    super(`Gladly's answer to ${method} ${path} is not understood: ${detail}`);
  }
}

function describe(errors: readonly ErrorDetail[]): string {
  const parts = errors.map((error) => [error.attr, error.code, error.detail].filter(Boolean).join(": "));
  return parts.length === 0 ? "" : ` (${parts.join("; ")})`;
}

function reason(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const inner = cause.cause;
  if (inner instanceof Error) return "code" in inner ? String(inner.code) : inner.message;
  return cause.name === "TimeoutError" ? "no answer in time" : cause.message;
}
