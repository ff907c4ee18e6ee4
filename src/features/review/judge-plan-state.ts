/** What is to be known of the plan itself, before anything in it is believed. */

import { type Found, found } from "../../report/catalogue";
import { code } from "../../report/report";
import type { ChangeSet } from "./change-set";

export function planFindings({ errored, incomplete, failedChecks }: ChangeSet): readonly Found[] {
  return [
    ...(errored
      ? [
          found("plan-errored", {
            title: "Terraform could not finish this plan, and nothing of it can be applied",
            detail: "What is shown is only as far as it came.",
            remedy: "Run `terraform plan` again and read its errors: a plan's JSON does not hold them.",
          }),
        ]
      : []),
    ...(incomplete
      ? [
          found("plan-incomplete", {
            title: "Terraform puts some changes off to a later plan",
            detail: "They are not shown here: plan and review again after the apply.",
          }),
        ]
      : []),
    ...failedChecks.map(({ address, messages }) =>
      found("check-failed", {
        resource: address,
        title: `${code(address)} does not hold`,
        ...(messages.length === 0 ? {} : { detail: messages.join(" ") }),
      }),
    ),
  ];
}
