/** Why Gladly refuses a webhook: known before where it can be; else its answers name a field at best, so what is known besides is looked up. */
import type { GladlyRefusal } from "../../vendors/gladly/errors";
import type { Webhook, WebhookInput } from "../../vendors/gladly/wire";
import { OperationError } from "../protocol/diagnostics";
import { attributePath } from "../protocol/values/path";
import type { Gladly } from "./gladly";

/** Webhooks that one organization can have (docs/vendors/gladly-api.md section 6). */
export const WEBHOOK_LIMIT = 20;

/**
 * What Gladly would refuse and can be known without asking it to do so: a taken address, and one webhook too many.
 *
 * @param id of the webhook that is changed; undefined for one that is to be made
 */
export async function foreseenRefusal(gladly: Gladly, input: WebhookInput, id?: string): Promise<Error | undefined> {
  if (input.url === undefined) return undefined;
  const webhooks = await gladly.webhooks();
  const holder = webhooks.find((webhook) => webhook.url === input.url && webhook.id !== id);
  if (holder) return addressTaken(input.url, holder);
  return id === undefined && webhooks.length >= WEBHOOK_LIMIT ? tooMany(webhooks.length) : undefined;
}

/** The error to show for a refused create or update; the refusal itself when there is nothing to add. */
export async function refusedWrite(
  refusal: GladlyRefusal,
  gladly: Gladly,
  url: string,
  input: WebhookInput,
): Promise<Error> {
  if (refusal.status !== 400) return refusal;
  const webhooks = await gladly.client.webhooks().catch(() => []);
  const holder = input.url === undefined ? undefined : webhooks.find((webhook) => webhook.url === input.url);
  if (refusal.has("taken", "url") || holder) return addressTaken(url, holder, refusal);
  if (refusal.method === "POST" && webhooks.length >= WEBHOOK_LIMIT) return tooMany(webhooks.length, refusal);
  const elsewhere = refusal.errors.find(({ attr }) => attr === "name" || attr === "events");
  if (elsewhere?.attr) {
    return new OperationError(
      "Gladly refused the webhook",
      `${refusal.message}.`,
      attributePath(elsewhere.attr),
      refusal,
    );
  }
  if (input.enabled !== true && input.url === undefined) return refusal;
  return new OperationError(
    "The receiver did not answer the PING",
    `Before it ${input.url === undefined ? "enables a webhook" : "accepts a webhook"}, Gladly sends {"type":"PING"} to ${url} and needs exactly 200 within 15 seconds. ${refusal.message}. Check that the receiver runs, that Gladly can reach it, and that it accepts these credentials. Nothing was changed at Gladly.`,
    attributePath("url"),
    refusal,
  );
}

function addressTaken(url: string, holder: Webhook | undefined, refusal?: GladlyRefusal): Error {
  const who = holder ? `, "${holder.name ?? ""}" (${holder.id}),` : "";
  return new OperationError(
    "The address is taken",
    `Another webhook${who} posts to ${url} already, and Gladly allows one webhook for each address. Import that one (by its id or url), or use another address.${said(refusal)}`,
    attributePath("url"),
    refusal,
  );
}

function tooMany(count: number, refusal?: GladlyRefusal): Error {
  return new OperationError(
    "Too many webhooks",
    `Gladly allows ${WEBHOOK_LIMIT} webhooks in one organization, and there are ${count}. Delete one first.${said(refusal)}`,
    undefined,
    refusal,
  );
}

/** Gladly's own words, where it was asked. */
function said(refusal: GladlyRefusal | undefined): string {
  return refusal ? ` ${refusal.message}.` : " Gladly was not asked.";
}
