/** What of Gladly a stack manages, as its plan tells after a refresh. */

import { text } from "../../terraform/change";
import type { Plan, ResourceChange } from "../../terraform/plan";

export interface ManagedInGladly {
  /** Ids at Gladly of what is there now, or is about to be taken over. */
  readonly webhooks: readonly string[];
  readonly topics: readonly string[];
  /** The webhook's address: as it should be, or else as it is. */
  readonly webhookUrl: string | undefined;
  /** Whether the state knows any resource of the stack. */
  readonly applied: boolean;
}

export function managedIn(plan: Plan): ManagedInGladly {
  const managed = plan.resource_changes.filter(({ mode }) => mode === "managed");
  const [webhook] = managed.filter(({ type }) => type === "gladly_webhook");
  return {
    webhooks: idsOf(managed, "gladly_webhook"),
    topics: idsOf(managed, "gladly_topic"),
    webhookUrl: webhook && (text(webhook.change.after, "url") ?? text(webhook.change.before, "url")),
    // What was deleted outside is still drift of something that was applied.
    applied:
      plan.resource_drift.length > 0 ||
      managed.some(({ change }) => !change.actions.includes("create") || change.actions.length > 1),
  };
}

function idsOf(changes: readonly ResourceChange[], type: string): readonly string[] {
  return changes.filter((change) => change.type === type).flatMap(({ change }) => text(change.before, "id") ?? []);
}
