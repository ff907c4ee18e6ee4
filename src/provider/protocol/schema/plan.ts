/**
 * The plan of one change, by the rules that Terraform core enforces (docs/vendors/terraform-provider.md section 4):
 *
 * 1. a value from the configuration is planned unchanged, or in the state's spelling of the same value;
 * 2. a value that is not set is null, unless the provider computes it;
 * 3. a computed value is its default, or the state's value until something it depends on changes, or unknown;
 * 4. a write-only value is null in every plan and state.
 *
 * Lists are paired by index and maps by key. Elements of a set cannot be paired, so a schema may not have computed values
 * inside a set (see check.ts).
 */
import type { Path } from "../values/path";
import { isEqual, isList, isObject, type ObjectValue, UNKNOWN, type Value } from "../values/value";
import type { Attribute, Attributes } from "./attribute";

/** The planned result of a change. */
export interface Plan {
  /** The object after the change. Values that cannot be known before apply are unknown. */
  readonly planned: ObjectValue;
  /** The attributes whose change needs a new object. */
  readonly replaces: readonly Path[];
}

/** Plans a create (no prior state) or an update. */
export function planChange(attributes: Attributes, prior: ObjectValue | null, config: ObjectValue): Plan {
  // First uses the state's computed values, to see whether anything else changes.
  const kept = planObject(attributes, prior, config, () => false);
  const changed = prior === null ? new Set<string>() : changedNames(attributes, prior, kept);
  if (prior !== null && changed.size === 0) return { planned: kept, replaces: [] };
  const planned = planObject(attributes, prior, config, ({ changesWith }) => {
    return changesWith === undefined || changesWith.some((name) => changed.has(name));
  });
  return { planned, replaces: prior === null ? [] : replacements(attributes, prior, planned, []) };
}

/** The names of the top-level attributes that differ. */
function changedNames(attributes: Attributes, prior: ObjectValue, planned: ObjectValue): ReadonlySet<string> {
  const names = Object.entries(attributes)
    .filter(([name, { type }]) => !isEqual(type, prior[name] ?? null, planned[name] ?? null))
    .map(([name]) => name);
  return new Set(names);
}

/** Whether this change may alter a computed value that the state knows. */
type MayChange = (attribute: Attribute) => boolean;

function planObject(
  attributes: Attributes,
  prior: ObjectValue | null,
  config: ObjectValue,
  mayChange: MayChange,
): ObjectValue {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, attribute]) => {
      const before = prior === null ? undefined : (prior[name] ?? null);
      return [name, planAttribute(attribute, before, config[name] ?? null, mayChange)];
    }),
  );
}

/** `prior` is undefined if the state has no object to pair with. */
function planAttribute(attribute: Attribute, prior: Value | undefined, config: Value, mayChange: MayChange): Value {
  if (attribute.writeOnly) return null;
  if (config === UNKNOWN) return UNKNOWN;
  if (config === null) return planAbsent(attribute, prior, mayChange);
  if (attribute.nested) return planNested(attribute, attribute.nested, prior ?? null, config, mayChange);
  if (prior === undefined || prior === null || prior === UNKNOWN) return config;
  return attribute.equivalent?.(prior, config) ? prior : config;
}

function planAbsent(attribute: Attribute, prior: Value | undefined, mayChange: MayChange): Value {
  if (attribute.default !== undefined) return attribute.default;
  if (!attribute.computed) return null;
  return prior === undefined || mayChange(attribute) ? UNKNOWN : prior;
}

function planNested(
  attribute: Attribute,
  nested: NonNullable<Attribute["nested"]>,
  prior: Value,
  config: Value,
  mayChange: MayChange,
): Value {
  const element = (before: Value | undefined, item: Value): Value => {
    if (!isObject(item)) return item;
    return planObject(nested.attributes, isObject(before) ? before : null, item, mayChange);
  };
  if (nested.nesting === "single") return element(prior, config);
  if (isList(config)) {
    const before = isList(prior) && attribute.nested?.nesting === "list" ? prior : [];
    return config.map((item, index) => element(before[index], item));
  }
  if (!isObject(config)) return config;
  const before = isObject(prior) ? prior : {};
  return Object.fromEntries(Object.entries(config).map(([key, item]) => [key, element(before[key], item)]));
}

/** The paths of the attributes marked `replaces` that differ. Each exists in the state or in the plan. */
function replacements(attributes: Attributes, prior: ObjectValue, planned: ObjectValue, path: Path): readonly Path[] {
  return Object.entries(attributes).flatMap(([name, attribute]): readonly Path[] => {
    const here = [...path, { attribute: name }];
    const before = prior[name] ?? null;
    const after = planned[name] ?? null;
    if (attribute.replaces) return isEqual(attribute.type, before, after) ? [] : [here];
    // Terraform compares only paired elements. Adding or removing a whole element does not change an attribute.
    if (attribute.nested?.nesting !== "single" || !isObject(before) || !isObject(after)) return [];
    return replacements(attribute.nested.attributes, before, after, here);
  });
}
