/** Random valid schemas and configurations for property tests. */
import * as fc from "fast-check";
import type { Attribute, Attributes, Nesting } from "../../../src/provider/protocol/schema/attribute";
import { objectType } from "../../../src/provider/protocol/schema/attribute";
import type { Type } from "../../../src/provider/protocol/values/type";
import { isList, isObject, type ObjectValue, UNKNOWN, type Value } from "../../../src/provider/protocol/values/value";

const NAMES = ["alpha", "beta", "gamma", "delta"] as const;

/** A few values, so that equal ones occur. Some are easy to lose in an encoding. */
export function arbitraryValue(type: Type): fc.Arbitrary<Value> {
  if (type === "string") return fc.constantFrom("", "a", "A", "b", "héé 😀", "0", "null");
  if (type === "bool") return fc.boolean();
  if (type === "number") return fc.constantFrom<Value>(0, 1, -7, 0.1, 1e-7, 2 ** 53 - 1, 2n ** 64n, -(2n ** 70n));
  if (type[0] === "object") {
    return fc.record(Object.fromEntries(Object.entries(type[1]).map(([name, inner]) => [name, arbitraryValue(inner)])));
  }
  const inner = arbitraryValue(type[1]);
  if (type[0] === "map") return fc.dictionary(fc.constantFrom("k", "l", "a.b"), inner, { maxKeys: 2 });
  if (type[0] === "list") return fc.array(inner, { maxLength: 3 });
  return fc.uniqueArray(inner, { maxLength: 3, selector: key });
}

/** One text for one value, for the uniqueness of set elements. */
function key(value: Value): string {
  return JSON.stringify(value, (_name, inner: unknown) => (typeof inner === "bigint" ? `${inner}n` : inner)) ?? "";
}

type Presence = "required" | "optional" | "computed" | "optional computed" | "default" | "write-only";

interface Surroundings {
  readonly depth: number;
  readonly inSet: boolean;
}

function arbitraryAttribute({ depth, inSet }: Surroundings): fc.Arbitrary<Attribute> {
  const presences: Presence[] = inSet
    ? ["required", "optional"]
    : ["required", "optional", "computed", "optional computed", "default", "write-only"];
  const leafType = fc.constantFrom<Type>(
    "string",
    "number",
    "bool",
    ["list", "string"],
    ["set", "number"],
    ["map", "bool"],
  );
  const leaf = fc.record({ presence: fc.constantFrom(...presences), type: leafType }).chain(({ presence, type }) =>
    fc
      .record({
        value: arbitraryValue(type),
        replaces: fc.boolean(),
        changesWith: fc.option(fc.subarray([...NAMES]), { nil: undefined }),
        folds: fc.boolean(),
      })
      .map(({ value, replaces, changesWith, folds }) =>
        leafAttribute(type, presence, value, replaces, changesWith, folds && !inSet),
      ),
  );
  if (depth === 0) return leaf;
  const nested = fc
    .record({ nesting: fc.constantFrom<Nesting>("single", "list", "set", "map"), optional: fc.boolean() })
    .chain(({ nesting, optional }) =>
      arbitraryAttributes({ depth: depth - 1, inSet: inSet || nesting === "set" }).map((attributes): Attribute => {
        const object = objectType(attributes);
        return {
          ...BASE,
          type: nesting === "single" ? object : [nesting, object],
          nested: { nesting, attributes },
          required: !optional,
          optional,
        };
      }),
    );
  return fc.oneof({ weight: 3, arbitrary: leaf }, { weight: 1, arbitrary: nested });
}

const BASE = {
  description: "random",
  required: false,
  optional: false,
  computed: false,
  sensitive: false,
  writeOnly: false,
  replaces: false,
  validators: [],
} as const;

function leafAttribute(
  type: Type,
  presence: Presence,
  value: Value,
  replaces: boolean,
  changesWith: readonly string[] | undefined,
  folds: boolean,
): Attribute {
  const computed = presence === "computed" || presence === "optional computed" || presence === "default";
  return {
    ...BASE,
    type,
    required: presence === "required",
    optional: presence !== "required" && presence !== "computed",
    computed,
    writeOnly: presence === "write-only",
    replaces: replaces && presence !== "write-only",
    ...(presence === "default" ? { default: value } : {}),
    ...(computed && changesWith ? { changesWith } : {}),
    ...(type === "string" && folds && presence !== "write-only"
      ? { equivalent: (a: Value, b: Value) => fold(a) === fold(b) }
      : {}),
  };
}

/** The lower-case form that the fake server stores of a case-insensitive string. */
export function fold(value: Value): Value {
  return typeof value === "string" ? value.toLowerCase() : value;
}

export function arbitraryAttributes(surroundings: Surroundings = { depth: 2, inSet: false }): fc.Arbitrary<Attributes> {
  return fc
    .uniqueArray(fc.constantFrom(...NAMES), { minLength: 1, maxLength: 4 })
    .chain((names) => fc.record(Object.fromEntries(names.map((name) => [name, arbitraryAttribute(surroundings)]))));
}

/** A configuration as a user may write it: known throughout. */
export function arbitraryConfig(attributes: Attributes): fc.Arbitrary<ObjectValue> {
  return fc.record(
    Object.fromEntries(
      Object.entries(attributes).map(([name, attribute]) => {
        if (!attribute.required && !attribute.optional) return [name, fc.constant<Value>(null)];
        const value = attribute.nested ? arbitraryNested(attribute.nested) : arbitraryValue(attribute.type);
        return [name, attribute.required ? value : fc.option(value, { nil: null })];
      }),
    ),
  );
}

function arbitraryNested({ nesting, attributes }: NonNullable<Attribute["nested"]>): fc.Arbitrary<Value> {
  const element = arbitraryConfig(attributes);
  if (nesting === "single") return element;
  if (nesting === "map") return fc.dictionary(fc.constantFrom("k", "l"), element, { maxKeys: 2 });
  return nesting === "list"
    ? fc.array(element, { maxLength: 2 })
    : fc.uniqueArray(element, { maxLength: 2, selector: (item) => key(item) });
}

/** The configuration at plan, with some values still unknown. */
export function arbitrarilyUnknown(attributes: Attributes, config: ObjectValue): fc.Arbitrary<ObjectValue> {
  return fc
    .infiniteStream(fc.integer({ min: 0, max: 4 }))
    .map((stream) => hide(attributes, config, () => stream.next().value === 0));
}

function hide(attributes: Attributes, config: ObjectValue, chosen: () => boolean): ObjectValue {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, { nested }]) => {
      const value = config[name] ?? null;
      if (value === null) return [name, null];
      if (chosen()) return [name, UNKNOWN];
      // An unknown inside a set's element would make the set's length uncertain, which core treats as a whole.
      if (!nested || nested.nesting === "set") return [name, value];
      const inside = (item: Value) => (isObject(item) ? hide(nested.attributes, item, chosen) : item);
      if (nested.nesting === "single") return [name, inside(value)];
      if (isList(value)) return [name, value.map(inside)];
      if (!isObject(value)) return [name, value];
      return [name, Object.fromEntries(Object.entries(value).map(([entry, item]) => [entry, inside(item)]))];
    }),
  );
}
