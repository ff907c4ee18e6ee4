/** Checks a webhook's Basic credentials in constant time. Gladly signs nothing (docs/vendors/gladly-api.md section 7.1). */
import { hash, timingSafeEqual } from "node:crypto";
import { basicCredentials } from "../contract/basic-auth";
import type { Verifier } from "./ports";

const NOTHING = Buffer.alloc(32);

/**
 * The verifier that the credentials match, or undefined. It compares with every verifier, so that the time reveals nothing
 * about partial matches.
 *
 * @param header value of the Authorization header; several headers are refused
 */
export function authenticate(
  header: string | readonly string[] | undefined,
  username: string,
  verifiers: readonly Verifier[],
): Verifier | undefined {
  const given = typeof header === "string" ? basicCredentials(header) : undefined;
  const user = timingSafeEqual(digest(given?.user ?? ""), digest(username));
  const password = given === undefined ? NOTHING : digest(given.password);
  let match: Verifier | undefined;
  for (const verifier of verifiers) {
    const same = verifier.sha256.length === password.length && timingSafeEqual(verifier.sha256, password);
    if (same && match === undefined) match = verifier;
  }
  return given !== undefined && user ? match : undefined;
}

/** SHA-256, which is enough for a password of 32 random bytes (docs/vendors/aws-relay.md section 4.1). */
export function digest(text: string): Buffer {
  return hash("sha256", text, "buffer");
}
