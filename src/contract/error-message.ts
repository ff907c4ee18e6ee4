/** The message of whatever was thrown: an error of any realm, or another value. */
export function messageOf(error: unknown): string {
  return String(Reflect.get(Object(error), "message") ?? error);
}
