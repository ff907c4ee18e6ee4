/**
 * The password that Gladly sends with every delivery. Gladly never tells which it has, so its number in the state says whose
 * it is: three numbers for each version, one for each owner (src/deploy/constructs/survey-webhook.ts).
 */

import { type Found, found } from "../../report/catalogue";
import { type Change, differs, number } from "../../terraform/change";
import type { ChangeSet } from "./change-set";

type Owner = "the relay's own password" | "Stella Connect's test key" | "Stella Connect's production key";

const OWNERS: readonly Owner[] = [
  "Stella Connect's production key",
  "the relay's own password",
  "Stella Connect's test key",
];

export function passwordFindings({ changes }: ChangeSet): readonly Found[] {
  return changes
    .filter(({ type, action }) => type === "gladly_webhook" && (action === "update" || action === "replace"))
    .filter((change) => differs(change, "credentials"))
    .map(handedOver);
}

function handedOver({ address: resource, before, after }: Change): Found {
  const old = passwordOf(before);
  const fresh = passwordOf(after);
  if (fresh === undefined) {
    return found("password-handed-over", {
      resource,
      title: "The webhook's credentials are no longer under code",
      detail: "Gladly keeps the ones that it has, which nothing here can tell or change any more.",
    });
  }
  const rotated = old?.owner === fresh.owner;
  const what = rotated ? `a new version of ${fresh.owner}` : fresh.owner;
  const instead = old === undefined || rotated ? "" : ` instead of ${old.owner}`;
  return found("password-handed-over", {
    resource,
    title: `Gladly is given ${what}${instead}, version ${fresh.version}, to send with every delivery`,
    detail:
      "Gladly sends no PING for a changed password, so nothing proves that it is the right one until the next close is delivered." +
      (rotated
        ? " A receiver that does not accept the new one yet refuses every delivery, and after an hour Gladly switches the webhook off."
        : ""),
    remedy: rotated
      ? "See that the receiver accepts the old and the new one (`relay secrets rotate`), and hand it over with the apply."
      : "The apply needs its value; a value of the other kind would send surveys elsewhere.",
  });
}

function passwordOf(side: object): { readonly owner: Owner; readonly version: number } | undefined {
  const given = number(side, "credentials", "password_wo_version");
  const owner = given === undefined || !Number.isInteger(given) || given < 1 ? undefined : OWNERS[given % 3];
  return owner === undefined || given === undefined ? undefined : { owner, version: Math.ceil(given / 3) };
}
