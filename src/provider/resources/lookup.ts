/** Finds one object in Gladly's lists by one of its unique attributes. */
import { type Diagnostics, OperationError } from "../protocol/diagnostics";
import { attributePath } from "../protocol/values/path";

/** Null is "not set", undefined "not known yet". */
type Given = string | null | undefined;

/** Reports an error unless exactly one of the attributes is set. An unknown one may turn out to be set. */
export function exactlyOne(given: Readonly<Record<string, Given>>, report: Diagnostics): void {
  const names = Object.keys(given);
  const set = names.filter((name) => given[name] !== null);
  if (set.length === 1) return;
  if (set.length > 1 && set.some((name) => given[name] === undefined)) return;
  report.error(
    set.length === 0 ? "Missing search attribute" : "Too many search attributes",
    `Set exactly one of ${names.map((name) => `\`${name}\``).join(", ")}${set.length === 0 ? "" : `; the configuration sets ${set.map((name) => `\`${name}\``).join(", ")}`}.`,
    set.length === 0 ? undefined : attributePath(set.at(-1) ?? ""),
  );
}

/**
 * The only item with the attribute's value. Throws if there is none, or more than one.
 *
 * @param search values by attribute, null where the configuration sets none
 */
export function findOne<T extends Readonly<Record<string, unknown>> & { readonly id: string }>(
  what: string,
  items: readonly T[],
  search: Readonly<Record<string, string | null>>,
): T {
  for (const [name, given] of Object.entries(search)) {
    if (given === null) continue;
    const found = items.filter((item) => item[name] === given);
    const [first] = found;
    if (first && found.length === 1) return first;
    throw new OperationError(
      first ? `More than one ${what}` : `No such ${what}`,
      first
        ? `Gladly has ${found.length} of them with the ${name} "${given}": ${found.map(({ id }) => id).join(", ")}. Use the id instead.`
        : `Gladly has no ${what} with the ${name} "${given}". Values are compared exactly.`,
      attributePath(name),
    );
  }
  throw new OperationError("Missing search attribute", `No attribute says which ${what} to read.`);
}

/** Whether a text contains the part, ignoring case. A part that is not set is in every text. */
export function hasPart(text: string | null | undefined, part: string | null): boolean {
  return part === null || (text ?? "").toLowerCase().includes(part.toLowerCase());
}

interface Named {
  readonly id: string;
  readonly name?: string | null | undefined;
}

/** Sorts objects by name. Objects of one name stay in one order, whatever order Gladly gives them in. */
export function byName(one: Named, other: Named): number {
  return (one.name ?? "").localeCompare(other.name ?? "", "en") || one.id.localeCompare(other.id, "en");
}
