/**
 * Checks an AWS signature (version 4) as a service does, by computing it from the request. Independent of the library that
 * signed. It also accepts the SDK's requests.
 */
import { createHash, createHmac } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

export const SECRET_ACCESS_KEY = "secret-access-key-for-tests";

export interface SignedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** The access key id if the signature is valid, otherwise undefined. */
export function signerOf(request: SignedRequest): string | undefined {
  const header = request.headers.authorization ?? "";
  const parts = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/([^,]+), ?SignedHeaders=([^,]+), ?Signature=(\w+)$/.exec(header);
  const [, keyId, scope, signedHeaders, signature] = parts ?? [];
  if (keyId === undefined || scope === undefined || signedHeaders === undefined) return undefined;
  const names = signedHeaders.split(";");
  for (const needed of ["host", "x-amz-date", "x-amz-security-token"]) {
    if (!names.includes(needed)) return undefined;
  }
  const { pathname, searchParams } = new URL(request.url, "http://localhost");
  const canonical = [
    request.method,
    pathname,
    searchParams.toString(),
    ...names.map((name) => `${name}:${String(request.headers[name] ?? "").trim()}`),
    "",
    signedHeaders,
    hash(request.body),
  ].join("\n");
  const toSign = ["AWS4-HMAC-SHA256", request.headers["x-amz-date"], scope, hash(canonical)].join("\n");
  const key = scope.split("/").reduce<Buffer>(hmac, Buffer.from(`AWS4${SECRET_ACCESS_KEY}`));
  return hmac(key, toSign).toString("hex") === signature ? keyId : undefined;
}

function hash(content: string | Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}
