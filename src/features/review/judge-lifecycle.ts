/** Beginnings, ends, and resources that change their name or their owner while nothing happens to them. */

import { type Found, found } from "../../report/catalogue";
import { code } from "../../report/report";
import { type Change, text } from "../../terraform/change";
import type { ChangeSet } from "./change-set";

export function lifecycleFindings({ first, destroys, changes, surveyMode, name, all }: ChangeSet): readonly Found[] {
  const findings: Found[] = [];
  const hasWebhook = all.some(({ type }) => type === "gladly_webhook");
  if (first) {
    const mode = surveyMode.after === "test" ? " Surveys go to the company's test address, and none to customers." : "";
    findings.push(
      found("first-deployment", {
        title: `${code(name)} is made for the first time`,
        detail: `Nothing of it is in Terraform's state yet.${hasWebhook ? mode : ""}`,
      }),
    );
  }
  if (destroys) {
    findings.push(
      found("everything-destroyed", {
        title: hasWebhook ? "Everything is taken away: surveys stop" : "Everything is taken away",
        detail: hasWebhook
          ? "The webhook is switched off and deleted, and the topic is disabled, as Gladly can delete none. What is closed from then on gets no survey, and can be fetched from Gladly's history for 24 hours."
          : "What depends on it can no longer be deployed.",
      }),
    );
  }
  return [...findings, ...changes.flatMap(stays)];
}

function stays(change: Change): readonly Found[] {
  const findings: Found[] = [];
  const resource = change.address;
  if (change.adopted) {
    const changed = change.action !== "no-op";
    findings.push(
      found("resource-adopted", {
        resource,
        title: `${what(change)}, made by hand, comes under code${changed ? "" : " as it is: nothing changes"}`,
        ...(changed ? { detail: "The same apply changes it, as told below." } : {}),
      }),
    );
  }
  if (change.action === "forget") {
    findings.push(
      found("resource-forgotten", {
        resource,
        title: `${what(change)} is no longer under code, and stays as it is`,
        detail: "Nobody sees any more when it changes, and no plan repairs it.",
      }),
    );
  }
  if (change.movedFrom !== undefined) {
    findings.push(
      found("resource-moved", {
        resource,
        title: `${code(change.movedFrom)} is called ${code(change.address)} from now on: nothing happens to it`,
      }),
    );
  }
  return findings;
}

function what({ type, after, before, address }: Change): string {
  const name = text(after, "name") ?? text(before, "name");
  if (type === "gladly_webhook") return `The webhook ${code(name ?? address)}`;
  if (type === "gladly_topic") return `The topic ${code(name ?? address)}`;
  return code(address);
}
