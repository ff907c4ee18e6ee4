/**
 * The attributes of a resource, a data source or the provider, declared once: what Terraform is told about them, how
 * they are checked, how they are planned, and which TypeScript type they have in a resource's code.
 */
import type { Type } from "../values/type";
import type { ObjectValue, Value } from "../values/value";
import type { Validator } from "./validator";

/** What may be said about any attribute. */
export interface Options<V> {
  /** Markdown: what it is, its unit, its range. Becomes the page and the schema's description. */
  readonly description: string;
  /** The configuration must give it. Excludes `optional`, `computed` and `default`. @default false */
  readonly required?: boolean;
  /** The configuration may give it. @default false, true where there is a `default` */
  readonly optional?: boolean;
  /** The provider gives the value when the configuration does not. */
  readonly computed?: boolean;
  /** Terraform hides it in its output. */
  readonly sensitive?: boolean;
  /** Handed over at apply, and kept in neither plan nor state. */
  readonly writeOnly?: boolean;
  /** The value when the configuration gives none. Makes the attribute optional and computed. */
  readonly default?: V;
  /** A change makes a new object instead of an update. */
  readonly replaces?: boolean;
  /**
   * For a computed value: the attributes beside it whose change may change this one. Until one of them changes, a plan
   * shows the value from the state instead of "(known after apply)". Empty: never changes once it is known.
   * @default any change may change it
   */
  readonly changesWith?: readonly string[];
  /** Whether two spellings mean the same; then the state's spelling stays and no change is planned. */
  readonly equivalent?: (state: V, configuration: V) => boolean;
  /** Asked about values that are known and not null. @default none */
  readonly validators?: readonly Validator<V>[];
  /** Why it should no longer be used, and what to use. */
  readonly deprecated?: string;
}

/** How the objects of a nested attribute are held. The elements of a set have no name, so no plan can pair them. */
export type Nesting = "single" | "list" | "set" | "map";

/** An attribute as the protocol code sees it. */
export interface Attribute {
  /** Type of the value on the wire. */
  readonly type: Type;
  /** The attributes inside, where there are any. */
  readonly nested?: { readonly nesting: Nesting; readonly attributes: Attributes };
  /** Markdown. */
  readonly description: string;
  /** The configuration must give it. */
  readonly required: boolean;
  /** The configuration may give it. */
  readonly optional: boolean;
  /** The provider gives the value when the configuration does not. */
  readonly computed: boolean;
  /** Terraform hides it in its output. It still stands in the state. */
  readonly sensitive: boolean;
  /** Kept in neither plan nor state. Needs Terraform 1.11. */
  readonly writeOnly: boolean;
  /** The value when the configuration gives none. */
  readonly default?: Value;
  /** A change makes a new object instead of an update. */
  readonly replaces: boolean;
  /** The attributes whose change may change this one. @default any change may change it */
  readonly changesWith?: readonly string[];
  /** Whether two spellings mean the same. @default equal values only */
  readonly equivalent?: (state: Value, configuration: Value) => boolean;
  /** Asked about values that are known and not null. */
  readonly validators: readonly Validator<Value>[];
  /** Why it should no longer be used, and what to use. */
  readonly deprecated?: string;
}

/** Attributes by name. Terraform allows lower case letters, digits and underscores, and some names not at all. */
export interface Attributes {
  readonly [name: string]: Attribute;
}

/** Carries the TypeScript types of an attribute; never there at run time. */
declare const TYPES: unique symbol;
/**
 * An attribute that carries its two TypeScript types: `Known` in resource code, `Partial` while values may be
 * unknown.
 */
export interface Typed<Known, Partial> extends Attribute {
  /** Only for the compiler to infer from; never set. */
  readonly [TYPES]?: { readonly known: Known; readonly partial: Partial };
}

/** A resource with every value known: what is read, and what is stored. */
export type Known<S> = {
  readonly [N in keyof S]: S[N] extends Typed<infer K, infer _> ? K : never;
};

/** A configuration or a plan: null is "not given", undefined is "not known yet". */
export type Partial<S> = {
  readonly [N in keyof S]: S[N] extends Typed<infer _, infer P> ? P : never;
};

/** The wire type of an object with these attributes. */
export function objectType(attributes: Attributes): Type {
  return ["object", Object.fromEntries(Object.entries(attributes).map(([name, { type }]) => [name, type]))];
}

/** A schema with its version: what Terraform stores beside the state and hands to the upgrade. */
export interface Schema {
  /** From 0. Stored with the state, and compared when the state is read again. */
  readonly version: number;
  /** Markdown, for the page. */
  readonly description: string;
  /** The attributes of the outermost object. */
  readonly attributes: Attributes;
}

/** Null in every attribute. */
export function emptyObject(attributes: Attributes): ObjectValue {
  return Object.fromEntries(Object.keys(attributes).map((name) => [name, null]));
}
