/** The attributes of `gladly_webhook`, and their values from Gladly's webhook (docs/vendors/gladly-api.md section 6). */
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

/** Gladly's list of events grew and shrank within one API version, so only the form is checked. */
const eventNames = validator<readonly string[]>("event types such as `CONVERSATION/CLOSED`", (events) => {
  const odd = events.find((event) => !/^[A-Z][A-Z_]*\/[A-Z][A-Z_]*$/.test(event));
  if (odd === undefined) return undefined;
  return odd === PING
    ? "PING is sent by Gladly by itself and cannot be subscribed to."
    : `"${odd}" is not an event type.`;
});

/** Names according to RFC 9110. */
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
    description: "The user name that Gladly sends with every delivery. Gladly never shows it again.",
    validators: [nonEmpty(), oneLine(), userName],
  }),
  password_wo: string({
    optional: true,
    sensitive: true,
    writeOnly: true,
    description:
      "The password that Gladly sends with every delivery. Write-only: no state and no plan contains it. It is sent when the webhook is created and whenever `username`, `realm` or `password_wo_version` changes, and must be set then. A plan does not need it: if it comes from an ephemeral variable, any placeholder works at plan.",
    validators: [nonEmpty(), oneLine()],
  }),
  password_wo_version: number({
    optional: true,
    description: "Raise this number when the password changes. Terraform cannot detect the change otherwise.",
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
      "Where Gladly posts the events. Unique among all webhooks of the organization. When it changes, Gladly sends a PING to the new address, and keeps the old one unless the answer is exactly 200 within 15 seconds.",
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
      "Fixed headers that Gladly sends with every delivery. Write-only: no state and no plan contains the values. All of them are sent when the webhook is created and whenever `headers_wo_version` changes, and must be set then.",
    validators: [headerNames],
  }),
  headers_wo_version: number({
    optional: true,
    description: "Raise this number when `headers_wo` changes. Terraform cannot detect the change otherwise.",
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
    description: "When it was last changed, by Terraform or anyone else (RFC 3339).",
  }),
  timeouts: timeouts("1m"),
};
export type WebhookState = Known<typeof webhookAttributes>;

/** Checks across attributes. Unknown values are undefined and checked later. */
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
      "Terraform cannot detect when the password changes",
      "The state does not contain the password, so a new one is sent only when `password_wo_version` changes. Set it, for example to 1, and raise it with each new password.",
      attributePath("credentials"),
    );
  }
  if (headers && headersVersion === null) {
    report.warning(
      "Terraform cannot detect when the headers change",
      "The state does not contain header values, so new ones are sent only when `headers_wo_version` changes. Set it, for example to 1, and raise it with each change.",
      attributePath("headers_wo"),
    );
  }
}

/** Attributes that Gladly does not show or does not have: only the state or the configuration knows them. */
export type Unread = Pick<WebhookState, "credentials" | "headers_wo_version" | "timeouts">;

/** Gladly's webhook as state. Attributes that Gladly never shows keep their values from the state. */
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
