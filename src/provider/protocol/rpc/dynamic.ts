/** Values in the protocol's envelope: msgpack, or JSON if the sender chose it. */
import type { DynamicValue } from "../generated/tfplugin6";
import type { Attributes } from "../schema/attribute";
import { objectType } from "../schema/attribute";
import { fromJson, parseJson } from "../values/json";
import { decodeMsgpack, encodeMsgpack } from "../values/msgpack";
import { isObject, type ObjectValue, type Value } from "../values/value";

/** The object in the envelope; null if there is none yet or no longer. */
export function decodeObject(attributes: Attributes, envelope: DynamicValue | undefined): ObjectValue | null {
  const type = objectType(attributes);
  let value: Value = null;
  if (envelope && envelope.msgpack.length > 0) value = decodeMsgpack(type, envelope.msgpack);
  else if (envelope && envelope.json.length > 0) value = fromJson(type, parseJson(envelope.json.toString("utf8")));
  return isObject(value) ? value : null;
}

/** A value in the envelope, always as msgpack. */
export function encode(value: Value): DynamicValue {
  return { msgpack: encodeMsgpack(value), json: Buffer.alloc(0) };
}
