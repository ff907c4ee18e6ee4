/**
 * Reads from Stella: a `GET` with the key and a JWT signed with the company's API secret, without the prefix "Bearer"
 * (docs/vendors/stella-connect-api.md section 2).
 */
import { createHmac } from "node:crypto";
import { parsedJson } from "../../contract/json";

/** Stella did not answer the read as described. No message holds a key. */
export class StellaReadFailed extends Error {
  override readonly name = "StellaReadFailed";
}

/** Options for reading Stella Connect. */
export interface StellaReaderOptions {
  /** `https://api.stellaconnect.net`, or the company's own host (docs/vendors/stella-connect-api.md section 1). */
  readonly baseUrl: string;
  /** Milliseconds to wait for an answer. @default 30000 */
  readonly timeout?: number;
  /** Sends the requests. @default the global `fetch` */
  readonly fetch?: typeof globalThis.fetch;
}

/** The credentials for a read. A survey request needs only the key. */
export interface StellaReadKey {
  /** The key of a survey mode, sent as `x-api-key`. */
  readonly apiKey: string;
  /** The company's API secret, which signs a JWT for each call. It is never sent. */
  readonly apiSecret: string;
}

/** Stella's address of a path, whether or not the base ends in a slash. */
export function stellaAddress(options: StellaReaderOptions, path: string): string {
  return options.baseUrl.replace(/\/+$/, "") + path;
}

/**
 * The JSON that Stella answers.
 *
 * @param what the call for messages, such as `GET /v2/data`
 * @param now seconds since the epoch, for the token's `iat`; a new token is signed for every call
 * @throws StellaReadFailed
 */
export async function readStella(
  options: StellaReaderOptions,
  what: string,
  address: string,
  key: StellaReadKey,
  now: number,
): Promise<unknown> {
  let response: Response;
  let body: string;
  try {
    response = await (options.fetch ?? globalThis.fetch)(address, {
      redirect: "manual",
      signal: AbortSignal.timeout(options.timeout ?? 30_000),
      headers: { accept: "application/json", "x-api-key": key.apiKey, authorization: signToken(key.apiSecret, now) },
    });
    body = await response.text();
  } catch {
    throw new StellaReadFailed(`Stella cannot be reached for ${what}`);
  }
  if (response.status !== 200) throw new StellaReadFailed(`Stella answered ${response.status} to ${what}`);
  const json = parsedJson(body);
  if (json === undefined) throw new StellaReadFailed(`Stella's answer to ${what} is not JSON`);
  return json;
}

/** A JWT with HMAC-SHA256 that contains its creation time. @param now seconds since the epoch */
export function signToken(apiSecret: string, now: number): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const signed = `${part({ alg: "HS256", typ: "JWT" })}.${part({ iat: Math.floor(now) })}`;
  return `${signed}.${createHmac("sha256", apiSecret).update(signed).digest("base64url")}`;
}
