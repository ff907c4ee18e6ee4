/** Whether Gladly delivers closed conversations to where the code says, and to nobody else who would ask for a survey. */
import { CONVERSATION_CLOSED } from "../../contract/event-types";
import { RELAY_WEBHOOK_PATH, STELLA_WEBHOOK_PATH } from "../../contract/webhook-address";
import { code } from "../../report/report";
import type { Webhook } from "../../vendors/gladly/wire";
import type { ReadinessFacts } from "./facts";
import { about, type Item } from "./item";

const { ready, notReady, notKnown } = about("webhook");

/** Whoever receives at one of these asks for a survey. */
const SURVEY_PATHS: ReadonlySet<string> = new Set([RELAY_WEBHOOK_PATH, STELLA_WEBHOOK_PATH]);

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
        remedy: `${apply} makes it`,
      }),
    ];
  }
  const faults = [...faultsOf(webhook, endpoint, apply), ...secondWebhooks(webhook, webhooks.value)];
  if (faults.length > 0) return faults;
  return [
    ready({
      id: "webhook",
      // Gladly enables a webhook only when its PING was answered 200 (docs/vendors/gladly-api.md section 6).
      seen: `Gladly delivers closed conversations to ${code(webhook.url)}, and its PING was answered when that was switched on.`,
    }),
  ];
}

/** By address, which is unique in Gladly; by name where it is elsewhere, or where only AWS knows the address. */
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
        remedy: `see \`npx relay drift\` for the cause; ${apply} points it back`,
      }),
    );
  }
  if (!webhook.enabled) {
    const since = webhook.disabledAtDueToRetryLimit ?? undefined;
    faults.push(
      notReady({
        id: "webhook-off",
        seen: since
          ? `Gladly switched the webhook ${name} off after its fourth failed retry.`
          : `The webhook ${name} is switched off in Gladly.`,
        detail: "Closed conversations are not delivered.",
        remedy: `cure the cause, then ${apply} switches it on again`,
        ...(since ? { since } : {}),
      }),
    );
  }
  if (!webhook.events.includes(CONVERSATION_CLOSED)) {
    faults.push(
      notReady({
        id: "webhook-without-closes",
        seen: `The webhook ${name} does not deliver ${code(CONVERSATION_CLOSED)}.`,
        remedy: `${apply} subscribes it again`,
      }),
    );
  }
  if (!webhook.hasCredentials) {
    faults.push(
      notReady({
        id: "webhook-without-credentials",
        seen: `The webhook ${name} has no user name and password, so every delivery is refused.`,
        remedy: `raise webhook.passwordVersion in the environment file, then ${apply} hands the password over`,
      }),
    );
  }
  return faults;
}

/** A webhook made by hand and forgotten asks for a second survey of every conversation. */
function secondWebhooks(ours: Webhook, webhooks: readonly Webhook[]): readonly Item[] {
  const others = webhooks.filter(
    ({ id, enabled, events, url }) =>
      id !== ours.id && enabled && events.includes(CONVERSATION_CLOSED) && SURVEY_PATHS.has(pathOf(url)),
  );
  return others.map((other) =>
    notReady({
      id: "second-webhook",
      seen: `Another webhook, ${code(other.name ?? other.id)}, delivers closed conversations to ${code(other.url)} as well.`,
      detail: "Customers would be asked twice.",
      remedy: "switch it off in Gladly, or take it under code with `npx relay adopt`",
    }),
  );
}

function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname.replace(/\/+$/, "") : "";
}
