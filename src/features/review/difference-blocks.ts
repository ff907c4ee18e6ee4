/** Each resource's change as a folded part: which attributes become what, shortened where they are long. */

import { type Block, code, count } from "../../report/report";
import type { Change, Difference } from "../../terraform/change";

/** Characters of a value that are shown. */
const LONGEST_VALUE = 160;
/** Lines of one resource that are shown. */
const MOST_LINES = 60;

/**
 * @param open whether a finding is about the resource
 * @param when whether it is going to be, or was done outside already
 */
export function differenceBlock(change: Change, open: boolean, when: keyof typeof VERBS = "planned"): Block {
  const { address, action, differences, forcedBy } = change;
  const forced = forcedBy.length === 0 ? "" : `, forced by ${forcedBy.map(code).join(", ")}`;
  const blocks: Block[] = [];
  if (differences.length === 0) blocks.push({ kind: "text", text: nothingShown(change) });
  else blocks.push({ kind: "code", language: "diff", text: lines(differences).join("\n") });
  return { kind: "details", summary: `${code(address)} ${VERBS[when][action]}${forced}`, open, blocks };
}

const VERBS: Readonly<Record<"planned" | "outside", Readonly<Record<Change["action"], string>>>> = {
  planned: {
    create: "is created",
    update: "is updated",
    replace: "is replaced",
    delete: "is destroyed",
    forget: "is no longer under code",
    read: "is read",
    "no-op": "stays as it is",
  },
  outside: {
    create: "was created",
    update: "was changed",
    replace: "was replaced",
    delete: "was deleted",
    forget: "is no longer under code",
    read: "was read",
    "no-op": "stayed as it was",
  },
};

function nothingShown({ action, adopted, movedFrom }: Change): string {
  if (action === "update") return "Nothing that may be shown differs; Terraform sends it again as it is.";
  return adopted || movedFrom !== undefined ? "Nothing of it changes." : "There is nothing to show of it.";
}

function lines(differences: readonly Difference[]): readonly string[] {
  const all = differences.flatMap(({ path, before, after }) => [
    ...(before === undefined ? [] : [`- ${path}: ${short(before)}`]),
    ...(after === undefined ? [] : [`+ ${path}: ${short(after)}`]),
  ]);
  if (all.length <= MOST_LINES) return all;
  return [...all.slice(0, MOST_LINES), `  … and ${count(all.length - MOST_LINES, "more line")}`];
}

function short(value: string): string {
  if (value.length <= LONGEST_VALUE) return value;
  return `${value.slice(0, LONGEST_VALUE)}… (${count(value.length, "character")})`;
}
