/** The attributes of `gladly_webhook`, and how Gladly's webhook becomes them (docs/vendors/gladly-api.md section 6). */
import { PING } from "../../contract/event-types";
import type { Webhook } from "../../vendors/gladly/wire";
import type { Diagnostics } from "../protocol/diagnostics";
import type { Known, Partial } from "../protocol/schema/attribute";
import { bool, nested, number, string, stringMap, stringSet } from "../protocol/schema/attributes";
import { timeouts } from "../protocol/schema/timeouts";
import {
  atLeastOne,
  httpsAddress,
  maxLength,
  nonEmpty,
  oneLine,
  validator,
  wholeNumber,
} from "../protocol/schema/validator";
import { attributePath } from "../protocol/values/path";

/** RFC 7617: the first colon ends the user name. */
const userName = validator<string>("no colon", (value) =>
  value.includes(":") ? "A user name of Basic authentication cannot contain a colon." : undefined,
);

/** Gladly's list of events grew and shrank inside one API version, so the form is checked and not the word. */
const eventNames = validator<readonly string[]>("event types such as `CONVERSATION/CLOSED`", (events) => {
  const odd = events.find((event) => !/^[A-Z][A-Z_]*\/[A-Z][A-Z_]*$/.test(event));
  if (odd === undefined) return undefined;
  return odd === PING
    ? "PING is sent by Gladly by itself and cannot be subscribed to."
    : `"${odd}" is not an event type.`;
});

/** Names as RFC 9110 has them. */
const headerNames = validator<Readonly<Record<string, string>>>("header names with values of one line", (headers) => {
  const seen = new Map<string, string>();
  for (const [name, value] of Object.entries(headers)) {
    const other = seen.get(name.toLowerCase());
    if (other !== undefined) return `\`${other}\` and \`${name}\` are the same header; give it once.`;
    seen.set(name.toLowerCase(), name);
    if (name === "__proto__") return "`__proto__` cannot be sent as a header.";
    if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) return `${JSON.stringify(name)} is not the name of a header.`;
    if (oneLine().check(value)) return `The value of the header ${name} has a line break or another control character.`;
  }
  return undefined;
});

const credentials = {
  username: string({
    required: true,
    description: "The user name that Gladly sends with every delivery. Gladly never tells it again.",
    validators: [nonEmpty(), oneLine(), userName],
  }),
  password_wo: string({
    optional: true,
    sensitive: true,
    writeOnly: true,
    description:
      "The password that Gladly sends with every delivery. Write-only: it is in no state and no plan. It is sent when the webhook is created and whenever `username`, `realm` or `password_wo_version` changes, and must be given then. A plan does not need it: where it comes from an ephemeral variable, any placeholder will do at plan.",
    validators: [nonEmpty(), oneLine()],
  }),
  password_wo_version: number({
    optional: true,
    description: "A number to raise when the password changes; nothing else can tell Terraform that it did.",
    validators: [wholeNumber()],
  }),
  realm: string({
    optional: true,
    description: "The realm of the Basic authentication.",
    validators: [nonEmpty(), oneLine()],
  }),
};

export const webhookAttributes = {
  id: string({ computed: true, changesWith: [], description: "The webhook's id at Gladly." }),
  name: string({
    required: true,
    description: "The webhook's name in Gladly's settings.",
    validators: [nonEmpty(), maxLength(200)],
  }),
  url: string({
    required: true,
    description:
      "Where Gladly posts the events. Unique over all webhooks of the organization. When it changes, Gladly sends a PING there and keeps the old address unless exactly 200 comes back within 15 seconds.",
    validators: [httpsAddress()],
  }),
  events: stringSet({
    required: true,
    description: "The types of the events to deliver, such as `CONVERSATION/CLOSED`.",
    validators: [atLeastOne(), eventNames],
  }),
  enabled: bool({
    default: true,
    description:
      "Whether events are delivered. To enable a webhook, Gladly sends it a PING and needs exactly 200 within 15 seconds. Gladly switches a webhook off by itself after the fourth failed retry of one event; the next plan then shows this going back to `true`.",
  }),
  credentials: nested(credentials, {
    optional: true,
    description: "Basic authentication of the deliveries.",
  }),
  headers_wo: stringMap({
    optional: true,
    sensitive: true,
    writeOnly: true,
    description:
      "Fixed headers that Gladly sends with every delivery. Write-only: the values are in no state and no plan. They are sent, all of them, when the webhook is created and whenever `headers_wo_version` changes, and must be given then.",
    validators: [headerNames],
  }),
  headers_wo_version: number({
    optional: true,
    description: "A number to raise when `headers_wo` changes; nothing else can tell Terraform that it did.",
    validators: [wholeNumber()],
  }),
  has_credentials: bool({
    computed: true,
    changesWith: ["credentials"],
    description: "Whether Gladly has credentials for this webhook.",
  }),
  header_keys: stringSet({
    computed: true,
    changesWith: ["headers_wo_version"],
    description: "The names of the fixed headers that Gladly sends with every delivery.",
  }),
  status: string({
    computed: true,
    changesWith: ["enabled"],
    description: "`active`, `disabled`, or `deactivated_by_gladly` when too many deliveries failed.",
  }),
  disabled_at_due_to_retry_limit: string({
    computed: true,
    changesWith: ["enabled"],
    description: "When Gladly switched the webhook off after the fourth failed retry (RFC 3339).",
  }),
  created_at: string({ computed: true, changesWith: [], description: "When it was created (RFC 3339)." }),
  updated_at: string({
    computed: true,
    changesWith: ["name", "url", "events", "enabled", "credentials", "headers_wo_version"],
    description: "When it was last changed, by whomever (RFC 3339).",
  }),
  timeouts: timeouts("1m"),
};
export type WebhookState = Known<typeof webhookAttributes>;

/** What only several attributes together can get wrong. Unknown values are undefined, and left for later. */
export function checkWebhook(config: Partial<typeof webhookAttributes>, report: Diagnostics): void {
  const { credentials, headers_wo: headers, headers_wo_version: headersVersion } = config;
  const authorization = Object.keys(headers ?? {}).find((name) => name.toLowerCase() === "authorization");
  if (credentials && authorization !== undefined) {
    report.error(
      "Two ways to authenticate",
      `\`credentials\` makes Gladly send an Authorization header, and \`headers_wo\` sets \`${authorization}\` as well. Remove one of them.`,
      attributePath("headers_wo"),
    );
  }
  if (credentials?.password_wo && credentials.password_wo_version === null) {
    report.warning(
      "Terraform cannot tell when the password changes",
      "The state does not hold the password, so a new one is sent only when `password_wo_version` changes. Set it, for example to 1, and raise it with each new password.",
      attributePath("credentials"),
    );
  }
  if (headers && headersVersion === null) {
    report.warning(
      "Terraform cannot tell when the headers change",
      "The state does not hold header values, so new ones are sent only when `headers_wo_version` changes. Set it, for example to 1, and raise it with each change.",
      attributePath("headers_wo"),
    );
  }
}

/** What Gladly never tells, and what is not Gladly's: only the state or the configuration knows it. */
export type Unread = Pick<WebhookState, "credentials" | "headers_wo_version" | "timeouts">;

/** Gladly's webhook as state. What Gladly never tells stays as the state has it. */
export function webhookState(webhook: Webhook, known: Unread): WebhookState {
  return {
    id: webhook.id,
    name: webhook.name ?? "",
    url: webhook.url,
    events: [...new Set(webhook.events)],
    enabled: webhook.enabled,
    credentials: known.credentials,
    headers_wo: null,
    headers_wo_version: known.headers_wo_version,
    timeouts: known.timeouts,
    has_credentials: webhook.hasCredentials,
    header_keys: [...new Set(webhook.headerKeys)],
    status: webhookStatus(webhook),
    disabled_at_due_to_retry_limit: webhook.disabledAtDueToRetryLimit ?? null,
    created_at: webhook.createdAt ?? null,
    updated_at: webhook.updatedAt ?? null,
  };
}

export type WebhookStatus = "active" | "disabled" | "deactivated_by_gladly";

export function webhookStatus(webhook: Webhook): WebhookStatus {
  if (webhook.enabled) return "active";
  return webhook.disabledAtDueToRetryLimit ? "deactivated_by_gladly" : "disabled";
}
