/**
 * Converts protocol values to the TypeScript types of a schema.
 *
 * The codec has checked every value against the type of its attribute. So only this file asserts what the compiler cannot
 * see: an object that was read with a schema has that schema's shape.
 */
import { formatPath } from "../values/path";
import { isList, isObject, type ObjectValue, UNKNOWN, type Value } from "../values/value";
import type { Attributes, Known, Partial } from "./attribute";
import { walk } from "./walk";

/** A value is unknown that must be known by now: a bug in the provider or Terraform, never the user's error. */
export class NotKnownError extends Error {
  override readonly name = "NotKnownError";
}

/**
 * An object without unknown values, to read, create and update.
 *
 * @throws NotKnownError with the path of the first unknown value
 */
export function known<S extends Attributes>(attributes: S, object: ObjectValue): Known<S> {
  walk(attributes, object, (_attribute, value, path) => {
    if (value === UNKNOWN) throw new NotKnownError(`${formatPath(path)} is not known where it must be`);
  });
  return object as Known<S>;
}

/** An object whose unknown values become undefined, for `validate` and `configure`. */
export function partial<S extends Attributes>(_attributes: S, object: ObjectValue): Partial<S> {
  return withUndefined(object) as Partial<S>;
}

function withUndefined(value: Value): unknown {
  if (value === UNKNOWN) return undefined;
  if (isList(value)) return value.map(withUndefined);
  if (isObject(value))
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withUndefined(item)]));
  return value;
}
