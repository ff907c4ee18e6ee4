/** Which webhooks a data source or a query returns. */
import type { Webhook } from "../../vendors/gladly/wire";
import { string } from "../protocol/schema/attributes";
import { oneOf } from "../protocol/schema/validator";
import { hasPart } from "./lookup";
import { webhookStatus } from "./webhook.schema";

export const webhookFilter = {
  name_contains: string({ optional: true, description: "Only webhooks with this in their name, in any case." }),
  event: string({ optional: true, description: "Only webhooks that deliver events of this type." }),
  status: string({
    optional: true,
    description: "Only webhooks in this state.",
    validators: [oneOf("active", "disabled", "deactivated_by_gladly")],
  }),
};

/** The webhooks that fit, by address. */
export function webhooksThatFit(
  webhooks: readonly Webhook[],
  { name_contains, event, status }: Readonly<Record<keyof typeof webhookFilter, string | null>>,
): readonly Webhook[] {
  return webhooks
    .filter(({ name }) => hasPart(name, name_contains))
    .filter(({ events }) => event === null || events.includes(event))
    .filter((webhook) => status === null || webhookStatus(webhook) === status)
    .toSorted((a, b) => a.url.localeCompare(b.url, "en"));
}
