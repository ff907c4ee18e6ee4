/**
 * Values from JSON: Terraform sends the state as JSON, and an old state can contain anything
 * (docs/vendors/terraform-provider.md section 4).
 */
import { coerce } from "./coerce";
import type { Type } from "./type";
import type { Value } from "./value";

/** Data from JSON.parse. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
/** A JSON object. */
export interface JsonObject {
  readonly [key: string]: Json;
}

/** Whether it is an object, not null or a list. */
export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Reads a value of a type from parsed JSON. State has no unknown values. */
export function fromJson(type: Type, json: Json): Value {
  return coerce(type, json, () => false);
}

/**
 * Parses JSON without losing digits: a number that a float cannot represent exactly becomes its text, which every number
 * reader here accepts.
 */
export function parseJson(text: string): Json {
  const parsed: Json = JSON.parse(quoteLongNumbers(text));
  return parsed;
}

/** Matches strings first, so that digits inside them stay unchanged. */
const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/g;

function quoteLongNumbers(text: string): string {
  return text.replace(STRING_OR_NUMBER, (token) => {
    if (token.startsWith('"')) return token;
    return /^-?\d+$/.test(token) && !Number.isSafeInteger(Number(token)) ? `"${token}"` : token;
  });
}
