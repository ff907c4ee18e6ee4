/** Explains why Gladly refuses a webhook. Its answers name at most a field, so the rest is looked up. */
import type { GladlyRefusal } from "../../vendors/gladly/errors";
import type { Webhook, WebhookInput } from "../../vendors/gladly/wire";
import { OperationError } from "../protocol/diagnostics";
import { attributePath } from "../protocol/values/path";
import { GRACE_MS } from "./departures";
import type { Gladly } from "./gladly";

/** Webhooks that one organization can have (docs/vendors/gladly-api.md section 6). */
export const WEBHOOK_LIMIT = 20;

/**
 * Waits until the address is free, if this run frees it, and until there are few enough webhooks.
 *
 * @param resource a description of the resource, for messages
 * @param id of the webhook that is changed; undefined for a new one
 * @throws OperationError if the address stays taken, or there are too many webhooks
 */
export async function awaitAddress(gladly: Gladly, url: string, resource: string, id?: string): Promise<void> {
  // The list may be older than this run's changes, so a conflict is checked again.
  let webhooks = await gladly.webhooks();
  for (;;) {
    const holder = holderOf(url, webhooks, id);
    if (!holder) break;
    const pause = (milliseconds: number) => gladly.client.pause(milliseconds);
    const outcome = await gladly.departures.waitFor(holder.id, GRACE_MS, id, pause);
    if (outcome === "circle") throw swapped(url, holder);
    gladly.changed();
    webhooks = await gladly.webhooks();
    if (holderOf(url, webhooks, id)?.id !== holder.id) continue;
    gladly.departures.refusedBecauseOf(holder.id, resource);
    throw addressTaken(url, holder);
  }
  if (id !== undefined || webhooks.length < WEBHOOK_LIMIT) return;
  await (gladly.departures.any ?? gladly.client.pause(GRACE_MS));
  gladly.changed();
  const { length } = await gladly.webhooks();
  if (length >= WEBHOOK_LIMIT) throw tooMany(length);
}

function holderOf(url: string, webhooks: readonly Webhook[], id?: string): Webhook | undefined {
  return webhooks.find((webhook) => webhook.url === url && webhook.id !== id);
}

/** The error for a refused create or update; the refusal itself if there is nothing to add. */
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
  const elsewhere = refusal.errors.find(({ attr }) => attr !== undefined && attr !== null && attr in ATTRIBUTES);
  if (elsewhere?.attr) {
    const path = attributePath(ATTRIBUTES[elsewhere.attr] ?? "");
    return new OperationError("Gladly refused the webhook", `${refusal.message}.`, path, refusal);
  }
  if (input.enabled !== true && input.url === undefined) return refusal;
  return new OperationError(
    "The receiver did not answer the PING",
    `Before it ${input.url === undefined ? "enables a webhook" : "accepts a webhook"}, Gladly sends {"type":"PING"} to ${url} and needs exactly 200 within 15 seconds. ${refusal.message}. Check that the receiver runs, that Gladly can reach it, and that it accepts these credentials. Nothing was changed at Gladly.`,
    attributePath("url"),
    refusal,
  );
}

/** Gladly's names of the fields that only its own rules can refuse, with our attributes. */
const ATTRIBUTES: Readonly<Record<string, string>> = {
  name: "name",
  events: "events",
  credentials: "credentials",
  headers: "headers_wo",
};

function addressTaken(url: string, holder: Webhook | undefined, refusal?: GladlyRefusal): Error {
  const who = holder ? `, "${holder.name ?? ""}" (${holder.id}),` : "";
  return new OperationError(
    "The address is taken",
    `Another webhook${who} posts to ${url} already, and Gladly allows one webhook for each address. Import that one (by its id or url), or use another address. If it is this resource's own, of an earlier address in the configuration, add a \`moved\` block; with create_before_destroy the new one can never have the old one's address, so remove that setting.${said(refusal)}`,
    attributePath("url"),
    refusal,
  );
}

function swapped(url: string, holder: Webhook): Error {
  return new OperationError(
    "Two webhooks exchange their addresses",
    `The webhook "${holder.name ?? ""}" (${holder.id}) posts to ${url}, and waits in turn for the address of this one. Gladly allows one webhook for each address at any time, so they cannot be exchanged in one apply. Give one of the two a third address, apply, and apply the exchange after that; or exchange the two resources' other settings instead.`,
    attributePath("url"),
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

/** Gladly's own message, if there is one. */
function said(refusal: GladlyRefusal | undefined): string {
  return refusal ? ` ${refusal.message}.` : "";
}
