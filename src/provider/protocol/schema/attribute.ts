/**
 * The attributes of a resource, a data source or the provider, declared once: their schema for Terraform, their checks, how
 * they are planned, and their TypeScript types in a resource's code.
 */
import type { Type } from "../values/type";
import type { ObjectValue, Value } from "../values/value";
import type { Validator } from "./validator";

/** The options of every attribute. */
export interface Options<V> {
  /** Markdown: meaning, unit, range. Used for the page and the schema's description. */
  readonly description: string;
  /** The configuration must set it. Excludes `optional`, `computed` and `default`. @default false */
  readonly required?: boolean;
  /** The configuration may set it. @default false, or true with a `default` */
  readonly optional?: boolean;
  /** The provider sets the value if the configuration does not. */
  readonly computed?: boolean;
  /** Terraform hides it in its output. */
  readonly sensitive?: boolean;
  /** Available at apply only, and stored in neither plan nor state. */
  readonly writeOnly?: boolean;
  /** The value if the configuration sets none. Makes the attribute optional and computed. */
  readonly default?: V;
  /** A change replaces the object instead of updating it. */
  readonly replaces?: boolean;
  /**
   * For a computed value: the sibling attributes whose change may change this one. Until one of them changes, a plan shows the
   * value from the state instead of "(known after apply)". Empty: never changes once it is known.
   * @default any change may change it
   */
  readonly changesWith?: readonly string[];
  /** Whether two spellings mean the same; then the state's spelling stays and no change is planned. */
  readonly equivalent?: (state: V, configuration: V) => boolean;
  /** Called for values that are known and not null. @default none */
  readonly validators?: readonly Validator<V>[];
  /** Why it should no longer be used, and what to use. */
  readonly deprecated?: string;
}

/** The collection type of a nested attribute. The elements of a set have no key, so no plan can pair them. */
export type Nesting = "single" | "list" | "set" | "map";

/** An attribute as the protocol code sees it. */
export interface Attribute {
  /** Type of the value on the wire. */
  readonly type: Type;
  /** The nested attributes, if any. */
  readonly nested?: { readonly nesting: Nesting; readonly attributes: Attributes };
  /** Markdown. */
  readonly description: string;
  /** The configuration must set it. */
  readonly required: boolean;
  /** The configuration may set it. */
  readonly optional: boolean;
  /** The provider sets the value if the configuration does not. */
  readonly computed: boolean;
  /** Terraform hides it in its output, but stores it in the state. */
  readonly sensitive: boolean;
  /** Stored in neither plan nor state. Needs Terraform 1.11. */
  readonly writeOnly: boolean;
  /** The value if the configuration sets none. */
  readonly default?: Value;
  /** A change replaces the object instead of updating it. */
  readonly replaces: boolean;
  /** The attributes whose change may change this one. @default any change may change it */
  readonly changesWith?: readonly string[];
  /** Whether two spellings mean the same. @default equal values only */
  readonly equivalent?: (state: Value, configuration: Value) => boolean;
  /** Called for values that are known and not null. */
  readonly validators: readonly Validator<Value>[];
  /** Why it should no longer be used, and what to use. */
  readonly deprecated?: string;
}

/** Attributes by name. Terraform allows lower-case letters, digits and underscores, and reserves some names. */
export interface Attributes {
  readonly [name: string]: Attribute;
}

/** Carries the TypeScript types of an attribute; does not exist at run time. */
declare const TYPES: unique symbol;
/**
 * An attribute that carries its two TypeScript types: `Known` in resource code, `Partial` while values may be
 * unknown.
 */
export interface Typed<Known, Partial> extends Attribute {
  /** Only for the compiler to infer from; never set. */
  readonly [TYPES]?: { readonly known: Known; readonly partial: Partial };
}

/** A resource with every value known, as it is read and stored. */
export type Known<S> = {
  readonly [N in keyof S]: S[N] extends Typed<infer K, infer _> ? K : never;
};

/** A configuration or a plan: null is "not set", undefined is "not known yet". */
export type Partial<S> = {
  readonly [N in keyof S]: S[N] extends Typed<infer _, infer P> ? P : never;
};

/** The wire type of an object with these attributes. */
export function objectType(attributes: Attributes): Type {
  return ["object", Object.fromEntries(Object.entries(attributes).map(([name, { type }]) => [name, type]))];
}

/** A schema with its version, which Terraform stores with the state and passes to the upgrade. */
export interface Schema {
  /** From 0. Stored with the state and compared when the state is read. */
  readonly version: number;
  /** Markdown, for the page. */
  readonly description: string;
  /** The attributes of the top-level object. */
  readonly attributes: Attributes;
}

/** An object with null in every attribute. */
export function emptyObject(attributes: Attributes): ObjectValue {
  return Object.fromEntries(Object.keys(attributes).map((name) => [name, null]));
}
