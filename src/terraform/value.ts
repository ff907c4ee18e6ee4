/**
 * Values of a plan without sensitive parts. Values that Terraform marks sensitive or that look like secrets are removed before
 * any finding is made, so that no sentence can contain them.
 */
import { parsedJson } from "../contract/json";
import { type Marks, markAt } from "./marks";
import { masked } from "./mask";
import { asArray, at, isEmpty, isObject } from "./value-parts";

export { at, isEmpty, isObject } from "./value-parts";

export const SENSITIVE = "(sensitive)";
export const UNKNOWN = "(known after apply)";

/** One part of a value, with its path: `policy.Statement[ReadSecrets].Resource`. */
export interface Leaf {
  readonly path: string;
  /** For comparison: two values with the same mask may still differ. */
  readonly raw: string;
  /** For display. */
  readonly shown: string;
}

/** Fields that identify the items of a list, so that an inserted item does not change all items after it. */
const ITEM_NAMES = ["Sid", "id", "name", "route_key", "index_name"] as const;

/**
 * @param marks the sensitive parts, from both sides of the change
 * @param unknown the shape of the value, with true for parts that are known only after apply
 * @param written whether a person wrote the document: a configuration or a policy
 */
export function leaves(value: unknown, marks: Marks, unknown: unknown, path = "", written = false): readonly Leaf[] {
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
  // In a written document an empty value has a meaning. In a provider's answer it does not.
  if (isEmpty(value) && !(value === null && written)) return [];
  return [{ path, raw: JSON.stringify(value), shown: shownScalar(value, path) }];
}

function fields(value: object, marks: Marks, unknown: unknown, path: string, written: boolean): readonly Leaf[] {
  const names = new Set([...Object.keys(value), ...Object.keys(isObject(unknown) ? unknown : {})]);
  return [...names].flatMap((name) =>
    leaves(at(value, name), markAt(marks, name), at(unknown, name), path === "" ? name : `${path}.${name}`, written),
  );
}

function items(
  value: readonly unknown[],
  marks: Marks,
  unknown: unknown,
  path: string,
  written: boolean,
): readonly Leaf[] {
  const length = Math.max(value.length, Array.isArray(unknown) ? unknown.length : 0);
  const named = namesOf(value, markAt(marks, 0));
  return Array.from({ length }, (_, index) => {
    const item = value[index];
    const scalar = !isObject(item) && !isObject(at(unknown, index));
    const key = scalar ? "" : `[${named?.[index] ?? index}]`;
    return leaves(item, markAt(marks, index), at(unknown, index), `${path}${key}`, written);
  }).flat();
}

function namesOf(list: readonly unknown[], marks: Marks): readonly string[] | undefined {
  if (marks === true) return undefined;
  for (const name of ITEM_NAMES) {
    if (markAt(marks, name) !== undefined) continue;
    const found = list.map((item) => at(item, name));
    if (found.every((one) => typeof one === "string") && new Set(found).size === found.length) {
      return found.map((one) => masked(String(one), name));
    }
  }
  return undefined;
}

/** Parses a policy, a configuration or a dashboard that is stored as text. */
export function document(value: unknown): object | undefined {
  if (typeof value !== "string" || !/^\s*[{[]/.test(value)) return undefined;
  const parsed = parsedJson(value);
  return isObject(parsed) ? parsed : undefined;
}

/** The value with placeholders for sensitive, secret and unknown parts, and with documents in texts parsed. */
export function visible(value: unknown, marks: Marks, unknown: unknown, name = ""): unknown {
  if (unknown === true) return UNKNOWN;
  if (marks === true) return isEmpty(value) ? value : SENSITIVE;
  const inside = document(value);
  if (inside !== undefined) return visible(inside, undefined, undefined, name);
  if (typeof value === "string") return masked(value, name);
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => visible(item, markAt(marks, index), at(unknown, index), name));
  }
  if (!isObject(value)) return value;
  const names = new Set([...Object.keys(value), ...Object.keys(isObject(unknown) ? unknown : {})]);
  return Object.fromEntries(
    [...names].map((key) => [key, visible(at(value, key), markAt(marks, key), at(unknown, key), key)]),
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
