/** Merges planned values, read values and the state. */
import type { Attribute, Attributes } from "../schema/attribute";
import { isList, isObject, isWhollyKnown, type ObjectValue, UNKNOWN, type Value } from "../values/value";

/**
 * The state after an apply: planned values as planned, and the results for values that were unknown. Terraform refuses a
 * result that differs from the plan. Real differences show as drift at the next refresh.
 */
export function fulfil(planned: Value, outcome: Value): Value {
  if (planned === UNKNOWN) return outcome === UNKNOWN ? null : outcome;
  if (isWhollyKnown(planned)) return planned;
  if (isList(planned)) {
    const found = isList(outcome) ? outcome : [];
    return planned.map((item, index) => fulfil(item, found[index] ?? null));
  }
  if (isObject(planned)) {
    const found = isObject(outcome) ? outcome : {};
    return Object.fromEntries(Object.entries(planned).map(([key, item]) => [key, fulfil(item, found[key] ?? null)]));
  }
  return planned;
}

/** Like `fulfil`, for an object with known attributes. */
export function fulfilObject(planned: ObjectValue, outcome: ObjectValue): ObjectValue {
  return Object.fromEntries(
    Object.entries(planned).map(([name, value]) => [name, fulfil(value, outcome[name] ?? null)]),
  );
}

/**
 * The object that a resource should create: the plan, with write-only values from the configuration, and null for values
 * that the provider decides.
 */
export function desiredObject(attributes: Attributes, planned: ObjectValue, config: ObjectValue): ObjectValue {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, attribute]) => {
      const given = config[name] ?? null;
      const wanted = planned[name] ?? null;
      if (attribute.writeOnly) return [name, given];
      return [
        name,
        attribute.nested ? desiredNested(attribute.nested, wanted, given) : wanted === UNKNOWN ? null : wanted,
      ];
    }),
  );
}

function desiredNested(
  { nesting, attributes }: NonNullable<Attribute["nested"]>,
  planned: Value,
  config: Value,
): Value {
  if (planned === UNKNOWN) return null;
  const element = (wanted: Value, given: Value | undefined): Value =>
    isObject(wanted) ? desiredObject(attributes, wanted, isObject(given) ? given : {}) : wanted;
  if (nesting === "single") return element(planned, config);
  if (isList(planned)) return planned.map((item, index) => element(item, isList(config) ? config[index] : null));
  if (!isObject(planned)) return planned;
  const given = isObject(config) ? config : {};
  return Object.fromEntries(Object.entries(planned).map(([key, item]) => [key, element(item, given[key])]));
}

/**
 * The values that were read, in the spelling of the state if both mean the same. Lists are paired by index and maps by key.
 * Elements of a set cannot be paired (see schema/check.ts).
 */
export function keepSpelling(attributes: Attributes, state: ObjectValue, found: ObjectValue): ObjectValue {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, attribute]) => [
      name,
      keptSpelling(attribute, state[name] ?? null, found[name] ?? null),
    ]),
  );
}

function keptSpelling({ equivalent, nested }: Attribute, state: Value, found: Value): Value {
  if (state === null || found === null) return found;
  if (!nested) return equivalent?.(state, found) ? state : found;
  const element = (before: Value | undefined, after: Value): Value =>
    isObject(before) && isObject(after) ? keepSpelling(nested.attributes, before, after) : after;
  switch (nested.nesting) {
    case "single":
      return element(state, found);
    case "set":
      return found;
    case "list":
      return isList(found) && isList(state) ? found.map((item, index) => element(state[index], item)) : found;
    case "map":
      if (!isObject(found) || !isObject(state)) return found;
      return Object.fromEntries(Object.entries(found).map(([key, item]) => [key, element(state[key], item)]));
    default:
      return nested.nesting satisfies never;
  }
}
