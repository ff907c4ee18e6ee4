/** What a plan does, as tables and folded parts: what is destroyed comes first. */

import type { Found } from "../../report/catalogue";
import { type Block, code, count, type Table } from "../../report/report";
import type { Action, Change } from "../../terraform/change";
import { partOf } from "./attribute-rows";
import type { ChangeSet } from "./change-set";
import { differenceBlock } from "./difference-blocks";

/** What is done to a resource: Terraform's actions, and what its plan calls none. */
type Deed = Exclude<Action, "no-op"> | "adopt" | "move";

/** The order of the table: what cannot be taken back first. */
const DEEDS: readonly Deed[] = ["delete", "replace", "forget", "update", "create", "adopt", "move", "read"];

function deedOf({ action, adopted }: Change): Deed {
  if (action !== "no-op") return action;
  return adopted ? "adopt" : "move";
}

function word(deed: Deed): string {
  return deed === "delete" ? "destroy" : deed;
}

/** What becomes something else: of what comes or goes, every attribute is news, and none tells a reader much. */
const BETWEEN: ReadonlySet<Action> = new Set(["update", "replace"]);

/** Attributes named in a row; all of them are in the folded part. */
const NAMED = 3;

/** `1 to replace, 2 to update` */
export function counted(set: ChangeSet): string {
  const parts = Object.entries(countsOf(set)).map(([deed, number]) => `${number.toLocaleString("en-US")} to ${deed}`);
  return parts.join(", ") || "no changes";
}

/** How many resources each thing is done to, by its word. */
export function countsOf({ changes }: ChangeSet): Readonly<Record<string, number>> {
  return Object.fromEntries(
    DEEDS.flatMap((deed) => {
      const number = changes.filter((change) => deedOf(change) === deed).length;
      return number === 0 ? [] : [[word(deed), number]];
    }),
  );
}

/** The table of changes, and a folded part for each. */
export function changeBlocks(set: ChangeSet, findings: readonly Found[], heading: string): readonly Block[] {
  if (set.changes.length === 0) return [];
  const sorted = [...set.changes].sort(
    (a, b) => DEEDS.indexOf(deedOf(a)) - DEEDS.indexOf(deedOf(b)) || (a.address < b.address ? -1 : 1),
  );
  const told = new Set(findings.flatMap(({ resource }) => resource ?? []));
  // On the first day, and on the last, everything is new or gone: the table says it all.
  const folded = set.first || set.destroys;
  return [
    { kind: "heading", text: `${heading}: ${counted(set)}` },
    withoutEmptyEnd({
      kind: "table",
      headings: ["action", "resource", "what it is", "what changes"],
      rows: sorted.map((change) => [
        word(deedOf(change)),
        code(change.address),
        partOf(change.type, change.name),
        whatChanges(change),
      ]),
    }),
    ...sorted.map((change) =>
      differenceBlock(change, !folded && BETWEEN.has(change.action) && told.has(change.address)),
    ),
  ];
}

/** Where everything is new or gone, the last column has nothing to say. */
function withoutEmptyEnd(table: Table): Table {
  if (table.rows.some((row) => row.at(-1) !== "")) return table;
  return { ...table, headings: table.headings.slice(0, -1), rows: table.rows.map((row) => row.slice(0, -1)) };
}

function whatChanges(change: Change): string {
  if (change.action === "replace" && change.forcedBy.length > 0) {
    return `forced by ${change.forcedBy.map(code).join(", ")}`;
  }
  if (change.adopted && change.action === "no-op") return "nothing";
  if (change.movedFrom !== undefined) return `was ${code(change.movedFrom)}`;
  if (change.reason === "replace_because_tainted") return "its last apply failed";
  if (change.action !== "update") return "";
  const names = [...new Set(change.differences.map(({ path }) => lastPart(path)))];
  const named = names.slice(0, NAMED).map(code).join(", ");
  return names.length > NAMED ? `${named} and ${names.length - NAMED} more` : named;
}

/** What tells a reader most of a path: its last name. */
function lastPart(path: string): string {
  const parts = path.replace(/\[[^\]]*\]/g, "").split(".");
  return parts.length > 2 ? (parts.at(-1) ?? path) : parts.join(".");
}

/** What was changed outside, apart from the plan. */
export function outsideBlocks(set: ChangeSet): readonly Block[] {
  if (set.outside.length === 0) return [];
  const changed = count(set.outside.length, "resource was", "resources were");
  return [
    { kind: "heading", text: `Changed outside of Terraform: ${changed} otherwise than the last apply left it` },
    ...set.outside.map((change) => differenceBlock(change, true, "outside")),
  ];
}
