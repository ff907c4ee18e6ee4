/**
 * The functions to write a schema with: `string({ required: true, description: "…" })`, `stringSet(…)`, `nested({ … }, …)`.
 * Each returns an attribute with its TypeScript type.
 */
import type { Type } from "../values/type";
import type { Value } from "../values/value";
import {
  type Attribute,
  type Attributes,
  type Known,
  type Options,
  objectType,
  type Partial,
  type Typed,
} from "./attribute";

/** A required attribute or one with a default is never null. */
type NonNull<O, V> = O extends { required: true } ? V : O extends { default: V } ? V : V | null;
type Leaf<O, V> = Typed<NonNull<O, V>, V | null | undefined>;

/**
 * Text.
 *
 * @example
 * ```ts
 * name: string({ required: true, description: "At most 200 characters.", validators: [maxLength(200)] })
 * ```
 */
export function string<const O extends Options<string>>(options: O): Leaf<O, string> {
  return attribute("string", options, isString);
}

/** True or false. Without a `default` the code must handle null. */
export function bool<const O extends Options<boolean>>(options: O): Leaf<O, boolean> {
  return attribute("bool", options, (value) => typeof value === "boolean");
}

/** Whole numbers beyond 2^53 are `bigint`. */
export function number<const O extends Options<number | bigint>>(options: O): Leaf<O, number | bigint> {
  return attribute("number", options, (value) => typeof value === "number" || typeof value === "bigint");
}

/** A set of texts: no order, no duplicates. */
export function stringSet<const O extends Options<readonly string[]>>(options: O): Leaf<O, readonly string[]> {
  return attribute(["set", "string"], options, isStrings);
}

/** Text by key. Keys can be any text. */
export function stringMap<const O extends Options<Readonly<Record<string, string>>>>(
  options: O,
): Leaf<O, Readonly<Record<string, string>>> {
  return attribute(["map", "string"], options, (value): value is Readonly<Record<string, string>> => {
    return typeof value === "object" && value !== null && Object.values(value).every(isString);
  });
}

/** One nested object. */
export function nested<const S extends Attributes, const O extends Options<never>>(
  attributes: S,
  options: O,
): Typed<NonNull<O, Known<S>>, Partial<S> | null | undefined> {
  return attribute(objectType(attributes), options, never, { nesting: "single", attributes });
}

/** A list of nested objects. */
export function nestedList<const S extends Attributes, const O extends Options<never>>(
  attributes: S,
  options: O,
): Typed<NonNull<O, readonly Known<S>[]>, readonly Partial<S>[] | null | undefined> {
  return attribute(["list", objectType(attributes)], options, never, { nesting: "list", attributes });
}

/** Nested attributes are checked attribute by attribute, never as a whole. */
function never(_value: Value): _value is never {
  return false;
}

function isString(value: unknown): value is string {
  return typeof value === "string";
}

function isStrings(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(isString);
}

/** Applies Terraform's schema rules to the options. Validators get only values of the right type. */
function attribute<V extends Value>(
  type: Type,
  options: Options<V>,
  is: (value: Value) => value is V,
  inner?: NonNullable<Attribute["nested"]>,
): Attribute {
  const hasDefault = options.default !== undefined;
  const { equivalent } = options;
  const built: Attribute = {
    type,
    description: options.description,
    required: options.required ?? false,
    optional: (options.optional ?? false) || hasDefault,
    computed: (options.computed ?? false) || hasDefault,
    sensitive: options.sensitive ?? false,
    writeOnly: options.writeOnly ?? false,
    replaces: options.replaces ?? false,
    validators: (options.validators ?? []).map(({ description, check }) => ({
      description,
      check: (value) => (is(value) ? check(value) : undefined),
    })),
    ...(inner ? { nested: inner } : {}),
    ...(options.default !== undefined ? { default: options.default } : {}),
    ...(options.changesWith ? { changesWith: options.changesWith } : {}),
    ...(options.deprecated ? { deprecated: options.deprecated } : {}),
    ...(equivalent ? { equivalent: (a, b) => is(a) && is(b) && equivalent(a, b) } : {}),
  };
  return built;
}
