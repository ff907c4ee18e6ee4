/** What a plan does, as tables and folded parts: what is destroyed comes first. */

import type { Finding } from "../../report/finding";
import { type Block, code, codeList, count, type Table } from "../../report/report";
import type { Action, Change } from "../../terraform/change";
import { partOf } from "./attribute-rows";
import type { ChangeSet } from "./change-set";
import { differenceBlock, short } from "./difference-blocks";

/** What is done to a resource: Terraform's actions, and what its plan calls none. */
type Deed = Exclude<Action, "no-op"> | "adopt" | "move";

/** The order of the table: what cannot be undone first. */
const DEEDS: readonly Deed[] = [
  ...([
    "delete",
    "replace",
    "replace-forget",
    "forget",
    "unknown",
    "update",
    "create",
    "adopt",
    "move",
    "read",
  ] as const),
];
const RANK = new Map(DEEDS.map((deed, index) => [deed, index]));

function deedOf({ action, adopted }: Change): Deed {
  if (action !== "no-op") return action;
  return adopted ? "adopt" : "move";
}

const WORDS: Readonly<Record<Deed, string>> = {
  delete: "destroy",
  replace: "replace",
  "replace-forget": "replace and forget",
  forget: "forget",
  unknown: "change in a way that is not understood",
  update: "update",
  create: "create",
  adopt: "import",
  move: "move",
  read: "read",
};

/** Actions whose attributes are worth reading at once: of what is created or destroyed, every attribute is new or gone. */
const BETWEEN: ReadonlySet<Action> = new Set(["update", "replace"]);

/** Attributes named in a row. All of them are in the folded part. */
const NAMED = 3;

/** `1 to replace, 2 to update`, as Terraform counts. */
export function counted(set: ChangeSet): string {
  const parts = Object.entries(countsOf(set)).map(([word, number]) => `${number.toLocaleString("en-US")} to ${word}`);
  return [...parts, ...besides(set)].join(", ") || "no changes";
}

/** What is no change of a resource. */
function besides({ deferred, actions, outputs }: ChangeSet): readonly string[] {
  return [
    ...(deferred.length === 0 ? [] : [`${count(deferred.length, "change")} deferred`]),
    ...(actions.length === 0 ? [] : [`${count(actions.length, "action")} to run`]),
    ...(outputs.length === 0 ? [] : [count(outputs.length, "output")]),
  ];
}

/** How many resources each thing is done to, by its word. */
export function countsOf(set: ChangeSet): Readonly<Record<string, number>> {
  const numbers = new Map<Deed, number>();
  for (const change of rowsOf(set)) numbers.set(deedOf(change), (numbers.get(deedOf(change)) ?? 0) + 1);
  return Object.fromEntries(
    DEEDS.flatMap((deed) => [[WORDS[deed], numbers.get(deed) ?? 0] as const]).filter(([, n]) => n > 0),
  );
}

function rowsOf({ changes, leftovers }: ChangeSet): readonly Change[] {
  return [...changes, ...leftovers];
}

/** The table of changes, and a folded part for each. */
export function changeBlocks(set: ChangeSet, findings: readonly Finding[], heading: string): readonly Block[] {
  const rows = rowsOf(set);
  if (rows.length === 0) return besidesBlocks(set);
  const sorted = [...rows].sort(
    (a, b) => (RANK.get(deedOf(a)) ?? 0) - (RANK.get(deedOf(b)) ?? 0) || (a.address < b.address ? -1 : 1),
  );
  const judged = new Set(findings.flatMap(({ resource }) => resource ?? []));
  // On the first and the last apply the table says it all: everything is new or gone.
  const folded = set.first || set.destroys;
  return [
    { kind: "heading", text: `${heading}: ${counted(set)}` },
    withoutEmptyEnd({
      kind: "table",
      headings: ["action", "resource", "what it is", "what changes"],
      rows: sorted.map((change) => [
        WORDS[deedOf(change)],
        code(change.address),
        partOf(change.type, change.name),
        whatChanges(change),
      ]),
    }),
    ...sorted.map((change) =>
      differenceBlock(change, !folded && BETWEEN.has(change.action) && judged.has(change.address)),
    ),
    ...besidesBlocks(set),
  ];
}

/** Outputs, deferred changes and actions, apart from resources. */
function besidesBlocks({ outputs, deferred, actions }: ChangeSet): readonly Block[] {
  return [
    ...titled(`Outputs: ${count(outputs.length, "change")}`, {
      kind: "table",
      headings: ["output", "before", "after"],
      rows: outputs.map(({ name, before, after }) => [code(name), value(before), value(after)]),
    }),
    ...titled(`Deferred: ${count(deferred.length, "change")} in a later plan`, {
      kind: "table",
      headings: ["action", "resource", "why"],
      rows: deferred.map(({ change, reason }) => [
        WORDS[deedOf(change)],
        code(change.address),
        reason.replaceAll("_", " "),
      ]),
    }),
    ...titled(`Actions: ${count(actions.length, "run")}`, {
      kind: "table",
      headings: ["action", "type", "when"],
      rows: actions.map(({ address, type, deferred: later }) => [
        code(address),
        code(type),
        later ? "in a later plan" : "with the apply",
      ]),
    }),
  ];
}

function titled(text: string, table: Table): readonly Block[] {
  return table.rows.length === 0 ? [] : [{ kind: "heading", text }, table];
}

function value(shown: string | undefined): string {
  return shown === undefined ? "" : code(short(shown));
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
  const moved = change.movedFrom === undefined ? "" : `was ${code(change.movedFrom)}`;
  if (change.reason === "replace_because_tainted") return "its last apply failed";
  if (change.action !== "update") return moved;
  const names = [...new Set(change.differences.map(({ path }) => lastPart(path)))];
  return [moved, codeList(names, NAMED)].filter(Boolean).join("; ");
}

/** What tells a reader most of a path: its last name. */
function lastPart(path: string): string {
  const parts = path.replace(/\[[^\]]*\]/g, "").split(".");
  return parts.length > 2 ? (parts.at(-1) ?? path) : parts.join(".");
}

/** What was changed outside, apart from the plan. */
export function outsideBlocks(set: ChangeSet): readonly Block[] {
  if (set.outside.length === 0) return [];
  return [
    { kind: "heading", text: `Changed outside of Terraform: ${count(set.outside.length, "resource")}` },
    ...set.outside.map((change) => differenceBlock(change, true, "outside")),
  ];
}
