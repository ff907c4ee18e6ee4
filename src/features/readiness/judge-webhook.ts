/** Whether Gladly delivers closed conversations to the right address, and to no other that would request a survey. */
import { CONVERSATION_CLOSED } from "../../contract/event-types";
import { code } from "../../report/report";
import type { Webhook } from "../../vendors/gladly/wire";
import { second } from "../drift/judge-other-webhooks";
import { receiverOf } from "../drift/receivers";
import { webhookOff } from "../shared/judge-webhook-off";
import type { ReadinessFacts } from "./facts";
import { about, type Item } from "./item";

const { ready, notReady, notKnown } = about("webhook");

export function judgeWebhook(facts: ReadinessFacts): readonly Item[] {
  const { webhooks, environment, endpoint } = facts;
  if (!webhooks.known) return [notKnown("webhook-not-known", webhooks.why, webhooks.remedy)];
  const webhook = find(webhooks.value, environment.webhook.name, endpoint);
  const apply = `\`npx cdktf apply ${environment.name}\``;
  if (webhook === undefined) {
    return [
      notReady({
        id: "webhook-missing",
        seen: `Gladly has no webhook ${endpoint === undefined ? `named ${code(environment.webhook.name)}` : `that delivers to ${code(endpoint)}`}.`,
        remedy: `${apply} creates it`,
      }),
    ];
  }
  const faults = [
    ...faultsOf(webhook, endpoint, apply),
    ...secondWebhooks(webhook, webhooks.value, environment.stella.url),
  ];
  if (faults.length > 0) return faults;
  return [
    ready({
      id: "webhook",
      // Gladly enables a webhook only after a PING was answered with 200 (docs/vendors/gladly-api.md section 6).
      seen: `Gladly delivers closed conversations to ${code(webhook.url)}, and its PING was answered when the webhook was enabled.`,
    }),
  ];
}

/** By address, which is unique in Gladly; else by name, as when only AWS knows the address. */
function find(webhooks: readonly Webhook[], name: string, endpoint: string | undefined): Webhook | undefined {
  return webhooks.find(({ url }) => url === endpoint) ?? webhooks.find((webhook) => webhook.name === name);
}

function faultsOf(webhook: Webhook, endpoint: string | undefined, apply: string): readonly Item[] {
  const name = code(webhook.name ?? webhook.id);
  const faults: Item[] = [];
  if (endpoint !== undefined && webhook.url !== endpoint) {
    faults.push(
      notReady({
        id: "webhook-elsewhere",
        seen: `The webhook ${name} delivers to ${code(webhook.url)}, not to ${code(endpoint)}.`,
        remedy: `find the cause with \`npx relay drift\`; ${apply} reverts it`,
      }),
    );
  }
  if (!webhook.enabled) {
    const { id, title, cause, since } = webhookOff(name, webhook.disabledAtDueToRetryLimit ?? undefined);
    faults.push(
      notReady({
        id,
        seen: `${title}.`,
        detail: `${cause} Closed conversations are not delivered.`,
        remedy: `find the cause, then ${apply} enables it again`,
        ...(since ? { since } : {}),
      }),
    );
  }
  if (!webhook.events.includes(CONVERSATION_CLOSED)) {
    faults.push(
      notReady({
        id: "webhook-without-closes",
        seen: `The webhook ${name} does not deliver ${code(CONVERSATION_CLOSED)}.`,
        remedy: `${apply} adds it again`,
      }),
    );
  }
  if (!webhook.hasCredentials) {
    faults.push(
      notReady({
        id: "webhook-without-credentials",
        seen: `The webhook ${name} has no user name and password, so every delivery is refused.`,
        remedy: `raise webhook.passwordVersion in the environment file, then ${apply} sets the password`,
      }),
    );
  }
  return faults;
}

/** The same webhooks that `relay drift` names. */
function secondWebhooks(ours: Webhook, webhooks: readonly Webhook[], stellaUrl: string): readonly Item[] {
  return webhooks.flatMap((other) => {
    const receiver = receiverOf(other.url, stellaUrl, ours.url);
    const delivers = other.id !== ours.id && other.enabled && other.events.includes(CONVERSATION_CLOSED);
    if (!delivers || receiver === "other") return [];
    const { id, title, detail = "", remedy = "" } = second(other, receiver).finding;
    return [notReady({ id, seen: `${title}.`, detail, remedy: `${remedy}, or import it with \`npx relay adopt\`` })];
  });
}
