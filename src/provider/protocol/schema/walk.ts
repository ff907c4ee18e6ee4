/** Walks through a value and its schema in parallel, attribute by attribute, at any depth. */
import type { Path, Step } from "../values/path";
import { isList, isObject, type ObjectValue, UNKNOWN, type Value } from "../values/value";
import type { Attribute, Attributes } from "./attribute";

/** Called for every attribute, before its nested ones. */
export type Visitor = (attribute: Attribute, value: Value, path: Path) => void;

/**
 * Visits every attribute of an object, including those that are null or unknown.
 *
 * @param path of the object itself.
 * @default the top-level object
 */
export function walk(attributes: Attributes, object: ObjectValue, visit: Visitor, path: Path = []): void {
  for (const [name, attribute] of Object.entries(attributes)) {
    const value = object[name] ?? null;
    const here = [...path, { attribute: name }];
    visit(attribute, value, here);
    if (!attribute.nested) continue;
    for (const [step, element] of elements(attribute, value)) {
      walk(attribute.nested.attributes, element, visit, step ? [...here, step] : here);
    }
  }
}

/** The objects inside a nested attribute, each with its step; none if it is null or unknown. */
function elements(attribute: Attribute, value: Value): readonly (readonly [Step | undefined, ObjectValue])[] {
  if (value === null || value === UNKNOWN) return [];
  if (attribute.nested?.nesting === "single") return isObject(value) ? [[undefined, value]] : [];
  if (isList(value)) return value.flatMap((item, index) => (isObject(item) ? [[{ index }, item] as const] : []));
  if (isObject(value)) {
    return Object.entries(value).flatMap(([key, item]) => (isObject(item) ? [[{ key }, item] as const] : []));
  }
  return [];
}

/** A copy of the object with `change` applied to every attribute, nested ones first. */
export function mapAttributes(
  attributes: Attributes,
  object: ObjectValue,
  change: (attribute: Attribute, value: Value) => Value,
): ObjectValue {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, attribute]) => {
      const value = object[name] ?? null;
      const { nested } = attribute;
      if (!nested || value === null || value === UNKNOWN) return [name, change(attribute, value)];
      const inside = (item: Value) => (isObject(item) ? mapAttributes(nested.attributes, item, change) : item);
      if (nested.nesting === "single") return [name, change(attribute, inside(value))];
      if (isList(value)) return [name, change(attribute, value.map(inside))];
      if (!isObject(value)) return [name, change(attribute, value)];
      const entries = Object.entries(value).map(([key, item]) => [key, inside(item)] as const);
      return [name, change(attribute, Object.fromEntries(entries))];
    }),
  );
}

/** The object without write-only values, which plan and state may not contain. */
export function withoutWriteOnly(attributes: Attributes, object: ObjectValue): ObjectValue {
  return mapAttributes(attributes, object, (attribute, value) => (attribute.writeOnly ? null : value));
}
