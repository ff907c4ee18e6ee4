/**
 * Schemas with their own messages: the functions load `zod/mini` for its size, and it has no messages.
 */
import * as z from "zod/mini";

/** Text of at least one character. */
export const text = () => z.string({ error: "must be text" }).check(z.minLength(1, { error: "must not be empty" }));

/** One of the values; the message lists them. */
export function oneOf<const T extends readonly [string, ...string[]]>(values: T) {
  return z.enum(values, { error: `must be one of: ${values.join(", ")}` });
}

/** An object with only these fields; the message names an unknown field. */
export function strict<T extends Parameters<typeof z.strictObject>[0]>(shape: T) {
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys" ? `unknown field ${issue.keys.join(", ")}` : "must be an object",
  });
}
