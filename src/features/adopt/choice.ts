/** Which webhook and which topic of an organization are the hand-made ones of an environment (docs/vendors/vendor-guide.md). */
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
  /** What is wrong and what to do, over several lines where there is a list. */
  readonly why: string;
}

export interface Asked {
  /** Gladly's id of the webhook, where somebody named it. */
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
    return refused(`Gladly has several webhooks called ${quoted(name)}. Say with --webhook which one it is.${several}`);
  }
  if (found && receiverOf(found.url, stella.url, undefined) === "stella") return { kind: "found", found };
  const told = webhooks.filter(({ events }) => events.includes(CONVERSATION_CLOSED));
  return refused(
    `Gladly has no webhook that posts to ${address}, and none called ${quoted(name)} that posts to Stella Connect. ` +
      "If there is one all the same, name it with --webhook <id>. If there is none, nothing is to be adopted: " +
      `\`npx cdktf apply\` makes one.${listOf("Webhooks that are told of closed conversations", told)}`,
  );
}

/** Why a webhook cannot be taken over as it is. */
function unfit({ name, relay, adopted }: Environment, { id, url, hasCredentials }: Webhook): string | undefined {
  // Once it is under code, plans and `relay drift` tell what is wrong with it.
  if (adopted?.webhook?.id === id) return undefined;
  const own = relay.on === "local" ? relay.url : relay.domain && `https://${relay.domain.name}`;
  if (own !== undefined && url === `${own}${RELAY_WEBHOOK_PATH}`) {
    return `The webhook ${id} posts to the relay of ${name} already, so it was not made by hand for Stella Connect.`;
  }
  if (hasCredentials) return undefined;
  return (
    `Gladly has no credentials for the webhook ${id}, so Stella Connect refuses what it delivers. ` +
    `Type them in Gladly first (user name "${WEBHOOK_USERNAME}", Stella's key as the password), then run this again.`
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

/** As JSON has it, so that what came from outside cannot redraw a terminal. */
function quoted(text: string): string {
  return JSON.stringify(text);
}
