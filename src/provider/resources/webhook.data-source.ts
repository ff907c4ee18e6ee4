/** `gladly_webhook` and `gladly_webhooks`: webhooks that are managed elsewhere. */
import type { Webhook } from "../../vendors/gladly/wire";
import { defineDataSource } from "../protocol/resource";
import { bool, nestedList, string, stringSet } from "../protocol/schema/attributes";
import { explained } from "./failure";
import type { Gladly } from "./gladly";
import { exactlyOne, findOne } from "./lookup";
import { webhookFilter, webhooksThatFit } from "./webhook.filter";
import { WEBHOOK_LIMIT } from "./webhook.refusals";
import { webhookStatus } from "./webhook.schema";

/** What Gladly says about a webhook, besides the search attributes. */
const settings = {
  events: stringSet({ computed: true, description: "The types of the events that it delivers." }),
  enabled: bool({ computed: true, description: "Whether events are delivered." }),
  status: string({ computed: true, description: "`active`, `disabled` or `deactivated_by_gladly`." }),
  has_credentials: bool({ computed: true, description: "Whether Gladly sends credentials with its deliveries." }),
  header_keys: stringSet({ computed: true, description: "The names of the fixed headers." }),
  disabled_at_due_to_retry_limit: string({
    computed: true,
    description: "When Gladly switched it off after the fourth failed retry (RFC 3339).",
  }),
  created_at: string({ computed: true, description: "When it was created (RFC 3339)." }),
  updated_at: string({ computed: true, description: "When it was last changed (RFC 3339)." }),
};

const one = {
  id: string({ optional: true, computed: true, description: "The webhook's id. Give this, `url` or `name`." }),
  url: string({ optional: true, computed: true, description: "Where it posts. Give this, `id` or `name`." }),
  name: string({ optional: true, computed: true, description: "Its name, exactly. Give this, `id` or `url`." }),
  ...settings,
};

export const webhookDataSource = defineDataSource<typeof one, Gladly>({
  type: "gladly_webhook",
  description: "A webhook, found by its id, its url or its name. Names need not be unique.",
  attributes: one,
  validate: ({ id, url, name }, report) => exactlyOne({ id, url, name }, report),
  async read({ id, url, name }, { client: gladly }) {
    const webhooks = await explained(gladly.url, "Reading the webhooks", () => gladly.webhooks());
    return findOne("webhook", webhooks.map(webhookFields), { id, url, name });
  },
});

const item = {
  id: string({ computed: true, description: "The webhook's id." }),
  url: string({ computed: true, description: "Where it posts." }),
  name: string({ computed: true, description: "Its name." }),
  ...settings,
};
const many = {
  ...webhookFilter,
  webhooks: nestedList(item, {
    computed: true,
    description: `The webhooks, by address. An organization has at most ${WEBHOOK_LIMIT}.`,
  }),
};

export const webhooksDataSource = defineDataSource<typeof many, Gladly>({
  type: "gladly_webhooks",
  description: "The webhooks of the organization.",
  attributes: many,
  async read(config, { client: gladly }) {
    const webhooks = await explained(gladly.url, "Reading the webhooks", () => gladly.webhooks());
    return { ...config, webhooks: webhooksThatFit(webhooks, config).map(webhookFields) };
  },
});

function webhookFields(webhook: Webhook) {
  return {
    id: webhook.id,
    url: webhook.url,
    name: webhook.name ?? null,
    events: [...new Set(webhook.events)],
    enabled: webhook.enabled,
    status: webhookStatus(webhook),
    has_credentials: webhook.hasCredentials,
    header_keys: [...new Set(webhook.headerKeys)],
    disabled_at_due_to_retry_limit: webhook.disabledAtDueToRetryLimit ?? null,
    created_at: webhook.createdAt ?? null,
    updated_at: webhook.updatedAt ?? null,
  };
}
