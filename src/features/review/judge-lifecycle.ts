/** The first and the last apply, and resources that Terraform imports, forgets, moves or left over. */

import { type Finding, found } from "../../report/finding";
import { code, codeList, count } from "../../report/report";
import { type Change, text } from "../../terraform/change";
import { hasMoved } from "../drift/judge-organization";
import type { ChangeSet } from "./change-set";

export function lifecycleFindings({
  first,
  destroys,
  changes,
  leftovers,
  surveyMode,
  name,
  all,
  relayLeft,
}: ChangeSet): readonly Finding[] {
  const findings: Finding[] = [];
  const hasWebhook = all.some(({ type }) => type === "gladly_webhook");
  if (first && !hasMoved(relayLeft)) {
    const mode = surveyMode.after === "test" ? " Surveys go to the company's test address, and none to customers." : "";
    findings.push(
      found("first-deployment", {
        title: `${code(name)} is created for the first time`,
        detail: `Terraform's state has none of its resources yet.${hasWebhook ? mode : ""}`,
      }),
    );
  }
  if (destroys) {
    findings.push(
      found("everything-destroyed", {
        title: hasWebhook ? "The whole environment is destroyed: surveys stop" : "Everything is destroyed",
        detail: hasWebhook
          ? "The webhook is disabled and deleted. The topic is disabled, because Gladly cannot delete topics. Conversations that close afterwards get no survey. Gladly's history keeps them for 24 hours."
          : "Whatever depends on it can no longer be deployed.",
      }),
    );
  }
  return [...findings, ...changes.flatMap(ofResource), ...(leftovers.length === 0 ? [] : [leftover(leftovers)])];
}

function leftover(objects: readonly Change[]): Finding {
  const names = objects.map(({ address }) => address);
  return found("resource-leftover", {
    title: `${count(objects.length, "leftover")} of an earlier replacement ${objects.length === 1 ? "is" : "are"} deleted: ${codeList(names, 3)}`,
    detail: "An apply created the new object and could not delete the old one. The resource itself does not change.",
  });
}

function ofResource(change: Change): readonly Finding[] {
  const findings: Finding[] = [];
  const resource = change.address;
  const changed = change.action !== "no-op";
  if (change.adopted) {
    findings.push(
      found("resource-adopted", {
        resource,
        title: `Terraform imports ${what(change)}${changed ? "" : " as it is: nothing changes"}`,
        ...(changed ? { detail: "The same apply also changes it, as listed below." } : {}),
      }),
    );
  }
  if (change.action === "forget" || (change.action === "replace-forget" && change.type !== "gladly_webhook")) {
    findings.push(
      found("resource-forgotten", {
        resource,
        title: `Terraform forgets ${what(change)}, which stays as it is${change.action === "forget" ? "" : ", and creates another one"}`,
        detail: "No plan shows its changes or repairs them from then on.",
      }),
    );
  }
  if (change.movedFrom !== undefined) {
    findings.push(
      found("resource-moved", {
        resource,
        title: `${code(change.movedFrom)} gets the address ${code(change.address)} in the code${changed ? "" : ": nothing else changes"}`,
        ...(changed ? { detail: "The same apply also changes it, as listed below." } : {}),
      }),
    );
  }
  return findings;
}

function what({ type, after, before, address }: Change): string {
  const name = text(after, "name") ?? text(before, "name");
  if (type === "gladly_webhook") return `the webhook ${code(name ?? address)}`;
  if (type === "gladly_topic") return `the topic ${code(name ?? address)}`;
  return code(address);
}
