/** Tells a pipeline whether a plan has anything to apply, and whether that needs the password. */
import type { Plan } from "../../terraform/plan";

/** Whether an apply would do anything with a resource or an output. */
export function changes({ actions }: { readonly actions: readonly string[] }): boolean {
  return actions.some((action) => action !== "no-op" && action !== "read");
}

/** Whether an apply would change anything: a resource, its entry in the state, or an output. */
export function planChanges(plan: Plan): boolean {
  return (
    plan.resource_changes.some(
      ({ change, previous_address, mode }) =>
        mode === "managed" && (changes(change) || change.importing !== undefined || previous_address !== undefined),
    ) || Object.values(plan.output_changes).some(changes)
  );
}

/**
 * Whether an apply sends a password to Gladly, and so needs the real one. It does when it creates the webhook or changes
 * its credentials (docs/provider: `credentials`).
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
