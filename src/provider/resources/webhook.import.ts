/**
 * Finds the webhook of an import. Gladly never shows a webhook's credentials (docs/vendors/gladly-api.md section 6), so after
 * a plain import the next plan sends some. If you know the current credentials, put them into the import's id, and the next
 * plan changes nothing.
 */
import type { Webhook } from "../../vendors/gladly/wire";
import { OperationError } from "../protocol/diagnostics";
import { type Unread, type WebhookState, webhookState } from "./webhook.schema";

/** `<id>,<user name>,<password_wo_version>`: Gladly's ids contain no comma, but a user name may. */
const WITH_CREDENTIALS = /^([^,]+),(.+),(\d{1,15})$/;

const NOTHING_KNOWN: Unread = { credentials: null, headers_wo_version: null, timeouts: null };

/**
 * @param id the webhook's id, url or name; or `<id>,<user name>,<password_wo_version>`
 * @param url the organization's address, for messages
 * @throws OperationError if there is no such webhook, if there are several, or if the id names credentials and Gladly has none
 */
export function importedWebhook(id: string, webhooks: readonly Webhook[], url: string): WebhookState {
  const plain = matching(id, webhooks);
  const said = WITH_CREDENTIALS.exec(id);
  if (plain.length > 0 || said === null) return webhookState(only(plain, id, webhooks, url), NOTHING_KNOWN);
  const [, mark = "", username = "", version] = said;
  // With credentials by id only: they must never apply to another webhook that has taken over a name or an address.
  const webhook = only(
    webhooks.filter((candidate) => candidate.id === mark),
    mark,
    webhooks,
    url,
  );
  if (!webhook.hasCredentials) {
    throw new OperationError(
      "The webhook has no credentials",
      `The import says that Gladly has the credentials of "${username}" for the webhook "${webhook.name ?? ""}" (${webhook.id}), and Gladly says that it has none. Import it by "${webhook.id}" alone: the next apply then sends credentials.`,
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
      `Gladly at ${url} has no webhook with the id, the url or the name "${mark}". ${listed(all)}\nIf the webhook of an import block was deleted, remove the block. The next apply then creates a new webhook.`,
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
