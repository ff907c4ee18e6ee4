/** The changes of a plan for the tour: action, resource and differing values. */
import type { Plan, ResourceChange } from "../../terraform/plan";
import type { PlannedChange } from "./facts";

export function plannedChanges(plan: Plan): readonly PlannedChange[] {
  return plan.resource_changes.flatMap(({ address, mode, change }) =>
    mode === "managed" && change.actions.join() !== "no-op"
      ? [{ address, actions: change.actions, changed: changedValues(change) }]
      : [],
  );
}

/** What of an existing resource changes, one value a line; what is sensitive or not known yet is left out. */
function changedValues(change: ResourceChange["change"]): readonly string[] {
  const before = leaves(change.before);
  const after = leaves(change.after);
  const secret = new Set([...leaves(change.before_sensitive), ...leaves(change.after_sensitive)].map(([path]) => path));
  return [...before].flatMap(([path, value]) => {
    const next = after.get(path);
    if (next === undefined || next === value || secret.has(path)) return [];
    return [`${path}: ${value} -> ${next}`];
  });
}

/** Every plain value of a document by its path. */
function leaves(value: unknown, path = ""): Map<string, string> {
  if (typeof value !== "object") return new Map([[path, JSON.stringify(value)]]);
  return new Map(
    Object.entries(value ?? {}).flatMap(([key, inner]) => [...leaves(inner, path === "" ? key : `${path}.${key}`)]),
  );
}
