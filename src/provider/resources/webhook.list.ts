/** `gladly_webhook` in `terraform query`: finds webhooks that were created in Gladly, to import them. */
import { defineListResource } from "../protocol/resource";
import { string } from "../protocol/schema/attributes";
import { oneOf } from "../protocol/schema/validator";
import { explained } from "./failure";
import type { Gladly } from "./gladly";
import { hasPart } from "./lookup";
import { type webhookAttributes, webhookState, webhookStatus } from "./webhook.schema";

const filter = {
  name_contains: string({ optional: true, description: "Only webhooks with this in their name, in any case." }),
  event: string({ optional: true, description: "Only webhooks that deliver events of this type." }),
  status: string({
    optional: true,
    description: "Only webhooks in this state.",
    validators: [oneOf("active", "disabled", "deactivated_by_gladly")],
  }),
};

export const webhookList = defineListResource<typeof filter, typeof webhookAttributes, Gladly>({
  type: "gladly_webhook",
  description:
    "Lists all webhooks of the organization, whether Terraform manages them or not. Gladly never shows credentials and header values: add them to the configuration that Terraform generates.",
  attributes: filter,
  async list({ name_contains, event, status }, { client }) {
    const gladly = client.within(undefined);
    const webhooks = await explained(gladly.url, "Listing the webhooks", () => gladly.webhooks());
    return webhooks
      .filter(({ name }) => hasPart(name, name_contains))
      .filter(({ events }) => event === null || events.includes(event))
      .filter((webhook) => status === null || webhookStatus(webhook) === status)
      .toSorted((a, b) => a.url.localeCompare(b.url, "en"))
      .map((webhook) => ({
        displayName: webhook.name || webhook.url,
        state: webhookState(webhook, { credentials: null, headers_wo_version: null, timeouts: null }),
      }));
  },
});
