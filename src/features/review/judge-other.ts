/** What no other family speaks of: honest about what a review does not know. */

import { type Found, found } from "../../report/catalogue";
import { code } from "../../report/report";
import type { Change } from "../../terraform/change";
import { isKnownType } from "./attribute-rows";
import type { ChangeSet } from "./change-set";

/** @param told addresses that another family has told of */
export function otherFindings(
  { changes, destroys, first, relayLeaves }: ChangeSet,
  told: ReadonlySet<string>,
): readonly Found[] {
  return changes.flatMap((change) => {
    if (!isKnownType(change.type)) return change.action === "no-op" ? [] : [unknown(change)];
    if (told.has(change.address) || destroys || first || relayLeaves) return [];
    if (change.action === "replace") return [replaced(change)];
    if (change.action === "delete") return [destroyed(change)];
    return [];
  });
}

function unknown({ address: resource, type, action }: Change): Found {
  return found("resource-unknown", {
    resource,
    title: `A review knows nothing of ${code(type)}: what it means that this one is ${PAST[action]} is for you to judge`,
  });
}

const PAST: Readonly<Record<Change["action"], string>> = {
  create: "created",
  update: "updated",
  replace: "destroyed and made again",
  delete: "destroyed",
  forget: "no longer under code",
  read: "read",
  "no-op": "left as it is",
};

function replaced({ address: resource, forcedBy }: Change): Found {
  const why = forcedBy.length === 0 ? "" : `, since ${forcedBy.map(code).join(", ")} cannot be changed`;
  return found("resource-replaced", { resource, title: `${code(resource)} is destroyed and made again${why}` });
}

function destroyed({ address: resource }: Change): Found {
  return found("resource-destroyed", { resource, title: `${code(resource)} is destroyed` });
}
