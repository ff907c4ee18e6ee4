/**
 * Changes of the webhook outside of Terraform: their cause, as far as Gladly shows it, and what they mean for customers.
 * Gladly keeps no record of who changed what (docs/vendors/gladly-api.md section 14). It shows the time of the last edit
 * and whether it disabled the webhook itself.
 */
import { CONVERSATION_CLOSED } from "../../contract/event-types";
import { code } from "../../report/report";
import { type Change, text, texts } from "../../terraform/change";
import { at } from "../../terraform/value";
import { webhookOff } from "../shared/judge-webhook-off";
import { applyCommand, codeMovedToo, type DriftContext, driftFinding, sentences } from "./context";
import { type Difference, merged, undone } from "./differences";
import { missedCloses } from "./missed-closes";
import type { EnvironmentLook, StackFinding } from "./observation";
import { placeOf, receiverOf } from "./receivers";

const CLOSED = CONVERSATION_CLOSED;

interface Case {
  readonly difference: Difference;
  readonly outside: Change;
  readonly environment: EnvironmentLook;
  readonly context: DriftContext;
  /** The webhook's name as code. */
  readonly name: string;
  /** Gladly's time of the last change, whatever it was. */
  readonly edited: string | undefined;
}

export function webhookFindings(difference: Difference, context: DriftContext): readonly StackFinding[] {
  const { outside } = difference;
  const { environment } = context;
  if (outside === undefined || environment === undefined) return [];
  const name = code(text(outside.before, "name") ?? environment.webhookName);
  const edited = text(outside.after, "updated_at");
  const given: Case = { difference, outside, environment, context, name, edited };
  if (outside.action === "delete") return difference.planned === undefined ? [] : [deleted(given)];
  const found = [switchedOff, moved, events, renamed, credentials, headers, anythingElse].flatMap(
    (rule) => rule(given) ?? [],
  );
  return found.length > 0 ? found : unexplained(given);
}

function deleted({ difference, outside, environment, context, name }: Case): StackFinding {
  const url = text(outside.before, "url");
  const copy = context.gladly?.webhooks.find((webhook) => webhook.url === url);
  return driftFinding(difference, "outside-webhook-deleted", {
    title: `The webhook ${name} was deleted in Gladly`,
    detail: sentences(
      "Gladly keeps no record of who deleted it and when.",
      missedCloses(environment.delivery, undefined, context.now, "Conversations that close now are not delivered."),
      copy &&
        `Another webhook, ${code(copy.name ?? "")}, delivers to the same address. While it exists, Gladly refuses to create ours.`,
    ),
    remedy: copy
      ? `disable and delete ${code(copy.name ?? "")} (${copy.id}) in Gladly, then ${applyCommand(context)}${withPassword(environment)}`
      : `${applyCommand(context)} creates it again${withPassword(environment)}`,
  });
}

function switchedOff({ difference, outside, environment, context, name, edited }: Case): StackFinding | undefined {
  if (!undone(difference).includes("enabled") || at(outside.after, "enabled") !== false) return undefined;
  const byGladly = text(outside.after, "disabled_at_due_to_retry_limit");
  const { id, cause, ...off } = webhookOff(name, byGladly, edited);
  const place = placeOf(text(outside.after, "url") ?? "", text(outside.before, "url"));
  const missedSince = byGladly === undefined ? edited : beforeRetries(byGladly);
  return driftFinding(difference, id, {
    ...off,
    detail: sentences(cause, missedCloses(environment.delivery, missedSince, context.now)),
    remedy:
      byGladly === undefined
        ? `${applyCommand(context)} enables it again`
        : `find out why deliveries to ${code(place)} failed, then ${applyCommand(context)}, which enables the webhook once Gladly's PING is answered`,
  });
}

function moved({ difference, outside, environment, context, name, edited }: Case): StackFinding | undefined {
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
        : missedCloses(
            environment.delivery,
            edited,
            context.now,
            "Conversations that closed since then were delivered there.",
          ),
    ),
    remedy: `find out who receives there, then ${applyCommand(context)} reverts it`,
    ...since(edited),
  });
}

function events({ difference, outside, environment, context, name, edited }: Case): StackFinding | undefined {
  if (!undone(difference).includes("events")) return undefined;
  const was = new Set(texts(outside.before, "events"));
  const is = new Set(texts(outside.after, "events"));
  const gone = [...was].filter((event) => !is.has(event));
  const added = [...is].filter((event) => !was.has(event));
  const silent = gone.includes(CLOSED);
  return driftFinding(difference, silent ? "outside-webhook-closes-removed" : "outside-webhook-events", {
    title: silent
      ? `The webhook ${name} no longer delivers closed conversations`
      : `Someone changed the events of the webhook ${name} in Gladly`,
    detail: sentences(
      `${[...gone.map((event) => `${code(event)} was removed`), ...added.map((event) => `${code(event)} was added`)].join(", ")}.`,
      codeMovedToo(difference, "events"),
      silent
        ? missedCloses(environment.delivery, edited, context.now)
        : "The receiver has no use for added events. Surveys are not affected.",
    ),
    remedy: `${applyCommand(context)} reverts the events; to keep them, change the stack`,
    ...since(edited),
  });
}

function renamed({ difference, outside, context, name, edited }: Case): StackFinding | undefined {
  if (!undone(difference).includes("name")) return undefined;
  return driftFinding(difference, "outside-webhook-renamed", {
    title: `Someone renamed the webhook ${name} in Gladly to ${code(text(outside.after, "name") ?? "")}`,
    detail: sentences("Deliveries are not affected.", codeMovedToo(difference, "name")),
    remedy: `${applyCommand(context)} reverts the name; to keep it, write it into ${context.environment?.file ?? "the environment file"}`,
    ...since(edited),
  });
}

function credentials({ difference, outside, environment, context, name, edited }: Case): StackFinding | undefined {
  const had = at(outside.before, "has_credentials") === true;
  if (!had || at(outside.after, "has_credentials") !== false) return undefined;
  return driftFinding(difference, "outside-webhook-credentials-removed", {
    title: `Someone removed the user name and password of the webhook ${name} in Gladly`,
    detail: sentences(
      `${receiver(environment)} refuses every delivery without them. After four failed retries Gladly disables the webhook.`,
      missedCloses(environment.delivery, edited, context.now),
    ),
    remedy: `${applyCommand(context)} sets them again${withPassword(environment)}`,
    ...since(edited),
  });
}

/** Names only: Gladly never shows a header's value. No apply removes a header that the code does not have. */
function headers({ difference, outside, context, name, edited }: Case): StackFinding | undefined {
  const was = texts(outside.before, "header_keys").map((key) => key.toLowerCase());
  const is = texts(outside.after, "header_keys").map((key) => key.toLowerCase());
  const gone = was.filter((key) => !is.includes(key));
  const added = is.filter((key) => !was.includes(key));
  if (gone.length + added.length === 0) return undefined;
  return driftFinding(difference, "outside-webhook-headers", {
    title: `Someone changed the fixed headers of the webhook ${name} in Gladly`,
    detail: `${[...gone.map((key) => `${code(key)} was removed`), ...added.map((key) => `${code(key)} was added`)].join(", ")}. Gladly sends them with every delivery and never shows their values.`,
    remedy:
      gone.length > 0
        ? `${applyCommand(context)} sets the headers of the code again`
        : `remove the added header in Gladly, because no apply does; then ${acceptCommand(context)}`,
    ...since(edited),
  });
}

/** Whatever else the plan would revert. */
function anythingElse({ difference, context, name, edited }: Case): StackFinding | undefined {
  const rest = undone(difference).filter((path) => !/^(enabled|url|events|name|credentials)(\.|$)/.test(path));
  if (rest.length === 0) return undefined;
  return driftFinding(difference, "outside-webhook-changed", {
    title: `Someone changed the webhook ${name} in Gladly: ${rest.map(code).join(", ")}`,
    remedy: `${applyCommand(context)} reverts it`,
    ...since(edited),
  });
}

/** Edited, while everything that Gladly shows is as it was: what Gladly never shows may have changed. */
function unexplained({ difference, outside, environment, context, name, edited }: Case): readonly StackFinding[] {
  const before = Date.parse(text(outside.before, "updated_at") ?? "");
  const after = Date.parse(edited ?? "");
  if (!(after > before) || outside.differences.length > 0) return [];
  return [
    driftFinding(difference, "outside-webhook-edited", {
      title: `Someone edited the webhook ${name} in Gladly, and Gladly does not show what`,
      detail: sentences(
        "Every setting that Gladly shows is unchanged. The user name or password may be another one, or someone disabled and enabled the webhook.",
        `${receiver(environment)} refuses every delivery with a wrong password. After four failed retries Gladly disables the webhook.`,
        merged(difference).length > 0 ? "The code changes the webhook too." : undefined,
      ),
      remedy:
        `to set our password again, raise \`webhook.passwordVersion\` in ${environment.file} and ${applyCommand(context)}` +
        `${withPassword(environment)}; to accept it as it is, ${acceptCommand(context)}`,
      ...since(edited),
    }),
  ];
}

/** The event whose deliveries failed is missed too: its retries end at most 95.5 minutes after it (section 7.1). */
function beforeRetries(switchedOff: string): string | undefined {
  const time = Date.parse(switchedOff);
  return Number.isNaN(time) ? undefined : new Date(time - 95.5 * 60_000).toISOString();
}

function receiver({ delivery }: EnvironmentLook): string {
  return delivery === "direct" ? "Stella Connect" : "The relay";
}

/** On AWS no file holds the password. On this machine the stack reads it from a file. */
function withPassword({ on }: EnvironmentLook): string {
  return on === "aws" ? ", with the password in TF_VAR_webhook_password" : "";
}

function acceptCommand({ stack }: DriftContext): string {
  return `\`npx cdktf apply ${stack} --refresh-only\``;
}

function since(edited: string | undefined): { readonly since?: string } {
  return edited === undefined ? {} : { since: edited };
}
