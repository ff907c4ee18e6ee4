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
  readonly required?: boolean;
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
  readonly validators?: readonly Validator<V>[];
  /** Why it should no longer be used, and what to use. */
  readonly deprecated?: string;
}

export type Nesting = "single" | "list" | "set" | "map";

/** An attribute as the protocol code sees it. */
export interface Attribute {
  readonly type: Type;
  readonly nested?: { readonly nesting: Nesting; readonly attributes: Attributes };
  readonly description: string;
  readonly required: boolean;
  readonly optional: boolean;
  readonly computed: boolean;
  readonly sensitive: boolean;
  readonly writeOnly: boolean;
  readonly default?: Value;
  readonly replaces: boolean;
  readonly changesWith?: readonly string[];
  readonly equivalent?: (state: Value, configuration: Value) => boolean;
  readonly validators: readonly Validator<Value>[];
  readonly deprecated?: string;
}

export interface Attributes {
  readonly [name: string]: Attribute;
}

/** Carries the TypeScript types of an attribute; never there at run time. */
declare const TYPES: unique symbol;
export interface Typed<Known, Partial> extends Attribute {
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

export function objectType(attributes: Attributes): Type {
  return ["object", Object.fromEntries(Object.entries(attributes).map(([name, { type }]) => [name, type]))];
}

/** A schema with its version: what Terraform stores beside the state and hands to the upgrade. */
export interface Schema {
  readonly version: number;
  readonly description: string;
  readonly attributes: Attributes;
}

/** Null in every attribute. */
export function emptyObject(attributes: Attributes): ObjectValue {
  return Object.fromEntries(Object.keys(attributes).map((name) => [name, null]));
}
