/**
 * Webhooks of the organization that Terraform does not manage, as far as they matter to surveys. A second one that delivers
 * closed conversations to Stella Connect causes two surveys for each, and no plan shows it.
 */
import { CONVERSATION_CLOSED } from "../../contract/event-types";
import { found } from "../../report/finding";
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
  /** Whether it was deleted there. That finding also names a webhook to the same address. */
  readonly lost: boolean;
}

/** @param managed ids of the webhooks that Terraform manages */
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
    if (reaches && !managed.hasOwn) return [unmanaged(webhook, receiver, stack)];
    if (reaches && webhook.enabled) return [second(webhook, receiver)];
    if (reaches) return [disabled(webhook, receiver)];
    return webhook.name === environment.webhookName && managed.hasOwn ? [sameName(webhook)] : [];
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

/** Also said by `relay readiness`, which sees the same webhook. */
export function second(webhook: Webhook, receiver: Exclude<Receiver, "other">): StackFinding {
  // The relay notices that an event came twice.
  const twice = receiver !== "ours";
  const about = {
    detail: sentences(
      `It is not managed by Terraform, is enabled, and delivers to ${WHERE[receiver]} at ${code(placeOf(webhook.url))}.`,
      twice
        ? "Stella Connect does not notice that two requests are about the same conversation."
        : "The relay drops the second event, but every close costs Gladly and the relay twice the work.",
    ),
    remedy: `disable and delete it in Gladly (${code(webhook.id)})`,
    ...since(webhook),
  };
  const title = `A second webhook, ${named(webhook)}, delivers closed conversations too: `;
  return {
    kind: "drift",
    finding: twice
      ? found("webhook-second", { title: `${title}customers get two surveys`, ...about })
      : found("webhook-second-to-relay", { title: `${title}the relay gets every event twice`, ...about }),
  };
}

function disabled(webhook: Webhook, receiver: Exclude<Receiver, "other">): StackFinding {
  return {
    kind: "none",
    finding: found("webhook-second-off", {
      title: `A second webhook, ${named(webhook)}, exists and is disabled`,
      detail: `It is not managed by Terraform and delivers to ${WHERE[receiver]}. If someone enables it, customers get two surveys.`,
      remedy: `delete it in Gladly (${code(webhook.id)})`,
    }),
  };
}

function unmanaged(webhook: Webhook, receiver: Exclude<Receiver, "other">, stack: string): StackFinding {
  return {
    kind: "unapplied",
    finding: found("webhook-unmanaged", {
      title: `The webhook ${named(webhook)} exists and Terraform does not manage it`,
      detail: sentences(
        `It delivers to ${WHERE[receiver]} and is ${webhook.enabled ? "enabled" : "disabled"}.`,
        webhook.enabled ? "An apply now would create a second one beside it." : undefined,
      ),
      remedy: `\`npx relay adopt ${stack}\` imports it without changing it`,
      ...since(webhook),
    }),
  };
}

function sameName(webhook: Webhook): StackFinding {
  return {
    kind: "drift",
    finding: found("webhook-same-name", {
      title: `Another webhook has the name ${named(webhook)}`,
      detail: `It is not managed by Terraform and delivers to ${code(placeOf(webhook.url))}, which sends no survey. Someone may edit the wrong one.`,
      remedy: `rename or delete it in Gladly (${code(webhook.id)})`,
      ...since(webhook),
    }),
  };
}

function named({ name, id }: Webhook): string {
  return code(name || id);
}

function since({ createdAt }: Webhook): { readonly since?: string } {
  return createdAt ? { since: createdAt } : {};
}
