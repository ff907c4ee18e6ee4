/** What a stack manages in Gladly, according to its plan after a refresh. */

import { text } from "../../terraform/change";
import type { Plan, ResourceChange } from "../../terraform/plan";

export interface ManagedInGladly {
  /** Ids in Gladly of what exists now, or is about to be imported. */
  readonly webhooks: readonly string[];
  readonly topics: readonly string[];
  /** The webhook's address: as it should be, or else as it is. */
  readonly webhookUrl: string | undefined;
  /** Whether the state knows any resource of the stack. */
  readonly applied: boolean;
}

export function managedIn(plan: Plan): ManagedInGladly {
  if (plan.errored) return managedBefore(plan);
  const managed = plan.resource_changes.filter(({ mode }) => mode === "managed");
  const [webhook] = managed.filter(({ type }) => type === "gladly_webhook");
  return {
    webhooks: idsOf(managed, "gladly_webhook"),
    topics: idsOf(managed, "gladly_topic"),
    webhookUrl: webhook && (text(webhook.change.after, "url") ?? text(webhook.change.before, "url")),
    // A resource that was deleted outside was applied before.
    applied:
      plan.resource_drift.length > 0 ||
      managed.some(({ change }) => !change.actions.includes("create") || change.actions.length > 1),
  };
}

/** A plan that was not finished does not name every resource; what was read before it does. */
function managedBefore(plan: Plan): ManagedInGladly {
  const resources = plan.prior_state?.values?.root_module.resources ?? [];
  const managed = resources.filter(({ mode }) => mode === "managed");
  const values = (type: string, key: string) =>
    managed.flatMap((resource) => (resource.type === type ? (text(resource.values, key) ?? []) : []));
  return {
    webhooks: values("gladly_webhook", "id"),
    topics: values("gladly_topic", "id"),
    webhookUrl: values("gladly_webhook", "url")[0],
    applied: managed.length > 0,
  };
}

function idsOf(changes: readonly ResourceChange[], type: string): readonly string[] {
  return changes.filter((change) => change.type === type).flatMap(({ change }) => text(change.before, "id") ?? []);
}
