/** `gladly_webhook`: where Gladly posts what happens (docs/vendors/gladly-api.md section 6). */
import { GladlyRefusal } from "../../vendors/gladly/errors";
import { outsideChanges } from "../../vendors/gladly/webhook-changes";
import type { Webhook, WebhookInput } from "../../vendors/gladly/wire";
import { OperationError } from "../protocol/diagnostics";
import { type Context, defineResource } from "../protocol/resource";
import { attributePath } from "../protocol/values/path";
import { checkOrganization, refuseAbsence, rememberOrganization, reportAbsence, warnTwoOwners } from "./absence";
import { keepForSuccessor } from "./departures";
import { createdOrFound, explained } from "./failure";
import type { Gladly } from "./gladly";
import { noteEdit, reportDrift, seenAtGladly, seenInState } from "./webhook.drift";
import { importedWebhook } from "./webhook.import";
import { webhookChanges, webhookCreation } from "./webhook.input";
import { WebhookMemory } from "./webhook.memory";
import { awaitAddress, refusedWrite } from "./webhook.refusals";
import { checkWebhook, type WebhookState, webhookAttributes, webhookState } from "./webhook.schema";

export const webhookResource = defineResource<typeof webhookAttributes, Gladly>({
  type: "gladly_webhook",
  version: 0,
  description:
    "A webhook: Gladly posts events to an address, with ids only and no customer data.\n\nAn organization can have at most 20. Creating an enabled webhook, enabling one, or changing its `url` makes Gladly send a PING first, so the receiver must already be running.",
  attributes: webhookAttributes,
  identity: "id",
  validate: checkWebhook,

  async create(desired, context) {
    const gladly = context.client.within(context.timeout);
    return gladly.owners.holding("gladly_webhook", { url: desired.url }, called(desired), () =>
      explained(gladly.url, `Creating the webhook "${desired.name}"`, async () => {
        const input = webhookCreation(desired);
        await awaitAddress(gladly, desired.url, called(desired));
        const id = await createWebhook(gladly, input, context);
        context.created({ id });
        gladly.owners.claim("gladly_webhook", "id", id, called(desired));
        const webhook = await mustFind(gladly, id);
        new WebhookMemory(context.privateState).keep(webhook);
        await rememberOrganization(gladly, context.privateState);
        return webhookState(webhook, desired);
      }),
    );
  },

  async read(state, { client, report, timeout, privateState }) {
    const gladly = client.within(timeout);
    const id = state.id ?? "";
    return explained(gladly.url, `Reading the webhook ${id}`, async () => {
      const isNew = Date.now() - Date.parse(state.created_at ?? "") < NEW_MS;
      const find = () => gladly.webhook(id);
      const webhook = await (isNew ? gladly.settled(find) : find());
      if (!webhook) return reportAbsence(gladly, described(state), privateState, report);
      if (gladly.owners.readTwice("gladly_webhook", id)) warnTwoOwners(described(state), report);
      await rememberOrganization(gladly, privateState);
      return webhookState(webhook, reportDrift(state, webhook, privateState, report));
    });
  },

  async update(desired, prior, context) {
    const gladly = context.client.within(context.timeout);
    const id = prior.id ?? "";
    const memory = new WebhookMemory(context.privateState);
    return gladly.owners.holding("gladly_webhook", { id, url: desired.url }, called(desired), () =>
      explained(gladly.url, `Updating the webhook "${prior.name}" (${id})`, async () => {
        const input = webhookChanges(desired, prior);
        const left = memory.left(prior);
        if (Object.keys(input).length > 0) {
          await noteLateEdit(gladly, prior, memory);
          const send = async () => {
            if (input.url !== undefined) await awaitAddress(gladly, input.url, called(desired), id);
            memory.unconfirmed = true;
            await write(gladly, input, () => gladly.client.updateWebhook(id, input), context, prior, desired.url);
          };
          await (input.url === undefined ? send() : gladly.departures.during(id, send));
        }
        const webhook = await mustFind(gladly, id);
        memory.unconfirmed = false;
        memory.wrote(input, webhook, left);
        await rememberOrganization(gladly, context.privateState);
        if (desired.credentials === null && prior.credentials !== null && webhook.hasCredentials) {
          warnCredentialsKept(context);
        }
        return webhookState(webhook, desired);
      }),
    );
  },

  async delete(state, { client, timeout, privateState }) {
    const gladly = client.within(timeout);
    const id = state.id ?? "";
    const remove = async (): Promise<void> => {
      keepForSuccessor(gladly.departures, id, described(state));
      const webhook = await gladly.client.webhook(id);
      if (!webhook) return checkOrganization(gladly, described(state), privateState);
      try {
        // Gladly refuses to delete a webhook that is enabled.
        if (webhook.enabled) await gladly.client.updateWebhook(id, { enabled: false });
        await gladly.client.afterWrite().deleteWebhook(id);
      } catch (error) {
        if (error instanceof GladlyRefusal && error.status === 404) return;
        throw error;
      } finally {
        gladly.changed();
      }
    };
    const doing = `Deleting the ${described(state)}`;
    await explained(gladly.url, doing, () => gladly.departures.during(id, remove));
  },

  async import(id, { client }) {
    const gladly = client.within(undefined);
    const webhooks = await explained(gladly.url, `Looking for the webhook ${id}`, () => gladly.webhooks());
    return { ...importedWebhook(id, webhooks, gladly.url) };
  },
});

/** Milliseconds for which a new webhook may be missing from Gladly's answers. */
const NEW_MS = 60_000;

/** A description of the resource, for messages about two of them. */
function called({ name }: Pick<WebhookState, "name">): string {
  return `the webhook resource named "${name}"`;
}

function described({ id, name }: Pick<WebhookState, "id" | "name">): string {
  return `webhook "${name}" (${id})`;
}

/** Creates the webhook. If the answer is lost, finds it by its address, which is unique. */
async function createWebhook(gladly: Gladly, input: WebhookInput, context: Context<Gladly>): Promise<string> {
  const before = new Set((await gladly.webhooks()).map(({ id }) => id));
  const find = async (): Promise<string | undefined> => {
    const asked = gladly.afterWrite();
    const found = await asked.settled(async () =>
      (await asked.client.webhooks()).find(({ url, id }) => url === input.url && !before.has(id)),
    );
    return found?.id;
  };
  const create = () => write(gladly, input, () => gladly.client.createWebhook(input), context);
  return createdOrFound(`webhook "${input.name}"`, context.report, create, find);
}

/** Writes, and explains refusals that are specific to webhooks. */
async function write<T>(
  gladly: Gladly,
  input: WebhookInput,
  send: () => Promise<T>,
  { privateState }: Context<Gladly>,
  prior?: WebhookState,
  url = input.url ?? "",
): Promise<T> {
  try {
    return await send();
  } catch (error) {
    if (!(error instanceof GladlyRefusal)) throw error;
    if (prior && error.status === 404) await refuseAbsence(gladly, described(prior), privateState);
    throw await refusedWrite(error, gladly, url, input);
  } finally {
    gladly.changed();
  }
}

/** Detects a change by someone else since the plan, which the time of our own write would hide. */
async function noteLateEdit(gladly: Gladly, prior: WebhookState, memory: WebhookMemory): Promise<void> {
  const present = (await gladly.webhooks()).find(({ id }) => id === prior.id);
  if (!present) return;
  noteEdit(prior, outsideChanges({ ...seenInState(prior), ...memory.left(prior) }, seenAtGladly(present)), memory);
}

async function mustFind(gladly: Gladly, id: string): Promise<Webhook> {
  const asked = gladly.afterWrite();
  const webhook = await asked.settled(() => asked.freshWebhook(id));
  if (webhook) return webhook;
  throw new OperationError("The webhook is gone", `Gladly accepted the webhook ${id}, and now has none with that id.`);
}

function warnCredentialsKept({ report }: Context<Gladly>): void {
  report.warning(
    "Gladly kept the credentials",
    "They are no longer in the configuration, but Gladly still has some. Gladly does not document how to remove them. Replace the webhook (-replace) to be sure.",
    attributePath("credentials"),
  );
}
