/**
 * Terraform core's rules for providers, independent of the code that follows them (docs/vendors/terraform-provider.md
 * section 4). Each function returns all broken rules.
 */
import type { Attribute, Attributes } from "../../../src/provider/protocol/schema/attribute";
import type { Type } from "../../../src/provider/protocol/values/type";
import {
  isEqual,
  isList,
  isObject,
  type ObjectValue,
  UNKNOWN,
  type Value,
} from "../../../src/provider/protocol/values/value";

/** Rules for a plan: a configured attribute has its configured or prior value, others null, computed ones any value. */
export function planBreaches(
  attributes: Attributes,
  prior: ObjectValue | null,
  config: ObjectValue,
  planned: ObjectValue,
  where = "",
): string[] {
  return Object.entries(attributes).flatMap(([name, attribute]) => {
    const at = `${where}${name}`;
    const before = prior === null ? null : (prior[name] ?? null);
    const given = config[name] ?? null;
    const after = planned[name];
    if (after === undefined) return [`${at}: missing in the plan`];
    if (attribute.writeOnly) return after === null ? [] : [`${at}: a write-only value is planned`];
    if (given === null) {
      if (attribute.computed) return [];
      return after === null ? [] : [`${at}: planned although it is neither configured nor computed`];
    }
    if (attribute.nested && given !== UNKNOWN) return nestedPlanBreaches(attribute, before, given, after, at);
    if (given === UNKNOWN) return after === UNKNOWN ? [] : [`${at}: configured as unknown, planned as something else`];
    if (isEqual(attribute.type, given, after) || isEqual(attribute.type, before, after)) return [];
    return [`${at}: planned value is neither the configured nor the prior one`];
  });
}

function nestedPlanBreaches(attribute: Attribute, before: Value, given: Value, after: Value, at: string): string[] {
  const nested = attribute.nested;
  if (!nested) return [];
  const inner = (prior: Value | undefined, config: Value | undefined, planned: Value | undefined, path: string) => {
    if (config === UNKNOWN) return planned === UNKNOWN ? [] : [`${path}: an unknown element is planned as known`];
    if (!isObject(config) || !isObject(planned)) return config === planned ? [] : [`${path}: an element came or went`];
    return planBreaches(nested.attributes, isObject(prior) ? prior : null, config, planned, `${path}.`);
  };
  if (nested.nesting === "single") return inner(before, given, after, at);
  if (isList(given)) {
    if (!isList(after) || after.length !== given.length) return [`${at}: another number of elements`];
    if (nested.nesting === "set") {
      // Elements cannot be paired: each planned one must be some configured one.
      return given.flatMap((item, index) => {
        const match = after.some((other) => inner(null, item, other, `${at}[${index}]`).length === 0);
        return match ? [] : [`${at}[${index}]: a configured element is not planned`];
      });
    }
    return given.flatMap((item, index) =>
      inner(isList(before) ? before[index] : null, item, after[index], `${at}[${index}]`),
    );
  }
  if (!isObject(given)) return [];
  if (!isObject(after) || Object.keys(after).sort().join() !== Object.keys(given).sort().join()) {
    return [`${at}: other keys than configured`];
  }
  return Object.entries(given).flatMap(([key, item]) =>
    inner(isObject(before) ? before[key] : null, item, after[key], `${at}[${key}]`),
  );
}

/** Rules from plan to plan and from plan to result: a known value stays, an unknown one may become anything. */
export function changeBreaches(type: Type, earlier: Value, later: Value, where: string): string[] {
  if (earlier === UNKNOWN) return [];
  if (earlier === null || later === null || later === UNKNOWN || typeof type === "string") {
    return later !== UNKNOWN && isEqual(type, earlier, later)
      ? []
      : [`${where}: was ${text(earlier)}, is ${text(later)}`];
  }
  if (type[0] === "object" && isObject(earlier) && isObject(later)) {
    return Object.entries(type[1]).flatMap(([name, inner]) =>
      changeBreaches(inner, earlier[name] ?? null, later[name] ?? null, `${where}.${name}`),
    );
  }
  if (type[0] === "map" && isObject(earlier) && isObject(later)) {
    const inner = type[1];
    return [...new Set([...Object.keys(earlier), ...Object.keys(later)])].flatMap((key) =>
      changeBreaches(inner, earlier[key] ?? null, later[key] ?? null, `${where}[${key}]`),
    );
  }
  if (isList(earlier) && isList(later)) {
    if (earlier.length !== later.length) return [`${where}: another number of elements`];
    if (type[0] === "set" && earlier.includes(UNKNOWN)) return [];
    if (type[0] === "list") {
      const inner = type[1];
      return earlier.flatMap((item, index) => changeBreaches(inner, item, later[index] ?? null, `${where}[${index}]`));
    }
    if (type[0] === "set") return isEqual(type, earlier, later) || hasUnknown(earlier) ? [] : [`${where}: another set`];
  }
  return [`${where}: another kind of value`];
}

/** Rules for every stored state: no unknown and no write-only values. */
export function stateBreaches(attributes: Attributes, state: ObjectValue): string[] {
  return Object.entries(attributes).flatMap(([name, attribute]) => {
    const value = state[name];
    if (value === undefined) return [`${name}: missing in the state`];
    if (hasUnknown(value)) return [`${name}: unknown in the state`];
    return writeOnlyBreaches(attribute, value, name);
  });
}

function writeOnlyBreaches(attribute: Attribute, value: Value, at: string): string[] {
  if (attribute.writeOnly) return value === null ? [] : [`${at}: a write-only value is in the state`];
  const nested = attribute.nested;
  if (!nested || value === null || typeof value !== "object") return [];
  const elements = isList(value) ? value : nested.nesting === "single" ? [value] : Object.values(value);
  return elements.flatMap((element) =>
    isObject(element)
      ? Object.entries(nested.attributes).flatMap(([name, inner]) =>
          writeOnlyBreaches(inner, element[name] ?? null, `${at}.${name}`),
        )
      : [],
  );
}

export function hasUnknown(value: Value): boolean {
  if (value === UNKNOWN) return true;
  if (isList(value)) return value.some(hasUnknown);
  return isObject(value) && Object.values(value).some(hasUnknown);
}

function text(value: Value): string {
  return (
    JSON.stringify(value, (_key, inner: unknown) =>
      typeof inner === "bigint" ? inner.toString() : typeof inner === "symbol" ? "unknown" : inner,
    ) ?? "unknown"
  );
}
