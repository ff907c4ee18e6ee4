/** What happened to a webhook outside of Terraform, and why, as far as Gladly lets one know. */
import type { Webhook } from "../../vendors/gladly/wire";
import type { Report } from "../protocol/diagnostics";
import { attributePath } from "../protocol/values/path";
import type { Unread, WebhookState } from "./webhook.schema";

/**
 * Tells what changed. Gives back what the state may go on believing of the things that Gladly never tells: secrets
 * that were taken away by hand are forgotten, so that the plan shows them missing and the apply puts them back.
 */
export function heedDrift(state: WebhookState, webhook: Webhook, report: Report): Unread {
  const switchedOff = state.enabled && !webhook.enabled;
  const credentialsGone = state.credentials !== null && !webhook.hasCredentials;
  const headersGone = state.headers_wo_version !== null && lacksHeaders(state, webhook);
  if (switchedOff) warnSwitchedOff(state, webhook, report);
  if (credentialsGone) {
    report.warning(
      "The webhook's credentials were removed",
      `Gladly has no credentials for the webhook "${state.name}" any more. Applying sets them again, and needs \`password_wo\`.`,
      attributePath("credentials"),
    );
  }
  if (headersGone) {
    report.warning(
      "The webhook's headers were changed",
      `Gladly does not have all headers of the webhook "${state.name}" any more: they were ${list(state.header_keys)}, and are ${list(webhook.headerKeys)}. Applying sets them again, and needs \`headers_wo\`.`,
      attributePath("header_keys"),
    );
  }
  if (hasSecrets(state) && !credentialsGone && !headersGone && isUnexplained(state, webhook)) {
    report.warning(
      "The webhook was changed, and Gladly does not show how",
      `The webhook "${state.name}" was changed at ${webhook.updatedAt}, outside of Terraform, and nothing that Gladly shows is different. Its credentials or header values may have been replaced. If deliveries are refused, raise \`password_wo_version\` to send them again. To accept it as it is: terraform apply -refresh-only.`,
      attributePath("updated_at"),
    );
  }
  return {
    credentials: credentialsGone ? null : state.credentials,
    headers_wo_version: headersGone ? null : state.headers_wo_version,
    timeouts: state.timeouts,
  };
}

function warnSwitchedOff(state: WebhookState, webhook: Webhook, report: Report): void {
  if (webhook.disabledAtDueToRetryLimit) {
    report.warning(
      "Gladly switched this webhook off",
      `Gladly switched the webhook "${state.name}" off at ${webhook.disabledAtDueToRetryLimit}, after the fourth failed retry of a delivery to ${webhook.url}. Events since then were not delivered. Find out why the receiver failed; applying enables the webhook again as soon as the receiver answers Gladly's PING.`,
      attributePath("enabled"),
    );
    return;
  }
  report.warning(
    "The webhook was switched off by hand",
    `Someone switched the webhook "${state.name}" off outside of Terraform${webhook.updatedAt ? `, at the latest at ${webhook.updatedAt}` : ""}; it was not Gladly itself. Events are not being delivered. Applying enables it again.`,
    attributePath("enabled"),
  );
}

/** Header names mean the same in any case. */
function lacksHeaders(state: WebhookState, webhook: Webhook): boolean {
  const there = new Set(webhook.headerKeys.map((name) => name.toLowerCase()));
  return (state.header_keys ?? []).some((name) => !there.has(name.toLowerCase()));
}

function hasSecrets(state: WebhookState): boolean {
  return state.credentials !== null || state.headers_wo_version !== null;
}

/** Changed since it was last seen, although everything that can be seen is as it was. */
function isUnexplained(state: WebhookState, webhook: Webhook): boolean {
  const before = Date.parse(state.updated_at ?? "");
  const after = Date.parse(webhook.updatedAt ?? "");
  if (!(after > before)) return false;
  return (
    state.name === (webhook.name ?? "") &&
    state.url === webhook.url &&
    list(state.events) === list(webhook.events) &&
    state.enabled === webhook.enabled &&
    state.has_credentials === webhook.hasCredentials &&
    list(state.header_keys) === list(webhook.headerKeys)
  );
}

function list(values: readonly string[] | null): string {
  return [...(values ?? [])].sort().join(", ") || "none";
}
