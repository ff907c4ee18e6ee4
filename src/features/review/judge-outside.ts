/**
 * What was changed outside of Terraform since the last apply. The same rules as `relay drift` say it, so that one event has
 * one id and one sentence; only what to do differs for a plan that accepts the changes (`-refresh-only`).
 */

import { environmentPath } from "../../contract/locations";
import type { FindingId } from "../../report/catalogue";
import { type Finding, found } from "../../report/finding";
import { code } from "../../report/report";
import { type Change, text } from "../../terraform/change";
import type { DriftContext } from "../drift/context";
import type { Difference } from "../drift/differences";
import { hasMoved } from "../drift/judge-organization";
import { outsideFindingsOf } from "../drift/judge-outside";
import type { EnvironmentLook } from "../drift/observation";
import type { ChangeSet } from "./change-set";

export function outsideFindings(set: ChangeSet): readonly Finding[] {
  if (set.outside.length === 0) return [];
  const planned = new Map(set.changes.map((change) => [change.address, change]));
  const context: DriftContext = { stack: set.name, environment: lookOf(set) };
  const left = hasMoved(set.organizationMove);
  return set.outside.flatMap((outside) => {
    // Terraform looked in the new organization: the old resources are not deleted.
    if (left && outside.action === "delete" && outside.type.startsWith("gladly_")) return [];
    const change = set.refreshOnly ? reversed(outside) : planned.get(outside.address);
    const difference: Difference = {
      address: outside.address,
      type: outside.type,
      outside,
      ...(change === undefined ? {} : { planned: change }),
    };
    const findings = outsideFindingsOf(difference, context).map(({ finding }) => finding);
    if (findings.length === 0) return [accepted(outside)];
    return set.refreshOnly ? findings.map(acceptedOrNot) : findings;
  });
}

/** The provider remembers an edit that may have replaced the password, even if the change is accepted into the state. */
function acceptedOrNot(finding: Finding): Finding {
  return finding.id === "outside-webhook-edited" ? finding : { ...finding, remedy: ACCEPTS };
}

/** A change that the plan does not revert: the code says the same by now, or nothing about it. */
function accepted({ type, address: resource, action, differences }: Change): Finding {
  const deleted = action === "delete";
  const paths = [...new Set(differences.map(({ path }) => path))].slice(0, 3).map(code).join(", ");
  return found(deleted ? "outside-resource-deleted" : (CHANGED.get(type) ?? "outside-resource-changed"), {
    resource,
    title: `${code(resource)} was ${deleted ? "deleted" : "changed"} outside of Terraform${deleted ? "" : `: ${paths}`}`,
    detail: "This plan does not revert it.",
    ...(deleted ? {} : { remedy: "To revert it, write the earlier value into the code." }),
  });
}

const CHANGED: ReadonlyMap<string, FindingId> = new Map([
  ["gladly_webhook", "outside-webhook-changed"],
  ["gladly_topic", "outside-topic-changed"],
]);

/** What an ordinary plan would do: the rules judge what an apply changes back. */
function reversed(outside: Change): Change {
  return {
    ...outside,
    action: outside.action === "delete" ? "create" : "update",
    before: outside.after,
    after: outside.before,
    differences: outside.differences.map(({ path, before, after }) => ({
      path,
      ...(after === undefined ? {} : { before: after }),
      ...(before === undefined ? {} : { after: before }),
    })),
  };
}

function lookOf({ name, all, outside, delivery, settings }: ChangeSet): EnvironmentLook {
  const resources = [...all, ...outside];
  const of = (type: string) => resources.find((change) => change.type === type);
  const nameOf = (type: string) => text(of(type)?.after, "name") ?? text(of(type)?.before, "name") ?? "";
  const known = settings.after ?? settings.before;
  return {
    delivery: delivery.after ?? delivery.before ?? "direct",
    on: resources.some(({ type }) => type.startsWith("aws_")) ? "aws" : "local",
    gladlyUrl: known?.gladlyUrl ?? "",
    stellaUrl: known?.stellaUrl ?? "",
    webhookName: nameOf("gladly_webhook"),
    topicName: nameOf("gladly_topic"),
    file: environmentPath(name),
  };
}

const ACCEPTS =
  "This plan accepts the change into the state. The next ordinary plan reverts it, unless the code says the same.";
