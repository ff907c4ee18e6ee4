/** Finding one thing among Gladly's lists by whichever of its marks is given. */
import { type Diagnostics, OperationError } from "../protocol/diagnostics";
import { attributePath } from "../protocol/values/path";

/** Null is "not given", undefined "not known yet". */
type Given = string | null | undefined;

/** Reports when not exactly one of the attributes is given. One that is not known yet may turn out to be given. */
export function exactlyOne(given: Readonly<Record<string, Given>>, report: Diagnostics): void {
  const names = Object.keys(given);
  const set = names.filter((name) => given[name] !== null);
  if (set.length === 1) return;
  if (set.length > 1 && set.some((name) => given[name] === undefined)) return;
  report.error(
    set.length === 0 ? "Nothing to look for" : "Too much to look for",
    `Give exactly one of ${names.map((name) => `\`${name}\``).join(", ")}${set.length === 0 ? "" : `; given are ${set.map((name) => `\`${name}\``).join(", ")}`}.`,
    set.length === 0 ? undefined : attributePath(set.at(-1) ?? ""),
  );
}

/** The one item that has the mark; throws when there is none, or more than one. */
export function findOne<T extends { readonly id: string }>(
  what: string,
  items: readonly T[],
  marks: Readonly<Record<string, { readonly given: string | null; of(item: T): string | null | undefined }>>,
): T {
  for (const [name, { given, of }] of Object.entries(marks)) {
    if (given === null) continue;
    const found = items.filter((item) => of(item) === given);
    const [first] = found;
    if (first && found.length === 1) return first;
    throw new OperationError(
      first ? `More than one ${what}` : `No such ${what}`,
      first
        ? `Gladly has ${found.length} of them with the ${name} "${given}": ${found.map(({ id }) => id).join(", ")}. Look for one by its id.`
        : `Gladly has no ${what} with the ${name} "${given}". Values are compared exactly.`,
      attributePath(name),
    );
  }
  throw new OperationError("Nothing to look for", `Nothing was given that tells which ${what} is meant.`);
}

/** Whether a text has the part, in any case; a part that is not given is in every text. */
export function hasPart(text: string | null | undefined, part: string | null): boolean {
  return part === null || (text ?? "").toLowerCase().includes(part.toLowerCase());
}
