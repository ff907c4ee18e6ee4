/** `gladly_webhook`: where Gladly posts what happens (docs/vendors/gladly-api.md section 6). */
import { GladlyRefusal } from "../../vendors/gladly/errors";
import type { Webhook, WebhookInput } from "../../vendors/gladly/wire";
import { OperationError } from "../protocol/diagnostics";
import { type Context, defineResource } from "../protocol/resource";
import { attributePath } from "../protocol/values/path";
import { explained } from "./failure";
import type { Gladly } from "./gladly";
import { heedDrift } from "./webhook.drift";
import { importedWebhook } from "./webhook.import";
import { webhookChanges, webhookCreation } from "./webhook.input";
import { foreseenRefusal, refusedWrite } from "./webhook.refusals";
import { webhookAttributes, webhookState } from "./webhook.schema";

export const webhookResource = defineResource<typeof webhookAttributes, Gladly>({
  type: "gladly_webhook",
  version: 0,
  description:
    "A webhook: Gladly posts events to an address, with ids only and no customer data.\n\nAn organization can have at most 20. Creating an enabled webhook, enabling one, or changing its `url` makes Gladly send a PING first, so the receiver must be up before.",
  attributes: webhookAttributes,

  async create(desired, context) {
    const gladly = context.client.within(context.timeout);
    return explained(gladly.url, `Creating the webhook "${desired.name}"`, async () => {
      const input = webhookCreation(desired);
      await refuseForeseen(gladly, input);
      const id = await write(gladly, input, () => gladly.client.createWebhook(input));
      context.created({ id });
      return webhookState(await mustFind(gladly, id), desired);
    });
  },

  async read(state, { client, report, timeout }) {
    const gladly = client.within(timeout);
    const id = state.id ?? "";
    const webhook = await explained(gladly.url, `Reading the webhook ${id}`, () => gladly.webhook(id));
    if (!webhook) return undefined;
    return webhookState(webhook, heedDrift(state, webhook, report));
  },

  async update(desired, prior, context) {
    const gladly = context.client.within(context.timeout);
    const id = prior.id ?? "";
    return explained(gladly.url, `Updating the webhook "${prior.name}" (${id})`, async () => {
      const input = webhookChanges(desired, prior);
      if (Object.keys(input).length > 0) {
        await refuseForeseen(gladly, input, id);
        await write(gladly, input, () => gladly.client.updateWebhook(id, input), desired.url);
      }
      const webhook = await mustFind(gladly, id);
      if (desired.credentials === null && webhook.hasCredentials) warnCredentialsKept(context);
      return webhookState(webhook, desired);
    });
  },

  async delete(state, { client, timeout }) {
    const gladly = client.within(timeout);
    const id = state.id ?? "";
    await explained(gladly.url, `Deleting the webhook "${state.name}" (${id})`, async () => {
      const webhook = await gladly.client.webhook(id);
      if (!webhook) return;
      try {
        // Gladly refuses to delete a webhook that is enabled.
        if (webhook.enabled) await gladly.client.updateWebhook(id, { enabled: false });
        await gladly.client.toTheEnd().deleteWebhook(id);
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
    return { ...importedWebhook(id, webhooks, gladly.url) };
  },
});

/** Stops before the call where the answer is known. */
async function refuseForeseen(gladly: Gladly, input: WebhookInput, id?: string): Promise<void> {
  const foreseen = await foreseenRefusal(gladly, input, id);
  if (foreseen) throw foreseen;
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
  const webhook = await gladly.client.toTheEnd().webhook(id);
  if (webhook) return webhook;
  throw new OperationError("The webhook is gone", `Gladly accepted the webhook ${id}, and now has none with that id.`);
}

function warnCredentialsKept({ report }: Context<Gladly>): void {
  report.warning(
    "Gladly kept the credentials",
    "They are not in the configuration any more, but Gladly still has some: removing them is not documented. Replace the webhook (-replace) to be sure.",
    attributePath("credentials"),
  );
}
