/**
 * The JSON Web Token of Stella's reads: HMAC-SHA256 with the company's API secret and an `iat`
 * (docs/vendors/stella-connect-api.md section 2). Public clients send it without a scheme, Stella's description has
 * `Bearer`. The sandbox accepts both.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import * as z from "zod";
import { parsedJson } from "../../contract/json";

const Header = z.looseObject({ alg: z.literal("HS256") });
const Claims = z.looseObject({ iat: z.number() });

/**
 * Why a token is rejected. Undefined for a valid token.
 *
 * @param ageSeconds largest age of the token
 * @param wallNow milliseconds since the epoch, by the wall clock, as clients use it
 */
export function tokenFault(
  authorization: string | undefined,
  secret: string,
  ageSeconds: number,
  wallNow = Date.now(),
): string | undefined {
  const token = (authorization ?? "").replace(/^Bearer +/i, "");
  const [header, claims, signature, ...rest] = token.split(".");
  if (!header || !claims || !signature || rest.length > 0) return "there is no JSON Web Token in Authorization";
  const expected = createHmac("sha256", secret).update(`${header}.${claims}`).digest();
  const given = Buffer.from(signature, "base64url");
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return "its signature is wrong";
  if (!Header.safeParse(decoded(header)).success) return "its algorithm is not HS256";
  const read = Claims.safeParse(decoded(claims));
  if (!read.success) return "it has no iat";
  return Math.abs(wallNow / 1000 - read.data.iat) > ageSeconds ? "its iat is too old or in the future" : undefined;
}

function decoded(part: string): unknown {
  return parsedJson(Buffer.from(part, "base64url").toString("utf8"));
}
