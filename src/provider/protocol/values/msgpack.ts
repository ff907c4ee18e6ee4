/**
 * Values to and from msgpack, as Terraform sends them (docs/vendors/terraform-provider.md section 4, "Wire values").
 *
 * - null is nil, an unknown value is any extension type (12 carries refinements, which may be ignored).
 * - Numbers arrive as integer, float or decimal text. They are sent as integer if safe, else as decimal text: Terraform
 *   compares texts, so no digit may be lost.
 */
import { decode, Encoder, ExtensionCodec } from "@msgpack/msgpack";
import { coerce, PROTO_KEY } from "./coerce";
import type { Type } from "./type";
import { isList, isObject, UNKNOWN, type Value } from "./value";

/** The extension type that Terraform reads as "unknown", with any payload. */
const UNKNOWN_TYPE = 0;

class UnknownMarker {}
const MARKER = new UnknownMarker();

const extensionCodec = new ExtensionCodec();
for (let type = -128; type <= 127; type += 1) {
  extensionCodec.register({
    type,
    encode: (input: unknown) => (type === UNKNOWN_TYPE && input instanceof UnknownMarker ? Uint8Array.of(0) : null),
    decode: () => MARKER,
  });
}

/**
 * The library refuses the key `__proto__`, which a user can write in a map. So the decoder gets it under a name that
 * Terraform cannot send, and `coerce` restores it.
 */
const PROTO_BYTES = "__proto__".length;
const keyDecoder = {
  canBeCached: (byteLength: number) => byteLength === PROTO_BYTES,
  decode: (bytes: Uint8Array, offset: number, byteLength: number) => {
    const key = Buffer.from(bytes.buffer, bytes.byteOffset + offset, byteLength).toString("utf8");
    return key === "__proto__" ? PROTO_KEY : key;
  },
};

const encoder = new Encoder({ extensionCodec, useBigInt64: false });

/** Reads a value of a type. Throws ValueError, with the path, if the bytes contain something else. */
export function decodeMsgpack(type: Type, bytes: Uint8Array): Value {
  const raw = decode(bytes, { extensionCodec, keyDecoder, useBigInt64: true });
  return coerce(type, raw, (value) => value === MARKER);
}

/**
 * Encodes a value for Terraform.
 *
 * @throws RangeError for a number that is infinite or not a number
 */
export function encodeMsgpack(value: Value): Buffer {
  return Buffer.from(encoder.encode(wire(value)));
}

function wire(value: Value): unknown {
  if (value === UNKNOWN) return MARKER;
  if (typeof value === "bigint") return value.toString();
  if (typeof value === "number") return Number.isSafeInteger(value) ? value : decimal(value);
  if (isList(value)) return value.map(wire);
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, wire(inner)]));
  return value;
}

/** The shortest decimal text of this number. Terraform also accepts an exponent. */
function decimal(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`${value} is not a number that Terraform can hold`);
  return String(value);
}
