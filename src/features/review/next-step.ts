/** The next command, and the whole way back: also what it does not bring back. */

import type { FindingId } from "../../report/catalogue";
import type { Finding } from "../../report/finding";
import { type Block, code } from "../../report/report";
import type { Change } from "../../terraform/change";
import { hasMoved } from "../drift/judge-organization";
import type { ChangeSet } from "./change-set";

/** Findings after which something is gone for good, with what is gone. */
const NOT_RESTORED: Readonly<Partial<Record<FindingId, string>>> = {
  "event-queue-lost": "events that were in the queue",
  "parked-queue-lost": "parked events",
  "ledger-lost": "the ledger's records",
  "secret-lost": "the secrets' values",
  "log-lost": "the deleted log",
  "log-retention-lowered": "older log lines",
  "state-bucket-lost": "the Terraform states",
  "webhook-deleted": "the webhook's id and password",
  "webhook-replaced": "the webhook's id and password",
  "resource-destroyed": "the contents of destroyed resources",
  "resource-replaced": "the contents of replaced resources",
  "plan-actions": "what the actions did",
};

export function nextBlocks(set: ChangeSet, findings: readonly Finding[]): readonly Block[] {
  if (set.errored) return [];
  const nothing = set.changes.length + set.leftovers.length + set.outputs.length + set.actions.length === 0;
  if (nothing && !set.refreshOnly) return [];
  const verb = set.destroys ? "destroy" : "apply";
  return [
    { kind: "heading", text: "Next" },
    {
      kind: "code",
      language: "sh",
      text: set.refreshOnly ? "terraform apply -refresh-only" : `npx cdktf ${verb} ${set.name}`,
    },
    { kind: "text", text: `The way back: ${wayBack(set, findings).join(" ")}` },
  ];
}

function wayBack(set: ChangeSet, findings: readonly Finding[]): readonly string[] {
  if (set.refreshOnly) return ["none is needed, because only the state changes."];
  const deleted = [...new Set(findings.flatMap(({ id }) => NOT_RESTORED[id] ?? []))];
  const lost = deleted.length === 0 ? [] : [`This does not bring back ${list(deleted)}.`];
  if (hasMoved(set.relayLeft)) return [movedBack(set)];
  if (set.first) return [`\`npx cdktf destroy ${set.name}\`.`];
  if (set.destroys) return [`\`npx cdktf apply ${set.name}\` creates everything again.`, ...lost];
  const adopted = set.changes.filter(isAdopted);
  const forgotten = set.changes.filter(({ action }) => action === "forget" || action === "replace-forget");
  const restored = set.changes.filter(({ address }) => set.restored.has(address));
  const apart = new Set([...adopted, ...forgotten.filter(({ action }) => action === "forget"), ...restored]);
  const others = set.changes.some((change) => !apart.has(change)) || set.outputs.length > 0;
  const sentences = [
    ...(others ? [revert(set)] : []),
    ...(adopted.length === 0
      ? []
      : [
          `${addresses("terraform state rm", adopted)} makes Terraform forget what was imported, which stays unchanged.`,
        ]),
    ...(forgotten.length === 0 ? [] : [`What Terraform forgets must be imported again: ${named(forgotten)}.`]),
    ...(restored.length === 0
      ? []
      : [`To keep what was changed outside, write it into the code instead: ${named(restored)}.`]),
    ...lost,
    ...(set.deferred.length === 0 ? [] : ["Deferred changes are not part of this."]),
  ];
  return sentences.length === 0 ? ["none is needed."] : sentences;
}

/** Back in the old place: there the state still has everything, and the webhook only counts as changed outside. */
function movedBack({ name, changes }: ChangeSet): string {
  const imported = changes.filter(({ adopted }) => adopted);
  const keep =
    imported.length === 0
      ? ""
      : `${addresses("terraform state rm", imported)} makes Terraform forget what was imported; `;
  return `${keep}\`npx cdktf destroy ${name}\` removes the new relay; then revert the change and apply, and the old relay has the webhook again.`;
}

function revert({ surveyMode: { before, after } }: ChangeSet): string {
  if (before === undefined || after === undefined || before === after) return "revert the change and apply.";
  const sent = after === "production" ? " Surveys already sent stay sent." : "";
  return `set \`surveyMode\` back to \`"${before}"\`, revert anything else in this change, and apply.${sent}`;
}

function isAdopted({ adopted, action }: Change): boolean {
  return adopted && action === "no-op";
}

/** Resources named in one sentence. */
const NAMED = 4;

function addresses(command: string, changes: readonly Change[]): string {
  const [only] = changes;
  return changes.length === 1 && only !== undefined ? code(`${command} ${only.address}`) : code(command);
}

function named(changes: readonly Change[]): string {
  const shown = changes.slice(0, NAMED).map(({ address }) => code(address));
  return changes.length > NAMED ? `${shown.join(", ")} and ${changes.length - NAMED} more` : list(shown);
}

function list(items: readonly string[]): string {
  return items.length < 2 ? (items[0] ?? "") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}
