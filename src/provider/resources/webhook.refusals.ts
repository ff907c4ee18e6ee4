/** Why Gladly refused a webhook: its answers name a field at best, so what is known besides is looked up. */
import type { GladlyRefusal } from "../../gladly/errors";
import type { WebhookInput } from "../../gladly/wire";
import { OperationError } from "../protocol/diagnostics";
import { attributePath } from "../protocol/values/path";
import type { Gladly } from "./gladly";

/** Webhooks that one organization can have (facts/gladly-api.md section 6). */
export const WEBHOOK_LIMIT = 20;

/** The error to show for a refused create or update; the refusal itself when there is nothing to add. */
export async function refusedWrite(
  refusal: GladlyRefusal,
  gladly: Gladly,
  url: string,
  input: WebhookInput,
): Promise<Error> {
  if (refusal.status !== 400) return refusal;
  const webhooks = await gladly.client.webhooks().catch(() => []);
  const sameUrl = input.url === undefined ? undefined : webhooks.find((webhook) => webhook.url === input.url);
  if (refusal.has("taken", "url") || sameUrl) {
    return new OperationError(
      "The address is taken",
      `Another webhook${sameUrl ? `, "${sameUrl.name ?? ""}" (${sameUrl.id}),` : ""} posts to ${url} already, and Gladly allows one webhook for each address. Import that one (by its id or url), or use another address. ${refusal.message}.`,
      attributePath("url"),
      refusal,
    );
  }
  if (refusal.method === "POST" && webhooks.length >= WEBHOOK_LIMIT) {
    return new OperationError(
      "Too many webhooks",
      `Gladly allows ${WEBHOOK_LIMIT} webhooks in one organization, and there are ${webhooks.length}. Delete one first. ${refusal.message}.`,
      undefined,
      refusal,
    );
  }
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
