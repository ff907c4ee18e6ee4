/** The formats of the relay's secrets, which the functions read and `relay secrets put` writes. */
import * as z from "zod/mini";
import { oneOf, text } from "./checked";
import { parsedJson } from "./json";
import { SURVEY_MODES } from "./survey-mode";

/** How one password of the webhook is recognised. */
const Verifier = z.object({
  /** Identifies the password in metrics, for example by its month. */
  id: text(),
  /** SHA-256 of the password, in hexadecimal. */
  sha256: z.string().check(z.regex(/^[0-9a-fA-F]{64}$/, { error: "must be 64 hexadecimal digits" })),
});
/** A password of the webhook, known only by its SHA-256 digest. Several can be valid at once during a rotation. */
export type Verifier = z.infer<typeof Verifier>;

/** `relay/<environment>/inbound`: digests of the webhook's passwords, without the passwords. */
export const InboundSecret = z.object({
  verifiers: z.array(Verifier).check(z.minLength(1, { error: "must hold at least one verifier" })),
});

/** `relay/<environment>/stella-<mode>`: one of Stella's two keys, and which of the two it is. */
export const StellaSecret = z.object({
  apiKey: text(),
  mode: oneOf(SURVEY_MODES),
});

/** `relay/<environment>/stella-api-secret`: signs reads of Stella, for a watchdog that copies answers. */
export const StellaApiSecret = z.object({ apiSecret: text() });

/** `relay/<environment>/gladly`. */
export const GladlySecret = z.object({ token: text() });

/** `relay/<environment>/probe`: a password of the webhook in plain text, only for the watchdog. */
export const ProbeSecret = z.object({ password: text() });

/** The value of any of them, before serialization to JSON. */
export type SecretValue =
  | z.infer<typeof InboundSecret>
  | z.infer<typeof StellaSecret>
  | z.infer<typeof StellaApiSecret>
  | z.infer<typeof GladlySecret>
  | z.infer<typeof ProbeSecret>;

/**
 * Reads a secret's text.
 *
 * @throws Error with what was expected and where, never with the value
 */
export function parseSecret<T>(schema: z.ZodMiniType<T>, text: string): T {
  const json = parsedJson(text);
  if (json === undefined) throw new Error("it is not JSON; set it with `relay secrets put`");
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `${issue.path.join(".") || "the whole"}: ${issue.message}`);
  throw new Error(`it is not what was expected (${faults.join("; ")}); set it with \`relay secrets put\``);
}
