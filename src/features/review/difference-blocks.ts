/** Each resource's change as a folded part: its attributes before and after, long ones shortened. */

import { type Block, code, count } from "../../report/report";
import type { Change, Difference } from "../../terraform/change";

/** Characters of a value that are shown. */
const LONGEST_VALUE = 160;
/** Lines of one resource that are shown. */
const MOST_LINES = 60;

/**
 * @param open whether a finding is about the resource
 * @param when whether the plan will do it, or it was done outside already
 */
export function differenceBlock(change: Change, open: boolean, when: keyof typeof VERBS = "planned"): Block {
  const { address, action, differences, forcedBy } = change;
  const forced = forcedBy.length === 0 ? "" : `, forced by ${forcedBy.map(code).join(", ")}`;
  const blocks: Block[] = [];
  if (differences.length === 0) blocks.push({ kind: "text", text: nothingShown(change) });
  else blocks.push({ kind: "code", language: "diff", text: lines(differences).join("\n") });
  return { kind: "details", summary: `${code(address)} ${VERBS[when][action]}${forced}`, open, blocks };
}

/** What an apply does with a resource, after its name. */
export const PLANNED_VERBS: Readonly<Record<Change["action"], string>> = {
  create: "is created",
  update: "is updated",
  replace: "is replaced",
  "replace-forget": "is created a second time, and the existing one is forgotten",
  delete: "is destroyed",
  forget: "is forgotten",
  read: "is read",
  "no-op": "stays as it is",
  unknown: "changes in a way that is not understood",
};

const VERBS: Readonly<Record<"planned" | "outside", Readonly<Record<Change["action"], string>>>> = {
  planned: PLANNED_VERBS,
  outside: {
    create: "was created",
    update: "was changed",
    replace: "was replaced",
    "replace-forget": "was replaced",
    delete: "was deleted",
    forget: "was forgotten",
    read: "was read",
    "no-op": "stayed as it was",
    unknown: "changed in a way that is not understood",
  },
};

function nothingShown({ action, adopted, movedFrom }: Change): string {
  if (action === "update") return "No visible attribute changes. Terraform sends it again as it is.";
  return adopted || movedFrom !== undefined ? "Nothing else changes." : "There is nothing to show.";
}

function lines(differences: readonly Difference[]): readonly string[] {
  const all = differences.flatMap(({ path, before, after }) => [
    ...(before === undefined ? [] : [`- ${path}: ${short(before)}`]),
    ...(after === undefined ? [] : [`+ ${path}: ${short(after)}`]),
  ]);
  if (all.length <= MOST_LINES) return all;
  return [...all.slice(0, MOST_LINES), `  … and ${count(all.length - MOST_LINES, "more line")}`];
}

export function short(value: string): string {
  if (value.length <= LONGEST_VALUE) return value;
  return `${value.slice(0, LONGEST_VALUE)}… (${count(value.length, "character")})`;
}
