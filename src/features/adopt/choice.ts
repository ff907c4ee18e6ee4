/** Which existing webhook and topic of an organization belong to an environment (docs/vendors/vendor-guide.md). */
import { CONVERSATION_CLOSED } from "../../contract/event-types";
import { RELAY_WEBHOOK_PATH, STELLA_WEBHOOK_PATH, WEBHOOK_USERNAME } from "../../contract/webhook-address";
import type { Environment } from "../../environment";
import type { Topic, Webhook } from "../../vendors/gladly/wire";
import { receiverOf } from "../drift/receivers";

export interface Chosen {
  readonly webhook: Webhook;
  /** Undefined when Gladly has none of that name. */
  readonly topic: Topic | undefined;
}

export type Choice = { readonly kind: "chosen"; readonly chosen: Chosen } | Refused;
interface Refused {
  readonly kind: "refused";
  /** What is wrong and what to do. A list takes several lines. */
  readonly why: string;
}

export interface Asked {
  /** Gladly's id of the webhook, if it was named. */
  readonly webhook: string | undefined;
  readonly topic: string | undefined;
}

export function choose(
  environment: Environment,
  webhooks: readonly Webhook[],
  topics: readonly Topic[],
  asked: Asked,
): Choice {
  const webhook = chooseWebhook(environment, webhooks, asked.webhook);
  if (webhook.kind === "refused") return webhook;
  const wrong = unfit(environment, webhook.found);
  if (wrong !== undefined) return refused(wrong);
  const topic = topics.find(({ id, name }) => (asked.topic ? id === asked.topic : name === environment.topic.name));
  if (asked.topic && topic === undefined) {
    return refused(`Gladly has no topic with the id ${quoted(asked.topic)}.${listOf("It has", topics)}`);
  }
  return { kind: "chosen", chosen: { webhook: webhook.found, topic } };
}

function chooseWebhook(
  { stella, webhook: { name } }: Environment,
  webhooks: readonly Webhook[],
  asked: string | undefined,
): { readonly kind: "found"; readonly found: Webhook } | Refused {
  const address = `${stella.url}${STELLA_WEBHOOK_PATH}`;
  if (asked !== undefined) {
    const found = webhooks.find(({ id }) => id === asked);
    return found
      ? { kind: "found", found }
      : refused(`Gladly has no webhook with the id ${quoted(asked)}.${listOf("It has", webhooks)}`);
  }
  const direct = webhooks.find(({ url }) => url === address);
  if (direct) return { kind: "found", found: direct };
  const [found, ...others] = webhooks.filter((webhook) => webhook.name === name);
  if (found && others.length > 0) {
    const several = listOf("They are", [found, ...others]);
    return refused(`Gladly has several webhooks called ${quoted(name)}. Name one with --webhook.${several}`);
  }
  if (found && receiverOf(found.url, stella.url, undefined) === "stella") return { kind: "found", found };
  const delivering = webhooks.filter(({ events }) => events.includes(CONVERSATION_CLOSED));
  return refused(
    `Gladly has no webhook that posts to ${address}, and none called ${quoted(name)} that posts to Stella Connect. ` +
      "If another one does, name it with --webhook <id>. If none exists, there is nothing to adopt: " +
      `\`npx cdktf apply\` creates one.${listOf("Webhooks that deliver closed conversations", delivering)}`,
  );
}

/** Why a webhook cannot be imported as it is. */
function unfit({ name, relay, adopted }: Environment, { id, url, hasCredentials }: Webhook): string | undefined {
  // Once Terraform manages it, plans and `relay drift` show what is wrong with it.
  if (adopted?.webhook?.id === id) return undefined;
  const own = relay.on === "local" ? relay.url : relay.domain && `https://${relay.domain.name}`;
  if (own !== undefined && url === `${own}${RELAY_WEBHOOK_PATH}`) {
    return `The webhook ${id} already posts to the relay of ${name}, so it is not a webhook for Stella Connect.`;
  }
  if (hasCredentials) return undefined;
  return (
    `The webhook ${id} has no credentials in Gladly, so Stella Connect refuses its deliveries. ` +
    `Enter them in Gladly first (user name "${WEBHOOK_USERNAME}", Stella's key as the password), then run this again.`
  );
}

function refused(why: string): Refused {
  return { kind: "refused", why };
}

function listOf(heading: string, things: readonly (Webhook | Topic)[]): string {
  if (things.length === 0) return "";
  const lines = things.map((thing) => `\n  ${thing.id}  ${"url" in thing ? `${thing.url}  ` : ""}${thing.name ?? ""}`);
  return `\n${heading}:${lines.join("")}`;
}

/** As JSON, so that a name from outside cannot control a terminal. */
function quoted(text: string): string {
  return JSON.stringify(text);
}
