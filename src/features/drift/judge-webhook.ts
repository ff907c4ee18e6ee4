/**
 * What was done to the webhook outside of Terraform, why as far as Gladly lets one know, and what that means for
 * customers. Gladly keeps no record of who changed what (docs/vendors/gladly-api.md section 14): a time and, for its own
 * switching off, a cause is all there is.
 */
import { CONVERSATION_CLOSED } from "../../contract/event-types";
import { code } from "../../report/report";
import { type Change, text, texts } from "../../terraform/change";
import { at } from "../../terraform/value";
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
  const the: Case = { difference, outside, environment, context, name, edited };
  if (outside.action === "delete") return difference.planned === undefined ? [] : [deleted(the)];
  const found = [switchedOff, moved, events, renamed, credentials, headers, anythingElse].flatMap(
    (rule) => rule(the) ?? [],
  );
  return found.length > 0 ? found : unexplained(the);
}

function deleted({ difference, outside, environment, context, name }: Case): StackFinding {
  const url = text(outside.before, "url");
  const copy = context.gladly?.webhooks.find((webhook) => webhook.url === url);
  return driftFinding(difference, {
    id: "webhook-deleted",
    severity: "critical",
    title: `The webhook ${name} was deleted in Gladly`,
    detail: sentences(
      "Someone deleted it by hand; Gladly keeps no record of who and when.",
      missedCloses(
        environment.delivery,
        undefined,
        context.now,
        "Conversations that are closed meanwhile are not delivered.",
      ),
      copy &&
        `Someone then made ${code(copy.name ?? "")} by hand to the same address: while it is there, Gladly refuses to make ours.`,
    ),
    remedy: copy
      ? `switch ${code(copy.name ?? "")} (${copy.id}) off in Gladly and delete it, then ${applyCommand(context)}${withPassword(environment)}`
      : `${applyCommand(context)} makes it again${withPassword(environment)}`,
  });
}

function switchedOff({ difference, outside, environment, context, name, edited }: Case): StackFinding | undefined {
  if (!undone(difference).includes("enabled") || at(outside.after, "enabled") !== false) return undefined;
  const gladlys = text(outside.after, "disabled_at_due_to_retry_limit");
  const since = gladlys ?? edited;
  const place = placeOf(text(outside.after, "url") ?? "", text(outside.before, "url"));
  return driftFinding(difference, {
    ...(gladlys === undefined
      ? { id: "webhook-switched-off", title: `The webhook ${name} was switched off by hand in Gladly` }
      : {
          id: "webhook-switched-off-by-gladly",
          title: `Gladly switched the webhook ${name} off after the fourth failed retry of a delivery`,
        }),
    severity: "critical",
    detail: sentences(
      gladlys === undefined
        ? "It was not Gladly itself, which would have left its own mark; the time is that of the last edit."
        : `Every delivery of one event to ${code(place)} failed: the first attempt and all four retries, which takes more than an hour.`,
      missedCloses(environment.delivery, gladlys === undefined ? edited : beforeRetries(gladlys), context.now),
    ),
    remedy:
      gladlys === undefined
        ? `${applyCommand(context)} switches it on again`
        : `find out why ${code(place)} failed, then ${applyCommand(context)}: it switches the webhook on as soon as Gladly's PING is answered`,
    ...(since === undefined ? {} : { since }),
  });
}

function moved({ difference, outside, environment, context, name, edited }: Case): StackFinding | undefined {
  if (!undone(difference).includes("url")) return undefined;
  const was = text(outside.before, "url");
  const toStella = receiverOf(text(outside.after, "url") ?? "", environment.stellaUrl, was) === "stella";
  return driftFinding(difference, {
    id: "webhook-moved",
    severity: "critical",
    title: `The webhook ${name} was pointed to another address in Gladly`,
    detail: sentences(
      `It was edited by hand and now delivers to ${code(placeOf(text(outside.after, "url") ?? "", was))}, with the password of ours.`,
      codeMovedToo(difference, "url"),
      toStella
        ? "Stella Connect is told directly: what the relay keeps out gets a survey, and the relay sends none."
        : missedCloses(
            environment.delivery,
            edited,
            context.now,
            "Conversations that were closed since then went there.",
          ),
    ),
    remedy: `find out who receives there, then ${applyCommand(context)} points it back`,
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
  return driftFinding(difference, {
    id: silent ? "webhook-closes-removed" : "webhook-events-changed",
    severity: silent ? "critical" : "warning",
    title: silent
      ? `The webhook ${name} is no longer told of closed conversations`
      : `The events of the webhook ${name} were changed in Gladly`,
    detail: sentences(
      `It was edited by hand: ${[...gone.map((event) => `${code(event)} removed`), ...added.map((event) => `${code(event)} added`)].join(", ")}.`,
      codeMovedToo(difference, "events"),
      silent
        ? missedCloses(environment.delivery, edited, context.now)
        : "What is added is delivered to a receiver that has no use for it; surveys go on as they did.",
    ),
    remedy: `${applyCommand(context)} puts the events back; to keep them, change the stack`,
    ...since(edited),
  });
}

function renamed({ difference, outside, context, name, edited }: Case): StackFinding | undefined {
  if (!undone(difference).includes("name")) return undefined;
  return driftFinding(difference, {
    id: "webhook-renamed",
    severity: "warning",
    title: `The webhook ${name} was renamed in Gladly to ${code(text(outside.after, "name") ?? "")}`,
    detail: sentences("It delivers as it did.", codeMovedToo(difference, "name")),
    remedy: `${applyCommand(context)} gives it its name back; to keep the new one, write it into ${context.environment?.file ?? "the environment file"}`,
    ...since(edited),
  });
}

function credentials({ difference, outside, environment, context, name, edited }: Case): StackFinding | undefined {
  const had = at(outside.before, "has_credentials") === true;
  if (!had || at(outside.after, "has_credentials") !== false) return undefined;
  return driftFinding(difference, {
    id: "webhook-credentials-removed",
    severity: "critical",
    title: `The user name and password of the webhook ${name} were removed in Gladly`,
    detail: sentences(
      `It was edited by hand. ${receiver(environment)} refuses a delivery without them; after the fourth failed retry of one, Gladly switches the webhook off.`,
      missedCloses(environment.delivery, edited, context.now),
    ),
    remedy: `${applyCommand(context)} hands them to Gladly again${withPassword(environment)}`,
    ...since(edited),
  });
}

/** Names only: Gladly never tells a header's value. One that was added is in no code, so no apply takes it away. */
function headers({ difference, outside, context, name, edited }: Case): StackFinding | undefined {
  const was = texts(outside.before, "header_keys").map((key) => key.toLowerCase());
  const is = texts(outside.after, "header_keys").map((key) => key.toLowerCase());
  const gone = was.filter((key) => !is.includes(key));
  const added = is.filter((key) => !was.includes(key));
  if (gone.length + added.length === 0) return undefined;
  return driftFinding(difference, {
    id: "webhook-headers-changed",
    severity: "warning",
    title: `The fixed headers of the webhook ${name} were changed in Gladly`,
    detail: `It was edited by hand: ${[...gone.map((key) => `${code(key)} removed`), ...added.map((key) => `${code(key)} added`)].join(", ")}. Gladly sends them with every delivery and never tells their values.`,
    remedy:
      gone.length > 0
        ? `${applyCommand(context)} sends the headers of the code again`
        : `no apply removes a header that the code does not know: remove it in Gladly, then ${acceptCommand(context)}`,
    ...since(edited),
  });
}

/** Whatever else the plan would put back. */
function anythingElse({ difference, context, name, edited }: Case): StackFinding | undefined {
  const rest = undone(difference).filter((path) => !/^(enabled|url|events|name|credentials)(\.|$)/.test(path));
  if (rest.length === 0) return undefined;
  return driftFinding(difference, {
    id: "webhook-changed",
    severity: "warning",
    title: `The webhook ${name} was changed in Gladly: ${rest.map(code).join(", ")}`,
    remedy: `${applyCommand(context)} puts it back`,
    ...since(edited),
  });
}

/**
 * Changed, and everything that Gladly shows is as it was: what it never shows may be another. Not when the code has the
 * webhook changed anyway, for that apply explains nothing and hides nothing.
 */
function unexplained({ difference, outside, environment, context, name, edited }: Case): readonly StackFinding[] {
  const before = Date.parse(text(outside.before, "updated_at") ?? "");
  const after = Date.parse(edited ?? "");
  if (!(after > before) || outside.differences.length > 0) return [];
  return [
    driftFinding(difference, {
      id: "webhook-password-perhaps-replaced",
      severity: "warning",
      title: `The webhook ${name} was edited in Gladly, and what was edited does not show`,
      detail: sentences(
        "Everything that Gladly shows is as it was. Its user name or password may have been replaced, or it was switched off and on again.",
        `${receiver(environment)} refuses every delivery with a wrong password, and after the fourth failed retry of one Gladly switches the webhook off.`,
        merged(difference).length > 0 ? "The code changes the webhook as well." : undefined,
      ),
      remedy:
        `to be sure, raise \`webhook.passwordVersion\` in ${environment.file} and ${applyCommand(context)}, which hands ours to Gladly ` +
        `again${withPassword(environment)}; to accept it as it is, ${acceptCommand(context)}`,
      ...since(edited),
    }),
  ];
}

/** The event that was tried in vain is missed as well: its retries end at most 95.5 minutes after it (section 7.1). */
function beforeRetries(switchedOff: string): string | undefined {
  const time = Date.parse(switchedOff);
  return Number.isNaN(time) ? undefined : new Date(time - 95.5 * 60_000).toISOString();
}

function receiver({ delivery }: EnvironmentLook): string {
  return delivery === "direct" ? "Stella Connect" : "The relay";
}

/** On AWS no file holds the password; on this machine the stack reads it from one. */
function withPassword({ on }: EnvironmentLook): string {
  return on === "aws" ? ", with the password in TF_VAR_webhook_password" : "";
}

function acceptCommand({ stack }: DriftContext): string {
  return `\`npx cdktf apply ${stack} --refresh-only\``;
}

function since(edited: string | undefined): { readonly since?: string } {
  return edited === undefined ? {} : { since: edited };
}
