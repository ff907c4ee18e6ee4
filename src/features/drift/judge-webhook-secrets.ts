/**
 * Credentials and fixed headers of the webhook. Gladly never shows their values, so a change of these shows only in the
 * time of the last edit. The same code as the provider's says what may have happened (webhook-changes.ts).
 */
import { code } from "../../report/report";
import { type Change, text, texts } from "../../terraform/change";
import { at } from "../../terraform/value";
import { type OutsideChanges, outsideChanges, type SeenWebhook } from "../../vendors/gladly/webhook-changes";
import { applyCommand, type DriftContext, driftFinding, sentences } from "./context";
import { type Difference, merged } from "./differences";
import { missedCloses } from "./missed-closes";
import type { EnvironmentLook, StackFinding } from "./observation";
import { receiver, since, type WebhookCase, withPassword } from "./webhook-case";

export function secretFindings(given: WebhookCase): readonly StackFinding[] {
  const changes = outsideChanges(seen(given.outside.before), seen(given.outside.after));
  if (changes.credentials === "removed") return [credentialsRemoved(given), ...headers(given, changes)];
  return [...credentialsAdded(given, changes), ...headers(given, changes), ...edited(given, changes)];
}

/** A side of a plan's change, as the provider sees a webhook. */
function seen(side: Change["before"]): SeenWebhook {
  return {
    name: text(side, "name") ?? null,
    url: text(side, "url") ?? "",
    events: texts(side, "events"),
    enabled: at(side, "enabled") === true,
    hasCredentials: at(side, "has_credentials") === true,
    headerKeys: texts(side, "header_keys"),
    updatedAt: text(side, "updated_at") ?? null,
    disabledAtDueToRetryLimit: text(side, "disabled_at_due_to_retry_limit") ?? null,
  };
}

function credentialsRemoved({ difference, environment, context, name, edited: time }: WebhookCase): StackFinding {
  return driftFinding(difference, "outside-webhook-credentials-removed", {
    title: `Someone removed the user name and password of the webhook ${name} in Gladly`,
    detail: sentences(
      `${receiver(environment)} refuses every delivery without them. After four failed retries Gladly disables the webhook.`,
      missedCloses(context, time),
    ),
    remedy: `${applyCommand(context)} sets them again${withPassword(environment)}`,
    ...since(time),
  });
}

function credentialsAdded(
  { difference, name, edited: time }: WebhookCase,
  { credentials }: OutsideChanges,
): readonly StackFinding[] {
  return credentials === "added" ? [credentialsAddedTo(difference, name, time)] : [];
}

export function credentialsAddedTo(
  difference: Pick<Difference, "address">,
  name: string,
  time: string | undefined,
): StackFinding {
  return driftFinding(difference, "outside-webhook-credentials-added", {
    title: `Someone gave the webhook ${name} a user name and password in Gladly`,
    detail: "The code has none. Gladly sends them with every delivery and never shows the password.",
    remedy: "remove them in Gladly, because no apply does",
    ...since(time),
  });
}

/** Names only: Gladly never shows a header's value. No apply removes a header that the code does not have. */
function headers(
  { difference, context, name, edited: time }: WebhookCase,
  { headersAdded, headersRemoved }: OutsideChanges,
): readonly StackFinding[] {
  if (headersAdded.length + headersRemoved.length === 0) return [];
  const removed = headersRemoved.map((key) => `${code(key.toLowerCase())} was removed`);
  const added = headersAdded.map((key) => `${code(key.toLowerCase())} was added`);
  return [
    headersChanged(difference, name, time, {
      what: `${[...removed, ...added].join(", ")}.`,
      remedy: removed.length > 0 ? `${applyCommand(context)} sets the headers of the code again` : REMOVE_HEADER,
    }),
  ];
}

const REMOVE_HEADER = "remove the added header in Gladly, because no apply does";

export function headersChanged(
  difference: Pick<Difference, "address">,
  name: string,
  time: string | undefined,
  { what, remedy = REMOVE_HEADER }: { readonly what: string; readonly remedy?: string },
): StackFinding {
  return driftFinding(difference, "outside-webhook-headers", {
    title: `Someone changed the fixed headers of the webhook ${name} in Gladly`,
    detail: `${what} Gladly sends them with every delivery and never shows their values.`,
    remedy,
    ...since(time),
  });
}

/** Edited: any edit may also have changed the password. */
function edited(given: WebhookCase, { editedAt, visible }: OutsideChanges): readonly StackFinding[] {
  const { difference, outside, environment, context, name } = given;
  if (editedAt === undefined || at(outside.before, "credentials") === null) return [];
  const moved = merged(difference);
  const answered = moved.some((path) => path.startsWith("credentials"));
  return [
    editedUnseen(difference, { environment, context, name }, editedAt, {
      shown:
        visible.length === 0
          ? "Every setting that Gladly shows is unchanged. The user name or password may be another one, or someone disabled and enabled the webhook."
          : "The user name or password may have been changed with what Gladly shows.",
      ...(answered ? { remedy: `${applyCommand(context)}, which sets our password again` } : {}),
      ...(moved.length > 0 ? { besides: "The code changes the webhook too." } : {}),
    }),
  ];
}

export function editedUnseen(
  difference: Pick<Difference, "address">,
  { environment, context, name }: { environment: EnvironmentLook; context: DriftContext; name: string },
  time: string | undefined,
  words: { readonly shown: string; readonly besides?: string; readonly remedy?: string },
): StackFinding {
  return driftFinding(difference, "outside-webhook-edited", {
    title: `Someone edited the webhook ${name} in Gladly, and Gladly does not show everything`,
    detail: sentences(
      words.shown,
      `${receiver(environment)} refuses every delivery with a wrong password. After four failed retries Gladly disables the webhook.`,
      words.besides,
    ),
    remedy:
      words.remedy ??
      `raise \`webhook.passwordVersion\` in ${environment.file}, then ${applyCommand(context)}${withPassword(environment)}: ` +
        "it sets our password again. Only that ends this finding; `--refresh-only` does not",
    ...since(time),
  });
}
