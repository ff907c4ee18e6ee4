/**
 * From protocol values to the TypeScript types of a schema.
 *
 * The codec has checked every value against the type of its attribute, so this is the one place that asserts what the
 * compiler cannot follow: that an object read with a schema has that schema's shape.
 */
import { formatPath } from "../values/path";
import { isList, isObject, type ObjectValue, UNKNOWN, type Value } from "../values/value";
import type { Attributes, Known, Partial } from "./attribute";
import { walk } from "./walk";

/** A value that must be known by now is not: a fault of the provider or of Terraform, never of the user. */
export class NotKnownError extends Error {
  override readonly name = "NotKnownError";
}

/**
 * An object of which nothing is unknown: what is read, created and updated.
 *
 * @throws NotKnownError with the path of the first value that is unknown
 */
export function known<S extends Attributes>(attributes: S, object: ObjectValue): Known<S> {
  walk(attributes, object, (_attribute, value, path) => {
    if (value === UNKNOWN) throw new NotKnownError(`${formatPath(path)} is not known where it must be`);
  });
  return object as Known<S>;
}

/** An object whose unknown values become undefined: what `validate` and `configure` see. */
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
