/**
 * Webhooks of the organization that no code manages: which of them matter to surveys. A second one that is told of closed
 * conversations and leads to Stella Connect gives customers two surveys, and no plan ever shows it.
 */
import { CONVERSATION_CLOSED } from "../../contract/event-types";
import { code } from "../../report/report";
import type { Webhook } from "../../vendors/gladly/wire";
import { sentences } from "./context";
import type { Coverage, EnvironmentLook, OtherWebhook, StackFinding } from "./observation";
import { placeOf, type Receiver, receiverOf } from "./receivers";

const CLOSED = CONVERSATION_CLOSED;

export interface Managed {
  /** Ids of the webhooks that any stack of this organization manages. */
  readonly all: ReadonlySet<string>;
  /** The address of this stack's own webhook, as it is in Gladly or will be; undefined where it is not known yet. */
  readonly ownUrl: string | undefined;
  /** Whether this stack has its webhook in Gladly. */
  readonly hasOwn: boolean;
  /** Whether it was deleted there: one to the same address is told of with that. */
  readonly lost: boolean;
}

/** @param managed ids of the webhooks that are under code */
export function coverageOf(webhooks: readonly Webhook[], managed: ReadonlySet<string>): Coverage {
  const others = othersOf(webhooks, managed).map(
    ({ id, name, url, enabled, events }): OtherWebhook => ({
      id,
      name: name ?? "",
      host: placeOf(url),
      enabled,
      closes: events.includes(CLOSED),
    }),
  );
  return { webhooks: webhooks.length, underCode: webhooks.length - others.length, others };
}

export function otherWebhookFindings(
  webhooks: readonly Webhook[],
  managed: Managed,
  environment: EnvironmentLook,
  stack: string,
): readonly StackFinding[] {
  return othersOf(webhooks, managed.all).flatMap((webhook): readonly StackFinding[] => {
    const receiver = receiverOf(webhook.url, environment.stellaUrl, managed.ownUrl);
    if (managed.lost && webhook.url === managed.ownUrl) return [];
    const reaches = receiver !== "other" && webhook.events.includes(CLOSED);
    if (reaches && !managed.hasOwn) return [handMade(webhook, receiver, stack)];
    if (reaches && webhook.enabled) return [second(webhook, receiver)];
    if (reaches) return [asleep(webhook, receiver)];
    return webhook.name === environment.webhookName && managed.hasOwn ? [namesake(webhook)] : [];
  });
}

function othersOf(webhooks: readonly Webhook[], managed: ReadonlySet<string>): readonly Webhook[] {
  return webhooks.filter(({ id }) => !managed.has(id));
}

const WHERE: Readonly<Record<Exclude<Receiver, "other">, string>> = {
  stella: "Stella Connect's own endpoint",
  ours: "the same relay",
  relay: "another relay, or an endpoint like Stella Connect's",
};

function second(webhook: Webhook, receiver: Exclude<Receiver, "other">): StackFinding {
  // The relay knows a close that it was told twice.
  const twice = receiver !== "ours";
  return {
    kind: "drift",
    finding: {
      id: "second-webhook",
      severity: twice ? "critical" : "warning",
      title: `A second webhook, ${named(webhook)}, is told of closed conversations too: ${twice ? "customers get two surveys" : "the relay is told twice"}`,
      detail: sentences(
        `It was made by hand, is switched on, and delivers to ${WHERE[receiver]} at ${code(placeOf(webhook.url))}.`,
        twice
          ? "Stella Connect does not notice that two requests are about one conversation."
          : "The relay drops the second telling, and every close costs Gladly and the relay twice the work.",
      ),
      remedy: `switch it off in Gladly, and delete it (${code(webhook.id)})`,
      ...since(webhook),
    },
  };
}

function asleep(webhook: Webhook, receiver: Exclude<Receiver, "other">): StackFinding {
  return {
    kind: "none",
    finding: {
      id: "second-webhook-off",
      severity: "info",
      title: `A second webhook, ${named(webhook)}, is switched off`,
      detail: `It was made by hand and leads to ${WHERE[receiver]}. Switched on, it would give customers two surveys.`,
      remedy: `delete it in Gladly (${code(webhook.id)})`,
    },
  };
}

function handMade(webhook: Webhook, receiver: Exclude<Receiver, "other">, stack: string): StackFinding {
  return {
    kind: "unapplied",
    finding: {
      id: "webhook-not-under-code",
      severity: "warning",
      title: `The webhook ${named(webhook)} was made by hand and is not under code`,
      detail: sentences(
        `It leads to ${WHERE[receiver]}, and ${webhook.enabled ? "is switched on" : "is switched off"}.`,
        webhook.enabled ? "Applied as it is, the code would make a second one beside it." : undefined,
      ),
      remedy: `\`npx relay adopt ${stack}\` takes it over as it is`,
      ...since(webhook),
    },
  };
}

function namesake(webhook: Webhook): StackFinding {
  return {
    kind: "drift",
    finding: {
      id: "webhook-of-same-name",
      severity: "warning",
      title: `Another webhook has the name ${named(webhook)}`,
      detail: `It was made by hand and delivers to ${code(placeOf(webhook.url))}, which is no survey. Someone may edit the wrong one.`,
      remedy: `rename or delete it in Gladly (${code(webhook.id)})`,
      ...since(webhook),
    },
  };
}

function named({ name, id }: Webhook): string {
  return code(name || id);
}

function since({ createdAt }: Webhook): { readonly since?: string } {
  return createdAt ? { since: createdAt } : {};
}
