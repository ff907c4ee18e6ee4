/** Finds parts of a plan that this version cannot read, so that they are reported and not ignored. */
import { actionOf } from "./change";
import { type Plan, PlanSchema } from "./plan";
import { isEmpty } from "./value-parts";

/** Parts that can be ignored: they repeat others, or describe how the plan was made. */
const SILENT = [
  ...["variables", "planned_values", "prior_state", "configuration", "relevant_attributes", "applyable"],
  ...["proposed_unknown", "provider_schemas"],
];

/** Names of the parts of a plan that this version does not know. Newer engines add some. */
export function unknownParts(plan: Plan): readonly string[] {
  const parts = Object.entries(plan)
    .filter(([name, value]) => !Object.hasOwn(PlanSchema.shape, name) && !SILENT.includes(name) && !isEmpty(value))
    .map(([name]) => name);
  const modes = plan.resource_changes
    .filter(({ mode }) => mode !== "managed" && mode !== "data")
    // OpenTofu 1.11 lists what it only opens for the time of the apply: nothing of it is in the state.
    .filter(({ mode, change }) => mode !== "ephemeral" || change.actions.join() !== "open")
    .map(({ mode, address }) => `${mode} ${address}`);
  const actions = plan.resource_changes
    .filter(({ mode, change }) => mode === "managed" && actionOf(change.actions) === "unknown")
    .map(({ address, change }) => `${change.actions.join(" and ") || "no action"} of ${address}`);
  return [...parts, ...modes, ...actions];
}
