/**
 * What an import finds, and what it may believe. Gladly never tells a webhook's credentials
 * (docs/vendors/gladly-api.md section 6), so after a plain import the next plan hands some over. A person who knows which ones
 * were typed says so in the import's id, and then there is nothing left to change.
 */
import type { Webhook } from "../../vendors/gladly/wire";
import { OperationError } from "../protocol/diagnostics";
import { type Unread, type WebhookState, webhookState } from "./webhook.schema";

/** `<id>,<user name>,<password_wo_version>`: Gladly's ids hold no comma, a user name may. */
const WITH_CREDENTIALS = /^([^,]+),(.+),(\d{1,15})$/;

const NOTHING_KNOWN: Unread = { credentials: null, headers_wo_version: null, timeouts: null };

/**
 * @param id the webhook's id, url or name; or `<id>,<user name>,<password_wo_version>`
 * @param url the organization's address, for messages
 * @throws OperationError when there is no such webhook, when there are several, and when Gladly has no credentials for
 * one that is said to have some
 */
export function importedWebhook(id: string, webhooks: readonly Webhook[], url: string): WebhookState {
  const plain = matching(id, webhooks);
  const said = WITH_CREDENTIALS.exec(id);
  if (plain.length > 0 || said === null) return webhookState(only(plain, id, webhooks, url), NOTHING_KNOWN);
  const [, mark = "", username = "", version] = said;
  // By its id only: what is said of credentials must never be believed of another webhook that took a name or an address.
  const webhook = only(
    webhooks.filter((candidate) => candidate.id === mark),
    mark,
    webhooks,
    url,
  );
  if (!webhook.hasCredentials) {
    throw new OperationError(
      "The webhook has no credentials",
      `The import says that Gladly has the credentials of "${username}" for the webhook "${webhook.name ?? ""}" (${webhook.id}), and Gladly says that it has none. Import it by "${webhook.id}" alone: the next apply then hands credentials over.`,
    );
  }
  const credentials = { username, password_wo: null, password_wo_version: Number(version), realm: null };
  return webhookState(webhook, { ...NOTHING_KNOWN, credentials });
}

function matching(mark: string, webhooks: readonly Webhook[]): readonly Webhook[] {
  const byId = webhooks.filter((webhook) => webhook.id === mark);
  return byId.length > 0 ? byId : webhooks.filter((webhook) => webhook.url === mark || webhook.name === mark);
}

function only(found: readonly Webhook[], mark: string, all: readonly Webhook[], url: string): Webhook {
  const [webhook, ...others] = found;
  if (!webhook) {
    throw new OperationError(
      "No such webhook",
      `Gladly at ${url} has no webhook with the id, the url or the name "${mark}". ${listed(all)}\nAn import block whose webhook was deleted since is to be removed; the next apply then makes a new one.`,
    );
  }
  if (others.length > 0) {
    throw new OperationError(
      "More than one webhook",
      `Several webhooks are called "${mark}"; import by id. ${listed(found)}`,
    );
  }
  return webhook;
}

function listed(webhooks: readonly Webhook[]): string {
  const lines = webhooks.map((webhook) => `\n  ${webhook.id}  ${webhook.url}  ${webhook.name ?? ""}`);
  return lines.length === 0 ? "It has none at all." : `There are:${lines.join("")}`;
}
