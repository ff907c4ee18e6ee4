/**
 * The password that Gladly sends with every delivery. Gladly never shows it, so its number in the state says whose it is:
 * three numbers for each version, one for each owner (src/deploy/constructs/survey-webhook.ts).
 */

import { type Finding, found } from "../../report/finding";
import { type Change, differs, number } from "../../terraform/change";
import { hasMoved } from "../drift/judge-organization";
import type { ChangeSet } from "./change-set";

type Owner = "the relay's own password" | "Stella Connect's test key" | "Stella Connect's production key";

const OWNERS: readonly Owner[] = [
  "Stella Connect's production key",
  "the relay's own password",
  "Stella Connect's test key",
];

export function passwordFindings({ changes, relayLeft }: ChangeSet): readonly Finding[] {
  return changes
    .filter(({ type, action }) => type === "gladly_webhook" && (action === "update" || action === "replace"))
    .filter((change) => differs(change, "credentials"))
    .map((change) => handedOver(change, hasMoved(relayLeft) ? undefined : passwordOf(change.before)));
}

/** @param old undefined where it is not known: the number of an imported webhook is only what its file says */
function handedOver({ address: resource, after }: Change, old: ReturnType<typeof passwordOf>): Finding {
  const fresh = passwordOf(after);
  if (fresh === undefined) {
    return found("password-handed-over", {
      resource,
      title: "Terraform no longer manages the webhook's credentials",
      detail: "Gladly keeps the present ones. No plan shows or changes them.",
    });
  }
  const rotated = old?.owner === fresh.owner;
  const what = rotated ? `a new version of ${fresh.owner}` : fresh.owner;
  const instead = old === undefined || rotated ? "" : ` instead of ${old.owner}`;
  return found("password-handed-over", {
    resource,
    title: `The webhook's password becomes ${what}${instead}, version ${fresh.version}`,
    detail:
      "Gladly sends it with every delivery, and sends no PING when it changes: only the next delivery shows whether it is right." +
      (rotated
        ? " A receiver that does not accept the new password refuses every delivery, and after an hour Gladly disables the webhook."
        : ""),
    remedy: rotated
      ? "Make the receiver accept both passwords (`relay secrets rotate`), and pass the new one to the apply."
      : "The apply needs its value. The value of the other key would send surveys to the wrong recipients.",
  });
}

function passwordOf(side: object): { readonly owner: Owner; readonly version: number } | undefined {
  const given = number(side, "credentials", "password_wo_version");
  const owner = given === undefined || !Number.isInteger(given) || given < 1 ? undefined : OWNERS[given % 3];
  return owner === undefined || given === undefined ? undefined : { owner, version: Math.ceil(given / 3) };
}
