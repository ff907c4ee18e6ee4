/** `gladly_webhook` in `terraform query`: finds webhooks that were created in Gladly, to import them. */
import { defineListResource } from "../protocol/resource";
import { explained } from "./failure";
import type { Gladly } from "./gladly";
import { webhookFilter, webhooksThatFit } from "./webhook.filter";
import { type webhookAttributes, webhookState } from "./webhook.schema";

export const webhookList = defineListResource<typeof webhookFilter, typeof webhookAttributes, Gladly>({
  type: "gladly_webhook",
  description:
    "Lists all webhooks of the organization, whether Terraform manages them or not. Gladly never shows credentials and header values: add them to the configuration that Terraform generates.",
  attributes: webhookFilter,
  async list(filter, { client }) {
    const gladly = client.within(undefined);
    const webhooks = await explained(gladly.url, "Listing the webhooks", () => gladly.webhooks());
    return webhooksThatFit(webhooks, filter).map((webhook) => ({
      displayName: webhook.name || webhook.url,
      state: webhookState(webhook, { credentials: null, headers_wo_version: null, timeouts: null }),
    }));
  },
});
