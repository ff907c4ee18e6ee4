/** The message of whatever was thrown: an error of any realm, or another value. */
export function messageOf(error: unknown): string {
  return String(Reflect.get(Object(error), "message") ?? error);
}

/** The name of an error, such as TimeoutError, for a log that must not hold its message; `unknown` for another value. */
export function errorName(error: unknown): string {
  return error instanceof Error ? error.name : "unknown";
}
