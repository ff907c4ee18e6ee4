/**
 * Values to and from msgpack, as Terraform sends them (docs/vendors/terraform-provider.md section 4, "Wire values").
 *
 * - null is nil, an unknown value is any extension type (12 carries refinements, which may be ignored).
 * - Numbers arrive as integer, float or decimal text, and leave as integer where they are safe, else as decimal text:
 *   Terraform compares text with text, so no digit is lost.
 */
import { decode, Encoder, ExtensionCodec } from "@msgpack/msgpack";
import { coerce } from "./coerce";
import type { Type } from "./type";
import { isList, isObject, UNKNOWN, type Value } from "./value";

/** The extension type under which Terraform reads "unknown", with any payload. */
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

const encoder = new Encoder({ extensionCodec, useBigInt64: false });

/** Reads a value of a type; throws ValueError, with the path, where the bytes hold something else. */
export function decodeMsgpack(type: Type, bytes: Uint8Array): Value {
  const raw = decode(bytes, { extensionCodec, useBigInt64: true });
  return coerce(type, raw, (value) => value === MARKER);
}

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

/** The shortest decimal text that is this number; Terraform takes the form with an exponent as well. */
function decimal(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`${value} is not a number that Terraform can hold`);
  return String(value);
}
