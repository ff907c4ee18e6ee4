/** What a plan holds that this version cannot read. It is named, and never taken for nothing. */
import { actionOf } from "./change";
import { type Plan, PlanSchema } from "./plan";
import { isEmpty } from "./value-parts";

/** Parts that need no reading: they repeat the rest, or say how it was made. */
const SILENT = [
  ...["variables", "planned_values", "prior_state", "configuration", "relevant_attributes", "applyable"],
  ...["proposed_unknown", "provider_schemas"],
];

/** Parts of a plan that this version does not know, by name: newer engines add some. */
export function unknownParts(plan: Plan): readonly string[] {
  const parts = Object.entries(plan)
    .filter(([name, value]) => !Object.hasOwn(PlanSchema.shape, name) && !SILENT.includes(name) && !isEmpty(value))
    .map(([name]) => name);
  const modes = plan.resource_changes
    .filter(({ mode }) => mode !== "managed" && mode !== "data")
    .map(({ mode, address }) => `${mode} ${address}`);
  const actions = plan.resource_changes
    .filter(({ mode, change }) => mode === "managed" && actionOf(change.actions) === "unknown")
    .map(({ address, change }) => `${change.actions.join(" and ") || "no action"} of ${address}`);
  return [...parts, ...modes, ...actions];
}
