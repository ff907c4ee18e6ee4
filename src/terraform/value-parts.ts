/** Access to parts of a value of unknown shape. */

/** Whether a value is empty: providers use null, an empty text and an empty list for the same thing. */
export function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === "") return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}

export function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** A field of a value that may not be an object. */
export function at(value: unknown, key: string | number): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
}

export function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
