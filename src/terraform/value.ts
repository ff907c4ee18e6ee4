/**
 * Values of a plan without what nobody may see: what Terraform marks sensitive and what looks like a secret is gone before
 * any finding is looked for, so that no sentence can hold it.
 */
import { masked } from "./mask";

export const SENSITIVE = "(sensitive)";
export const UNKNOWN = "(known after apply)";

/** A value's parts by path: `policy.Statement[ReadSecrets].Resource`. */
export interface Leaf {
  readonly path: string;
  /** As it is compared: two values that are masked alike may still differ. */
  readonly raw: string;
  /** As it may be shown. */
  readonly shown: string;
}

/** Names by which the items of a list are told apart, so that an inserted one does not change all after it. */
const ITEM_NAMES = ["Sid", "id", "name", "route_key", "index_name"] as const;

/**
 * @param marks the shape of the value, true where it is sensitive
 * @param unknown the shape of the value, true where it is known after apply only
 * @param written whether it is a document that a person wrote: a configuration or a policy
 */
export function leaves(value: unknown, marks: unknown, unknown: unknown, path = "", written = false): readonly Leaf[] {
  if (unknown === true) return [{ path, raw: UNKNOWN, shown: UNKNOWN }];
  if (marks === true) {
    return isEmpty(value) ? [] : [{ path, raw: JSON.stringify(value), shown: SENSITIVE }];
  }
  const inside = document(value);
  if (inside !== undefined) return leaves(inside, undefined, undefined, path, true);
  if (Array.isArray(value) || Array.isArray(unknown)) return items(asArray(value), marks, unknown, path, written);
  if (typeof value === "object" && value !== null)
    return fields(value, marks, unknown, path, written || path === "input");
  if (typeof unknown === "object" && unknown !== null && isEmpty(value))
    return fields({}, marks, unknown, path, written);
  // What a person wrote down says something with an empty value; what a provider tells does not.
  if (isEmpty(value) && !(value === null && written)) return [];
  return [{ path, raw: JSON.stringify(value), shown: shownScalar(value, path) }];
}

function fields(value: object, marks: unknown, unknown: unknown, path: string, written: boolean): readonly Leaf[] {
  const names = new Set([...Object.keys(value), ...Object.keys(isObject(unknown) ? unknown : {})]);
  return [...names].flatMap((name) =>
    leaves(at(value, name), at(marks, name), at(unknown, name), path === "" ? name : `${path}.${name}`, written),
  );
}

function items(
  value: readonly unknown[],
  marks: unknown,
  unknown: unknown,
  path: string,
  written: boolean,
): readonly Leaf[] {
  const length = Math.max(value.length, Array.isArray(unknown) ? unknown.length : 0);
  const named = namesOf(value);
  return Array.from({ length }, (_, index) => {
    const item = value[index];
    const scalar = !isObject(item) && !isObject(at(unknown, index));
    const key = scalar ? "" : `[${named?.[index] ?? index}]`;
    return leaves(item, at(marks, index), at(unknown, index), `${path}${key}`, written);
  }).flat();
}

function namesOf(list: readonly unknown[]): readonly string[] | undefined {
  for (const name of ITEM_NAMES) {
    const found = list.map((item) => at(item, name));
    if (found.every((one) => typeof one === "string") && new Set(found).size === found.length) {
      return found.map((one) => masked(String(one), name));
    }
  }
  return undefined;
}

/** A policy, a configuration or a dashboard that is written down as text. */
export function document(value: unknown): object | undefined {
  if (typeof value !== "string" || !/^\s*[{[]/.test(value)) return undefined;
  try {
    const parsed: unknown = JSON.parse(value);
    return isObject(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** The value with what is sensitive, secret or not known replaced by words, and documents in texts opened. */
export function visible(value: unknown, marks: unknown, unknown: unknown, name = ""): unknown {
  if (unknown === true) return UNKNOWN;
  if (marks === true) return isEmpty(value) ? value : SENSITIVE;
  const inside = document(value);
  if (inside !== undefined) return visible(inside, undefined, undefined, name);
  if (typeof value === "string") return masked(value, name);
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => visible(item, at(marks, index), at(unknown, index), name));
  }
  if (!isObject(value)) return value;
  const names = new Set([...Object.keys(value), ...Object.keys(isObject(unknown) ? unknown : {})]);
  return Object.fromEntries(
    [...names].map((key) => [key, visible(at(value, key), at(marks, key), at(unknown, key), key)]),
  );
}

function shownScalar(value: unknown, path: string): string {
  if (typeof value !== "string") return JSON.stringify(value);
  const name =
    path
      .replace(/\[[^\]]*\]$/, "")
      .split(/[.[\]]/)
      .findLast(Boolean) ?? "";
  return JSON.stringify(masked(value, name));
}

/** Whether there is nothing: providers tell nothing, an empty text and an empty list as one and the same. */
export function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === "") return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}

export function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** A field of something that may be no object. */
export function at(value: unknown, key: string | number): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
}

function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
