/**
 * Changes of the webhook outside of Terraform: their cause, as far as Gladly shows it, and what they mean for customers.
 * Gladly keeps no record of who changed what (docs/vendors/gladly-api.md section 14). It shows the time of the last edit
 * and whether it disabled the webhook itself.
 */
import { CONVERSATION_CLOSED } from "../../contract/event-types";
import { code } from "../../report/report";
import { text, texts } from "../../terraform/change";
import { at } from "../../terraform/value";
import { webhookOff } from "../shared/judge-webhook-off";
import { applyCommand, codeMovedToo, type DriftContext, driftFinding, sentences } from "./context";
import { type Difference, isLeft, undone } from "./differences";
import { secretFindings } from "./judge-webhook-secrets";
import { missedCloses } from "./missed-closes";
import type { StackFinding } from "./observation";
import { placeOf, receiverOf } from "./receivers";
import { since, type WebhookCase, withPassword } from "./webhook-case";

const CLOSED = CONVERSATION_CLOSED;

export function webhookFindings(difference: Difference, context: DriftContext): readonly StackFinding[] {
  const { outside } = difference;
  const { environment } = context;
  if (outside === undefined || environment === undefined) return [];
  const name = code(text(outside.before, "name") ?? environment.webhookName);
  const edited = text(outside.after, "updated_at");
  const given: WebhookCase = { difference, outside, environment, context, name, edited };
  if (outside.action === "delete") return isLeft(difference) ? [] : [deleted(given)];
  const shown = [switchedOff, moved, events, renamed, anythingElse].flatMap((rule) => rule(given) ?? []);
  return [...shown, ...secretFindings(given)];
}

function deleted({ difference, outside, environment, context, name }: WebhookCase): StackFinding {
  const url = text(outside.before, "url");
  const copy = context.gladly?.webhooks.find((webhook) => webhook.url === url);
  return driftFinding(difference, "outside-webhook-deleted", {
    title: `The webhook ${name} was deleted in Gladly`,
    detail: sentences(
      "Gladly keeps no record of who deleted it and when.",
      missedCloses(context, undefined, "Conversations that close now are not delivered."),
      copy &&
        `Another webhook, ${code(copy.name ?? "")}, delivers to the same address. While it exists, Gladly refuses to create ours.`,
    ),
    remedy: copy
      ? `disable and delete ${code(copy.name ?? "")} (${copy.id}) in Gladly, then ${applyCommand(context)}${withPassword(environment)}`
      : `${applyCommand(context)} creates it again${withPassword(environment)}`,
  });
}

function switchedOff({ difference, outside, context, name, edited }: WebhookCase): StackFinding | undefined {
  if (!undone(difference).includes("enabled") || at(outside.after, "enabled") !== false) return undefined;
  const byGladly = text(outside.after, "disabled_at_due_to_retry_limit");
  const { id, cause, ...off } = webhookOff(name, byGladly, edited);
  const place = placeOf(text(outside.after, "url") ?? "", text(outside.before, "url"));
  const missedSince = byGladly === undefined ? edited : beforeRetries(byGladly);
  return driftFinding(difference, id, {
    ...off,
    detail: sentences(cause, missedCloses(context, missedSince)),
    remedy:
      byGladly === undefined
        ? `${applyCommand(context)} enables it again`
        : `find out why deliveries to ${code(place)} failed, then ${applyCommand(context)}, which enables the webhook once Gladly's PING is answered`,
  });
}

function moved({ difference, outside, environment, context, name, edited }: WebhookCase): StackFinding | undefined {
  if (!undone(difference).includes("url")) return undefined;
  const was = text(outside.before, "url");
  const toStella = receiverOf(text(outside.after, "url") ?? "", environment.stellaUrl, was) === "stella";
  return driftFinding(difference, "outside-webhook-moved", {
    title: `Someone pointed the webhook ${name} to another address in Gladly`,
    detail: sentences(
      `It now delivers to ${code(placeOf(text(outside.after, "url") ?? "", was))}, and sends our password there.`,
      codeMovedToo(difference, "url"),
      toStella
        ? "Stella Connect gets every close directly. Conversations that the relay would skip get a survey, and the relay sends none."
        : missedCloses(context, edited, "Conversations that closed since then were delivered there."),
    ),
    remedy: `find out who receives there, then ${applyCommand(context)} reverts it`,
    ...since(edited),
  });
}

function events({ difference, outside, context, name, edited }: WebhookCase): StackFinding | undefined {
  if (!undone(difference).includes("events")) return undefined;
  const was = new Set(texts(outside.before, "events"));
  const is = new Set(texts(outside.after, "events"));
  const removed = [...was].filter((event) => !is.has(event));
  const added = [...is].filter((event) => !was.has(event));
  const silent = removed.includes(CLOSED);
  return driftFinding(difference, silent ? "outside-webhook-closes-removed" : "outside-webhook-events", {
    title: silent
      ? `The webhook ${name} no longer delivers closed conversations`
      : `Someone changed the events of the webhook ${name} in Gladly`,
    detail: sentences(
      `${[...removed.map((event) => `${code(event)} was removed`), ...added.map((event) => `${code(event)} was added`)].join(", ")}.`,
      codeMovedToo(difference, "events"),
      silent ? missedCloses(context, edited) : "The receiver has no use for added events. Surveys are not affected.",
    ),
    remedy: `${applyCommand(context)} reverts the events; to keep them, change the stack`,
    ...since(edited),
  });
}

function renamed({ difference, outside, context, name, edited }: WebhookCase): StackFinding | undefined {
  if (!undone(difference).includes("name")) return undefined;
  return driftFinding(difference, "outside-webhook-renamed", {
    title: `Someone renamed the webhook ${name} in Gladly to ${code(text(outside.after, "name") ?? "")}`,
    detail: sentences("Deliveries are not affected.", codeMovedToo(difference, "name")),
    remedy: `${applyCommand(context)} reverts the name; to keep it, write it into ${context.environment?.file ?? "the environment file"}`,
    ...since(edited),
  });
}

/** Whatever else the plan would revert. */
function anythingElse({ difference, context, name, edited }: WebhookCase): StackFinding | undefined {
  const rest = undone(difference).filter((path) => !/^(enabled|url|events|name|credentials)(\.|$)/.test(path));
  if (rest.length === 0) return undefined;
  return driftFinding(difference, "outside-webhook-changed", {
    title: `Someone changed the webhook ${name} in Gladly: ${rest.map(code).join(", ")}`,
    remedy: `${applyCommand(context)} reverts it`,
    ...since(edited),
  });
}

/** The event whose deliveries failed is missed too: its retries end at most 95.5 minutes after it (section 7.1). */
function beforeRetries(switchedOff: string): string | undefined {
  const time = Date.parse(switchedOff);
  return Number.isNaN(time) ? undefined : new Date(time - 95.5 * 60_000).toISOString();
}
