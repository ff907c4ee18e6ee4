/** `gladly_webhook`: where Gladly posts what happens (facts/gladly-api.md section 6). */
import { GladlyRefusal } from "../../gladly/errors";
import type { Webhook, WebhookInput } from "../../gladly/wire";
import { OperationError, type Report } from "../protocol/diagnostics";
import { type Context, defineResource } from "../protocol/resource";
import { attributePath } from "../protocol/values/path";
import { explained } from "./failure";
import type { Gladly } from "./gladly";
import { refusedWrite } from "./webhook.refusals";
import { type WebhookState, webhookAttributes, webhookState } from "./webhook.schema";

export const webhookResource = defineResource<typeof webhookAttributes, Gladly>({
  type: "gladly_webhook",
  version: 0,
  description:
    "A webhook: Gladly posts events to an address, with ids only and no customer data.\n\nAn organization can have at most 20. Creating an enabled webhook, enabling one, or changing its `url` makes Gladly send a PING first, so the receiver must be up before.",
  attributes: webhookAttributes,

  async create(config, _planned, context) {
    const { client: gladly, created } = context;
    return explained(gladly.url, `Creating the webhook "${config.name}"`, async () => {
      const input: WebhookInput = {
        name: config.name,
        url: config.url,
        events: config.events,
        enabled: config.enabled ?? true,
        ...credentialsInput(config),
      };
      const id = await write(gladly, input, () => gladly.client.createWebhook(input));
      created({ id });
      return webhookState(await mustFind(gladly, id), config);
    });
  },

  async read(state, { client: gladly, report }) {
    const id = state.id ?? "";
    const webhook = await explained(gladly.url, `Reading the webhook ${id}`, () => gladly.webhook(id));
    if (!webhook) return undefined;
    reportChanges(state, webhook, report);
    return webhookState(webhook, state);
  },

  async update(config, _planned, prior, context) {
    const { client: gladly } = context;
    const id = prior.id ?? "";
    return explained(gladly.url, `Updating the webhook "${prior.name}" (${id})`, async () => {
      const input = changes(config, prior);
      if (Object.keys(input).length > 0) {
        await write(gladly, input, () => gladly.client.updateWebhook(id, input), config.url);
      }
      const webhook = await mustFind(gladly, id);
      if (config.credentials === null && webhook.hasCredentials) warnCredentialsKept(context);
      return webhookState(webhook, config);
    });
  },

  async delete(state, { client: gladly }) {
    const id = state.id ?? "";
    await explained(gladly.url, `Deleting the webhook "${state.name}" (${id})`, async () => {
      const webhook = await gladly.client.webhook(id);
      if (!webhook) return;
      try {
        // Gladly refuses to delete a webhook that is enabled.
        if (webhook.enabled) await gladly.client.updateWebhook(id, { enabled: false });
        await gladly.client.deleteWebhook(id);
      } catch (error) {
        if (error instanceof GladlyRefusal && error.status === 404) return;
        throw error;
      } finally {
        gladly.changed();
      }
    });
  },

  async import(id, { client: gladly }) {
    const webhooks = await explained(gladly.url, `Looking for the webhook ${id}`, () => gladly.webhooks());
    const byId = webhooks.filter((webhook) => webhook.id === id);
    const found = byId.length > 0 ? byId : webhooks.filter((webhook) => webhook.url === id || webhook.name === id);
    const [webhook, ...others] = found;
    if (!webhook) {
      throw new OperationError(
        "No such webhook",
        `Gladly at ${gladly.url} has no webhook with the id, the url or the name "${id}". ${listed(webhooks)}`,
      );
    }
    if (others.length > 0) {
      throw new OperationError(
        "More than one webhook",
        `Several webhooks are called "${id}"; import by id. ${listed(found)}`,
      );
    }
    return { ...webhookState(webhook, { credentials: null }), credentials: null };
  },
});

function listed(webhooks: readonly Webhook[]): string {
  const lines = webhooks.map((webhook) => `\n  ${webhook.id}  ${webhook.url}  ${webhook.name ?? ""}`);
  return lines.length === 0 ? "It has none at all." : `There are:${lines.join("")}`;
}

/** Writes, and explains the refusals that only a webhook can get. */
async function write<T>(
  gladly: Gladly,
  input: WebhookInput,
  send: () => Promise<T>,
  url = input.url ?? "",
): Promise<T> {
  try {
    return await send();
  } catch (error) {
    throw error instanceof GladlyRefusal ? await refusedWrite(error, gladly, url, input) : error;
  } finally {
    gladly.changed();
  }
}

async function mustFind(gladly: Gladly, id: string): Promise<Webhook> {
  const webhook = await gladly.client.webhook(id);
  if (webhook) return webhook;
  throw new OperationError("The webhook is gone", `Gladly accepted the webhook ${id}, and now has none with that id.`);
}

/** Only what changed: Gladly sends a PING when `url` or `enabled` is in a PATCH, and that must not be for nothing. */
function changes(config: WebhookState, prior: WebhookState): WebhookInput {
  const events = (state: WebhookState) => [...state.events].sort().join(" ");
  const secret = (state: WebhookState) => {
    const { username, realm, password_wo_version: version } = state.credentials ?? {};
    return JSON.stringify([state.credentials === null, username, realm, String(version)]);
  };
  return {
    ...(config.name === prior.name ? {} : { name: config.name }),
    ...(config.url === prior.url ? {} : { url: config.url }),
    ...(events(config) === events(prior) ? {} : { events: config.events }),
    ...((config.enabled ?? true) === prior.enabled ? {} : { enabled: config.enabled ?? true }),
    ...(secret(config) === secret(prior)
      ? {}
      : config.credentials === null
        ? { credentials: null }
        : credentialsInput(config)),
  };
}

function credentialsInput({ credentials }: WebhookState): Pick<WebhookInput, "credentials"> {
  if (credentials === null) return {};
  const { username, password_wo: password, realm } = credentials;
  if (password === null) {
    throw new OperationError(
      "The webhook's password is missing",
      "It has to be sent to Gladly now, and `password_wo` is null. Give it at apply, for example through an ephemeral variable (TF_VAR_…). A plan alone does not need it.",
      attributePath("credentials", "password_wo"),
    );
  }
  return { credentials: { username, password, ...(realm === null ? {} : { realm }) } };
}

/** Tells what happened to the webhook since the last apply, and why, as far as Gladly lets one know. */
function reportChanges(state: WebhookState, webhook: Webhook, report: Report): void {
  const enabled = attributePath("enabled");
  if (state.enabled && !webhook.enabled && webhook.disabledAtDueToRetryLimit) {
    report.warning(
      "Gladly switched this webhook off",
      `Gladly switched the webhook "${state.name}" off at ${webhook.disabledAtDueToRetryLimit}, after the fourth failed retry of a delivery to ${webhook.url}. Events since then were not delivered. Find out why the receiver failed; applying enables the webhook again as soon as the receiver answers Gladly's PING.`,
      enabled,
    );
  } else if (state.enabled && !webhook.enabled) {
    report.warning(
      "The webhook was switched off",
      `Someone switched the webhook "${state.name}" off outside of Terraform${webhook.updatedAt ? `, at the latest at ${webhook.updatedAt}` : ""}; Gladly itself did not. Events are not being delivered. Applying enables it again.`,
      enabled,
    );
  }
  if (state.credentials !== null && !webhook.hasCredentials) {
    report.warning(
      "The webhook's credentials were removed",
      `Gladly has no credentials for the webhook "${state.name}" any more. Applying sets them again, and needs \`password_wo\`.`,
      attributePath("credentials"),
    );
  }
}

function warnCredentialsKept({ report }: Context<Gladly>): void {
  report.warning(
    "Gladly kept the credentials",
    "They are not in the configuration any more, but Gladly still has some: removing them is not documented. Replace the webhook (-replace) to be sure.",
    attributePath("credentials"),
  );
}
