/** Reads from Gladly's webhooks whether one points here, and whether it is on. */
import { CONVERSATION_CLOSED } from "../contract/event-types";
import type { RelayConfiguration } from "../contract/relay-configuration";
import { RELAY_WEBHOOK_PATH, STELLA_WEBHOOK_PATH } from "../contract/webhook-address";
import type { Webhook } from "../vendors/gladly/wire";
import type { Pointing } from "./relay-time";

/**
 * `off-by-gladly`: after the fourth failed retry. `missing`: Gladly has no webhook that points here. `stella`: no webhook
 * points here, but one points to Stella's own endpoint, so Stella gets closes without the relay.
 */
export type WebhookState = "on" | "off" | "off-by-gladly" | "missing" | "stella";

export interface SeenWebhook {
  readonly state: WebhookState;
  readonly pointing: Pointing;
}

export function webhookSeen(
  webhooks: readonly Webhook[],
  configuration: Pick<RelayConfiguration, "webhook" | "stella">,
): SeenWebhook {
  const stella = `${configuration.stella.url}${STELLA_WEBHOOK_PATH}`;
  const here = webhooks.find((webhook) => webhook.url !== stella && pointsHere(webhook, configuration.webhook.url));
  if (here) return { state: stateOf(here), pointing: { to: "relay", createdAt: createdAt(here) } };
  const direct = webhooks.find(
    ({ url, enabled, events }) => url === stella && enabled && events.includes(CONVERSATION_CLOSED),
  );
  if (direct) return { state: "stella", pointing: { to: "stella", createdAt: createdAt(direct) } };
  return { state: "missing", pointing: { to: "nowhere", createdAt: undefined } };
}

/** If the relay's own address is not known, it compares the path, which all relays share. */
function pointsHere(webhook: Webhook, address: string | undefined): boolean {
  if (address !== undefined) return webhook.url === address;
  return webhook.events.includes(CONVERSATION_CLOSED) && webhook.url.endsWith(RELAY_WEBHOOK_PATH);
}

function stateOf(webhook: Webhook): WebhookState {
  if (webhook.enabled) return "on";
  return webhook.disabledAtDueToRetryLimit ? "off-by-gladly" : "off";
}

function createdAt(webhook: Webhook): number | undefined {
  const at = Date.parse(webhook.createdAt ?? "");
  return Number.isNaN(at) ? undefined : at;
}
