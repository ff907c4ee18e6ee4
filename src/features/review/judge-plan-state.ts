/** What a reader must know of the plan itself before believing anything in it. */

import { type Finding, found } from "../../report/finding";
import { code, codeList, count } from "../../report/report";
import type { ChangeSet } from "./change-set";

/** Names in one sentence. */
const NAMED = 5;

export function planFindings(set: ChangeSet): readonly Finding[] {
  return [
    ...errored(set),
    ...notUnderstood(set),
    ...deferred(set),
    ...actions(set),
    ...set.failedChecks.map((check) => failedCheck(check)),
  ];
}

function errored({ errored: failed }: ChangeSet): readonly Finding[] {
  if (!failed) return [];
  return [
    found("plan-errored", {
      title: "Terraform could not finish this plan, so nothing can be applied",
      detail: "The review shows only what Terraform planned before the error.",
      remedy: "Run `terraform plan` again and read its errors. The plan's JSON does not hold them.",
    }),
  ];
}

function notUnderstood({ notUnderstood: parts }: ChangeSet): readonly Finding[] {
  if (parts.length === 0) return [];
  return [
    found("plan-not-understood", {
      title: `This version cannot read a part of the plan: ${codeList(parts, NAMED)}`,
      detail: "A newer Terraform or OpenTofu probably made the plan. What this part changes is not in this review.",
      remedy: "Read the plan with `terraform show`, or upgrade this package.",
    }),
  ];
}

function deferred({ deferred: later, incomplete }: ChangeSet): readonly Finding[] {
  if (later.length === 0 && !incomplete) return [];
  const parts = later.map(({ change: { address, action } }) => `${address} (${action})`);
  return [
    found("plan-deferred", {
      title:
        later.length === 0
          ? "Terraform leaves some changes to a later plan"
          : `Terraform leaves ${count(later.length, "change")} to a later plan: ${codeList(parts, NAMED)}`,
      detail: "This apply does not make them. What they mean is not in this review.",
      remedy: "Plan and review again after the apply.",
    }),
  ];
}

function actions({ actions: runs }: ChangeSet): readonly Finding[] {
  if (runs.length === 0) return [];
  const names = runs.map(({ address, deferred: later }) => `${address}${later ? " (in a later plan)" : ""}`);
  return [
    found("plan-actions", {
      title: `The apply runs ${count(runs.length, "Terraform action")}: ${codeList(names, NAMED)}`,
      detail:
        "An action does something once, outside of the state. The review does not know what, and no plan undoes it.",
    }),
  ];
}

/** A check of the stack's own that fails, in a review and in a drift report. */
export function failedCheck({ address, messages }: ChangeSet["failedChecks"][number]): Finding {
  return found("check-failed", {
    resource: address,
    title: `The check ${code(address)} fails`,
    ...(messages.length === 0 ? {} : { detail: messages.join(" ") }),
  });
}
