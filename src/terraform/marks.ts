/**
 * Which parts of a value are sensitive. As in Terraform's own output, a part is hidden if either side of a change marks it.
 * Items of lists and sets move between the two sides, so a mark on one item hides that part in every item.
 */
import { isObject } from "./value-parts";

/** `true`: everything below. `each`: every item of a list. `fields`: by name. Undefined: nothing. */
export type Marks = true | undefined | { readonly each: Marks } | { readonly fields: ReadonlyMap<string, Marks> };

/** @param shapes `before_sensitive` and `after_sensitive`, of one change or of several of the same resource */
export function marksOf(shapes: readonly unknown[]): Marks {
  if (shapes.some((shape) => shape === true)) return true;
  const deep = shapes.filter(isObject);
  const lists = deep.filter((shape) => Array.isArray(shape));
  if (deep.length === 0) return undefined;
  if (lists.length > 0) {
    const each = marksOf(deep.flatMap((shape): unknown[] => (Array.isArray(shape) ? shape : Object.values(shape))));
    return each && (lists.length < deep.length ? true : { each });
  }
  const byName = new Map<string, unknown[]>();
  for (const shape of deep) {
    for (const [name, inner] of Object.entries(shape)) byName.set(name, [...(byName.get(name) ?? []), inner]);
  }
  const fields = new Map<string, Marks>();
  for (const [name, inner] of byName) {
    const marks = marksOf(inner);
    if (marks !== undefined) fields.set(name, marks);
  }
  return fields.size === 0 ? undefined : { fields };
}

/** The marks of one item or field. */
export function markAt(marks: Marks, key: string | number): Marks {
  if (marks === undefined || marks === true) return marks;
  return "each" in marks ? marks.each : marks.fields.get(String(key));
}
