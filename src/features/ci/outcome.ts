/** What a plan comes to, for a pipeline that has to decide whether there is anything to apply. */
import type { Plan } from "../../terraform/plan";

/** Whether applying it would change anything: a resource, what is kept of one in the state, or an output. */
export function planChanges(plan: Plan): boolean {
  const changes = ({ actions }: { readonly actions: readonly string[] }) =>
    actions.some((action) => action !== "no-op" && action !== "read");
  return (
    plan.resource_changes.some(
      ({ change, previous_address, mode }) =>
        mode === "managed" && (changes(change) || change.importing !== undefined || previous_address !== undefined),
    ) || Object.values(plan.output_changes).some(changes)
  );
}

/**
 * Whether applying it hands a password to Gladly. It is sent when the webhook is made and when anything of its credentials
 * changes (docs/provider: `credentials`), so an apply must then be given the real one.
 */
export function handsOverPassword(plan: Plan): boolean {
  return plan.resource_changes.some(({ type, mode, change }) => {
    if (type !== "gladly_webhook" || mode !== "managed") return false;
    if (change.actions.includes("create")) return true;
    return change.actions.includes("update") && credentials(change.before) !== credentials(change.after);
  });
}

function credentials(value: unknown): string {
  const found = typeof value === "object" && value !== null ? Reflect.get(value, "credentials") : undefined;
  return JSON.stringify(found ?? null);
}
