/** The request body for a webhook: everything on create, and only changes on update. */
import type { WebhookInput } from "../../vendors/gladly/wire";
import { OperationError } from "../protocol/diagnostics";
import { attributePath } from "../protocol/values/path";
import type { WebhookState } from "./webhook.schema";

export function webhookCreation(desired: WebhookState): WebhookInput {
  return {
    name: desired.name,
    url: desired.url,
    events: desired.events,
    enabled: desired.enabled,
    ...(desired.credentials === null ? {} : credentialsInput(desired.credentials)),
    ...(desired.headers_wo === null && desired.headers_wo_version === null ? {} : headersInput(desired)),
  };
}

/** Gladly sends a PING if `url` or `enabled` is in a PATCH, so they are sent only if they change. */
export function webhookChanges(desired: WebhookState, prior: WebhookState): WebhookInput {
  return {
    ...(desired.name === prior.name ? {} : { name: desired.name }),
    ...(desired.url === prior.url ? {} : { url: desired.url }),
    ...(sorted(desired.events) === sorted(prior.events) ? {} : { events: desired.events }),
    ...(desired.enabled === prior.enabled ? {} : { enabled: desired.enabled }),
    ...(identity(desired.credentials) === identity(prior.credentials)
      ? {}
      : desired.credentials === null
        ? { credentials: null }
        : credentialsInput(desired.credentials)),
    ...(desired.headers_wo_version === prior.headers_wo_version ? {} : headersInput(desired)),
  };
}

function sorted(events: readonly string[]): string {
  return [...events].sort().join(" ");
}

/** The comparable part of credentials: everything except the password, which its version represents. */
function identity(credentials: WebhookState["credentials"]): string {
  if (credentials === null) return "none";
  const { username, realm, password_wo_version: version } = credentials;
  return JSON.stringify([username, realm, version === null ? null : String(version)]);
}

function credentialsInput(credentials: NonNullable<WebhookState["credentials"]>): Pick<WebhookInput, "credentials"> {
  const { username, password_wo: password, realm } = credentials;
  if (password === null) {
    throw new OperationError(
      "The webhook's password is missing",
      "It must be sent to Gladly now, but `password_wo` is null. Set it at apply, for example through an ephemeral variable (TF_VAR_…). A plan alone does not need it.",
      attributePath("credentials", "password_wo"),
    );
  }
  return { credentials: { username, password, ...(realm === null ? {} : { realm }) } };
}

/** Always the whole map, because Gladly does not document whether it merges maps. Without a version nothing is sent. */
function headersInput(desired: WebhookState): Pick<WebhookInput, "headers"> {
  if (desired.headers_wo === null && desired.headers_wo_version !== null) {
    throw new OperationError(
      "The webhook's headers are missing",
      "`headers_wo_version` is set, so they must be sent to Gladly now, but `headers_wo` is null. Set them at apply, or `{}` for none. A plan alone does not need them.",
      attributePath("headers_wo"),
    );
  }
  return { headers: desired.headers_wo ?? {} };
}
