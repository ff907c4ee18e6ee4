/** How long logs are kept, and what is masked in them. */

import { type Finding, found } from "../../report/finding";
import { code } from "../../report/report";
import { number, text } from "../../terraform/change";
import type { ChangeSet } from "./change-set";
import { isLost } from "./judge-functions";

export function logFindings({ changes, destroys, relayLeaves }: ChangeSet): readonly Finding[] {
  const goes = destroys || relayLeaves;
  return changes.flatMap((change) => {
    const resource = change.address;
    if (change.type === "aws_cloudwatch_log_data_protection_policy") {
      if (change.action === "create" || goes) return [];
      const title = isLost(change)
        ? "Customers' e-mail addresses are no longer masked in the worker's log"
        : "The masking of the worker's log changes";
      return [
        found("redaction-removed", {
          resource,
          title,
          detail: "It is a second protection: the relay itself logs no address.",
        }),
      ];
    }
    if (change.type !== "aws_cloudwatch_log_group") return [];
    const name = code(text(change.before, "name") ?? change.name);
    if (isLost(change)) {
      return [found("log-lost", { resource, title: `The log ${name} is deleted, with its contents` })];
    }
    const kept = (side: object) => number(side, "retention_in_days");
    const [before, after] = [kept(change.before), kept(change.after)];
    // 0 is forever.
    const shorter = before !== undefined && after !== undefined && after !== 0 && (before === 0 || after < before);
    if (!shorter) return [];
    const until = before === 0 ? "forever" : `${before}`;
    return [
      found("log-retention-lowered", {
        resource,
        title: `The log ${name} is kept for ${after} days instead of ${until}`,
        detail: "AWS deletes older lines.",
      }),
    ];
  });
}
