/**
 * Terraform's values as plain JavaScript: null, unknown ("known after apply"), primitives, lists and sets as arrays, maps and
 * objects as records. Integers beyond 2^53 are `bigint`, so that no digit is lost.
 */
import type { Type } from "./type";

/** A value that is not known yet. */
export const UNKNOWN: unique symbol = Symbol("unknown");
/** The type of {@link UNKNOWN}. */
export type Unknown = typeof UNKNOWN;

/** Any value of Terraform. Sets are arrays too; only their type differs. */
export type Value = null | Unknown | string | boolean | number | bigint | readonly Value[] | ObjectValue;
/** A map or an object, depending on its type. */
export interface ObjectValue {
  readonly [key: string]: Value;
}

/** Whether it is a map or an object. */
export function isObject(value: Value | undefined): value is ObjectValue {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether it is a list or a set. */
export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

/** Whether the value contains nothing unknown, at any depth. */
export function isWhollyKnown(value: Value): boolean {
  if (value === UNKNOWN) return false;
  if (isList(value)) return value.every(isWhollyKnown);
  if (isObject(value)) return Object.values(value).every(isWhollyKnown);
  return true;
}

/** Whether two values of one type are equal. Sets are compared without order. Two unknowns are not equal. */
export function isEqual(type: Type, a: Value, b: Value): boolean {
  if (a === UNKNOWN || b === UNKNOWN) return false;
  if (a === null || b === null) return a === b;
  if (typeof type === "string") return a === b;
  if (type[0] === "object") {
    if (!isObject(a) || !isObject(b)) return false;
    return Object.entries(type[1]).every(([name, inner]) => isEqual(inner, a[name] ?? null, b[name] ?? null));
  }
  const inner = type[1];
  if (type[0] === "map") {
    if (!isObject(a) || !isObject(b)) return false;
    const keys = Object.keys(a);
    return (
      keys.length === Object.keys(b).length &&
      keys.every((key) => Object.hasOwn(b, key) && isEqual(inner, a[key] ?? null, b[key] ?? null))
    );
  }
  if (!isList(a) || !isList(b) || a.length !== b.length) return false;
  if (type[0] === "list") return a.every((item, index) => isEqual(inner, item, b[index] ?? null));
  const left = [...b];
  return a.every((item) => {
    const found = left.findIndex((other) => isEqual(inner, item, other));
    if (found >= 0) left.splice(found, 1);
    return found >= 0;
  });
}
