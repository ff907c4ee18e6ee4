/**
 * The provider's certificate for one run: EC P-256, self-signed, for `localhost`, valid for a day. It uses only node:crypto,
 * because an X.509 library costs 40 to 220 ms at every start (docs/vendors/terraform-provider.md section 6).
 */
import { createSign, generateKeyPairSync, randomBytes } from "node:crypto";

/** A certificate with its key. The key never leaves the process. */
export interface Certificate {
  /** DER, as in the handshake. */
  readonly der: Buffer;
  /** PEM. */
  readonly certificate: string;
  /** PKCS #8 as PEM. */
  readonly privateKey: string;
}

const DAY = 24 * 60 * 60 * 1000;

/** Creates a key and its certificate, valid from a minute ago, so that clocks need not agree to the second. */
export function createCertificate(now: Date = new Date(), host = "localhost"): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const ecdsaWithSha256 = sequence(oid(1, 2, 840, 10045, 4, 3, 2));
  const name = sequence(tagged(0x31, sequence(oid(2, 5, 4, 3), tagged(0x0c, Buffer.from(host)))));
  const body = sequence(
    tagged(0xa0, integer(Buffer.of(2))),
    integer(randomBytes(16)),
    ecdsaWithSha256,
    name,
    sequence(time(new Date(now.getTime() - 60_000)), time(new Date(now.getTime() + DAY))),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    tagged(0xa3, sequence(...extensions(host))),
  );
  const signature = createSign("SHA256").update(body).sign(privateKey);
  const der = sequence(body, ecdsaWithSha256, bits(signature));
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  return {
    der,
    certificate: `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`,
    privateKey: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}

/** Its own authority, for signing and key agreement, as server and client, for the host name that Terraform uses. */
function extensions(host: string): readonly Buffer[] {
  const critical = tagged(0x01, Buffer.of(0xff));
  const extension = (id: Buffer, value: Buffer, ...flags: Buffer[]) => sequence(id, ...flags, tagged(0x04, value));
  return [
    extension(oid(2, 5, 29, 19), sequence(critical), critical),
    extension(oid(2, 5, 29, 15), tagged(0x03, Buffer.of(2, 0b10001100)), critical),
    extension(oid(2, 5, 29, 37), sequence(oid(1, 3, 6, 1, 5, 5, 7, 3, 1), oid(1, 3, 6, 1, 5, 5, 7, 3, 2))),
    extension(oid(2, 5, 29, 17), sequence(tagged(0x82, Buffer.from(host)))),
  ];
}

function tagged(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.of(tag, length), content]);
  const size = length < 0x100 ? Buffer.of(0x81, length) : Buffer.of(0x82, length >> 8, length & 0xff);
  return Buffer.concat([Buffer.of(tag), size, content]);
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return tagged(0x30, ...parts);
}

/** A positive integer: the first bit is its sign, and DER allows no unnecessary leading zero byte. */
function integer(bytes: Buffer): Buffer {
  const first = bytes.findIndex((byte) => byte !== 0);
  const digits = bytes.subarray(Math.max(0, first));
  return tagged(0x02, (digits[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), digits]) : digits);
}

function bits(bytes: Buffer): Buffer {
  return tagged(0x03, Buffer.of(0), bytes);
}

function oid(first: number, second: number, ...rest: readonly number[]): Buffer {
  const bytes = [first * 40 + second];
  for (const part of rest) {
    const septets = [part & 0x7f];
    for (let left = part >> 7; left > 0; left >>= 7) septets.unshift((left & 0x7f) | 0x80);
    bytes.push(...septets);
  }
  return tagged(0x06, Buffer.from(bytes));
}

/** Two-digit years up to 2049, then four-digit ones, as X.509 requires. */
function time(date: Date): Buffer {
  const text = `${date.toISOString().replace(/[-:T]/g, "").slice(0, 14)}Z`;
  return date.getUTCFullYear() < 2050 ? tagged(0x17, Buffer.from(text.slice(2))) : tagged(0x18, Buffer.from(text));
}
