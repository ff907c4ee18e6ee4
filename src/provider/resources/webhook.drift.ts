/** Reports what happened to a webhook outside of Terraform, and why, as far as Gladly shows it. */
import {
  type OutsideChanges,
  outsideChanges,
  type SeenWebhook,
  WEBHOOK_WARNINGS,
} from "../../vendors/gladly/webhook-changes";
import type { Webhook } from "../../vendors/gladly/wire";
import type { Diagnostics } from "../protocol/diagnostics";
import type { PrivateState } from "../protocol/private-state";
import { attributePath } from "../protocol/values/path";
import { type OpenEdit, type Secret, WebhookMemory } from "./webhook.memory";
import type { Unread, WebhookState } from "./webhook.schema";

/**
 * Warns about changes at every read until an apply sends new secrets. Returns the state's values for attributes that Gladly
 * never shows: removed secrets are dropped, so that the plan shows them missing and the apply sets them again.
 */
export function reportDrift(
  state: WebhookState,
  webhook: Webhook,
  privateState: PrivateState,
  report: Diagnostics,
): Unread {
  const memory = new WebhookMemory(privateState);
  const left = memory.left(state);
  const changes = outsideChanges({ ...seenInState(state), ...left }, seenAtGladly(webhook));
  memory.keep(left);
  noteEdit(state, changes, memory);
  const credentialsGone = state.credentials !== null && !webhook.hasCredentials;
  const headersGone = state.headers_wo_version !== null && changes.headersRemoved.length > 0;
  if (changes.switchedOff !== undefined) warnSwitchedOff(state, webhook, changes.switchedOff, report);
  if (credentialsGone) {
    report.warning(
      WEBHOOK_WARNINGS.credentialsRemoved,
      `Gladly no longer has credentials for the webhook "${state.name}". Applying sets them again, and needs \`password_wo\`.`,
      attributePath("credentials"),
    );
  }
  if (state.credentials === null && changes.credentials === "added") {
    report.warning(
      WEBHOOK_WARNINGS.credentialsAdded,
      `Someone gave the webhook "${state.name}" credentials outside of Terraform; the configuration has none, and Terraform does not remove them. Configure \`credentials\` to replace them, or remove them in Gladly's settings.`,
      attributePath("has_credentials"),
    );
  }
  if (headersGone || changes.headersAdded.length > 0) warnHeaders(state, left.headerKeys, webhook, headersGone, report);
  const open = memory.openEdit;
  if (open) warnOpenEdit(state, open, changes, report);
  return {
    credentials: credentialsGone ? null : state.credentials,
    headers_wo_version: headersGone ? null : state.headers_wo_version,
    timeouts: state.timeouts,
  };
}

/** A webhook according to the state. */
export function seenInState(state: WebhookState): SeenWebhook {
  return {
    name: state.name,
    url: state.url,
    events: state.events,
    enabled: state.enabled,
    hasCredentials: state.has_credentials === true,
    headerKeys: state.header_keys ?? [],
    updatedAt: state.updated_at,
    disabledAtDueToRetryLimit: state.disabled_at_due_to_retry_limit,
  };
}

/** A webhook according to Gladly. */
export function seenAtGladly(webhook: Webhook): SeenWebhook {
  return {
    name: webhook.name ?? "",
    url: webhook.url,
    events: webhook.events,
    enabled: webhook.enabled,
    hasCredentials: webhook.hasCredentials,
    headerKeys: webhook.headerKeys,
    updatedAt: webhook.updatedAt ?? null,
    disabledAtDueToRetryLimit: webhook.disabledAtDueToRetryLimit ?? null,
  };
}

/** Stores that someone changed the webhook, and which secrets may have been replaced. */
export function noteEdit(state: WebhookState, changes: OutsideChanges, memory: WebhookMemory): void {
  const secrets: readonly Secret[] = [
    ...(state.credentials === null ? [] : (["credentials"] as const)),
    ...(state.headers_wo_version === null ? [] : (["headers"] as const)),
  ];
  // Our own write with a lost answer also changed the time.
  if (changes.editedAt !== undefined && !memory.unconfirmed) memory.edited(changes.editedAt, secrets);
  memory.unconfirmed = false;
}

function warnSwitchedOff(
  state: WebhookState,
  webhook: Webhook,
  by: "by Gladly" | "by hand",
  report: Diagnostics,
): void {
  if (by === "by Gladly") {
    report.warning(
      WEBHOOK_WARNINGS.offByGladly,
      `Gladly switched the webhook "${state.name}" off at ${webhook.disabledAtDueToRetryLimit}, after the fourth failed retry of a delivery to ${webhook.url}. Events since then were not delivered. Find out why the receiver failed; applying enables the webhook again as soon as the receiver answers Gladly's PING.`,
      attributePath("enabled"),
    );
    return;
  }
  report.warning(
    WEBHOOK_WARNINGS.offByHand,
    `Someone switched the webhook "${state.name}" off outside of Terraform${webhook.updatedAt ? `, at the latest at ${webhook.updatedAt}` : ""}; it was not Gladly itself. Events are not being delivered. Applying enables it again.`,
    attributePath("enabled"),
  );
}

function warnHeaders(
  state: WebhookState,
  left: readonly string[],
  webhook: Webhook,
  removed: boolean,
  report: Diagnostics,
): void {
  const remedy = removed
    ? "Applying sets them again, and needs `headers_wo`."
    : "Terraform does not remove a header that it did not send. Raise `headers_wo_version` to send exactly those of the configuration (`headers_wo = {}` for none), or remove it in Gladly's settings.";
  report.warning(
    WEBHOOK_WARNINGS.headers,
    `The headers of the webhook "${state.name}" were changed outside of Terraform: they were ${list(left)}, and are ${list(webhook.headerKeys)}. ${remedy}`,
    attributePath("header_keys"),
  );
}

const VERSIONS: Readonly<Record<Secret, string>> = {
  credentials: "password_wo_version",
  headers: "headers_wo_version",
};
const SECRETS: Readonly<Record<Secret, string>> = { credentials: "its credentials", headers: "its header values" };

/** Gladly never shows a secret, so only sending it again makes it certain. */
function warnOpenEdit(
  state: WebhookState,
  { at, secrets }: OpenEdit,
  changes: OutsideChanges,
  report: Diagnostics,
): void {
  const shown = changes.visible.length === 0 ? "nothing that Gladly shows is different" : "not all of it may be shown";
  report.warning(
    WEBHOOK_WARNINGS.edited,
    `The webhook "${state.name}" was changed at ${at}, outside of Terraform, and ${shown}: ${secrets.map((secret) => SECRETS[secret]).join(" and ")} may have been replaced. To be sure, raise ${secrets.map((secret) => `\`${VERSIONS[secret]}\``).join(" and ")} and apply, which sends yours again. This warning repeats until then.`,
    attributePath("updated_at"),
  );
}

function list(values: readonly string[]): string {
  return [...values].sort().join(", ") || "none";
}
