/** What to type next, and how to come back: said even where there is no way back. */

import type { FindingId, Found } from "../../report/catalogue";
import type { Block } from "../../report/report";
import type { ChangeSet } from "./change-set";

/** Findings after which the old state cannot be had again, with what is gone. */
const GONE: Readonly<Partial<Record<FindingId, string>>> = {
  "event-queue-lost": "events that were in the queue",
  "parked-queue-lost": "parked events",
  "ledger-lost": "the record of what was sent",
  "secret-lost": "the secrets' values",
  "log-lost": "the deleted log",
  "log-retention-lowered": "older log lines",
  "state-bucket-lost": "the states",
  "webhook-deleted": "the webhook's id and password",
  "webhook-replaced": "the webhook's id and password",
};

export function nextBlocks(set: ChangeSet, findings: readonly Found[]): readonly Block[] {
  if (set.errored) return [];
  if (set.changes.length === 0 && !set.refreshOnly && !set.outputsChange) return [];
  const verb = set.destroys ? "destroy" : "apply";
  return [
    { kind: "heading", text: "Next" },
    {
      kind: "code",
      language: "sh",
      text: set.refreshOnly ? "terraform apply -refresh-only" : `npx cdktf ${verb} ${set.name}`,
    },
    { kind: "text", text: `The way back: ${wayBack(set, findings)}` },
  ];
}

function wayBack(set: ChangeSet, findings: readonly Found[]): string {
  const { before, after } = set.surveyMode;
  const gone = [...new Set(findings.flatMap(({ id }) => GONE[id] ?? []))];
  const lost = gone.length === 0 ? "" : `there is none for what is lost with the apply: ${list(gone)}.`;
  if (set.refreshOnly) return "none is needed, as only the state changes.";
  if (set.first) return `\`npx cdktf destroy ${set.name}\`.`;
  if (set.destroys) return [lost, `\`npx cdktf apply ${set.name}\` makes everything else again.`].join(" ").trim();
  if (before !== undefined && after !== undefined && before !== after) {
    const word = `set \`surveyMode\` back to \`"${before}"\` and apply.`;
    const sent = after === "production" ? " Surveys that were sent stay sent." : "";
    return [word + sent, lost].filter(Boolean).join(" Otherwise ");
  }
  if (lost !== "") return lost;
  if (set.changes.every(({ adopted, action }) => adopted && action === "no-op")) {
    return "`terraform state rm` lets go of what was adopted, which stays as it is.";
  }
  if (set.changes.every(({ address }) => set.restored.has(address))) {
    return "the code says what is to be; change it there to keep what was changed outside.";
  }
  return "revert the change and apply.";
}

function list(items: readonly string[]): string {
  return items.length < 2 ? (items[0] ?? "") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}
