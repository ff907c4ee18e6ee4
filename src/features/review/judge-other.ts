/** Changes that no other file judges. What no stack of this project has is named, one finding a type and action. */

import { type Finding, found } from "../../report/finding";
import { code, count } from "../../report/report";
import type { Action, Change } from "../../terraform/change";
import { isKnownType, isOurs } from "./attribute-rows";
import type { ChangeSet } from "./change-set";
import { PLANNED_VERBS } from "./difference-blocks";

/** @param judged addresses that another file has judged */
export function otherFindings(
  { changes, destroys, empty, relayLeaves }: ChangeSet,
  judged: ReadonlySet<string>,
): readonly Finding[] {
  const unknown = changes.filter((change) => !isOurs(change) && change.action !== "no-op");
  const known = changes.filter((change) => isOurs(change) && !judged.has(change.address));
  return [...unknownTypes(unknown), ...(destroys || empty || relayLeaves ? [] : known.flatMap(lost))];
}

function unknownTypes(changes: readonly Change[]): readonly Finding[] {
  const kinds = new Map<string, Change[]>();
  for (const change of changes) {
    const kind = `${change.type} ${change.action}`;
    kinds.set(kind, [...(kinds.get(kind) ?? []), change]);
  }
  return [...kinds.values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    const { type, action, address } = first;
    const what = isKnownType(type) ? `${same.length === 1 ? "this" : "these"} ${code(type)}` : `the type ${code(type)}`;
    const title = `The review does not know ${what}: check what it means that ${
      same.length === 1 ? `this one ${IS[action]}` : `${count(same.length, "resource")} ${ARE[action]}`
    }`;
    return [found("resource-unknown", same.length === 1 ? { resource: address, title } : { title })];
  });
}

const IS: Readonly<Record<Action, string>> = { ...PLANNED_VERBS, replace: "is destroyed and created again" };

const ARE: Readonly<Record<Action, string>> = {
  create: "are created",
  update: "are updated",
  replace: "are destroyed and created again",
  "replace-forget": "are created a second time, and the existing ones are forgotten",
  delete: "are destroyed",
  forget: "are forgotten",
  read: "are read",
  "no-op": "stay as they are",
  unknown: "change in a way that is not understood",
};

function lost({ address: resource, action, forcedBy }: Change): readonly Finding[] {
  if (action === "delete") return [found("resource-destroyed", { resource, title: `${code(resource)} is destroyed` })];
  if (action !== "replace") return [];
  const why = forcedBy.length === 0 ? "" : `, because ${forcedBy.map(code).join(", ")} cannot change in place`;
  return [found("resource-replaced", { resource, title: `${code(resource)} is destroyed and created again${why}` })];
}
