/** What `POST` and `PATCH /api/v1/webhooks` accept, field by field (docs/vendors/gladly-api.md section 6). */
import { EVENT_TYPES } from "./event-types";
import type { Fields } from "./fields";
import type { GladlySettings } from "./settings";
import type { WebhookCredentials } from "./webhook";

/** The sent fields. `credentials: null` removes the credentials. */
export interface WebhookFields {
  readonly name?: string;
  readonly url?: string;
  readonly events?: readonly string[];
  readonly enabled?: boolean;
  readonly credentials?: WebhookCredentials | null;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Reads the fields. A create requires `url` and `events`. Errors are collected in `fields`. */
export function readWebhookFields(fields: Fields, settings: GladlySettings, create: boolean): WebhookFields {
  const name = fields.text("name", { longest: 200 });
  const url = fields.text("url", { required: create || fields.has("url") });
  const events = fields.texts("events", { required: create });
  const enabled = fields.flag("enabled");
  const headers = fields.textMap("headers");
  if (url !== undefined && !isReceiver(url, settings)) fields.error("url", "invalid", "url must be an HTTPS address");
  const unknown = events?.filter((type) => !EVENT_TYPES.has(type)) ?? [];
  if (unknown.length > 0) fields.error("events", "invalid", `unknown event types: ${unknown.join(", ")}`);
  return {
    ...(name === undefined ? {} : { name }),
    ...(url === undefined ? {} : { url }),
    ...(events === undefined ? {} : { events: [...new Set(events)] }),
    ...(enabled === undefined ? {} : { enabled }),
    ...(headers === undefined ? {} : { headers }),
    ...readCredentials(fields),
  };
}

function readCredentials(fields: Fields): Pick<WebhookFields, "credentials"> {
  if (fields.isNull("credentials")) return { credentials: null };
  const inner = fields.inner("credentials");
  if (inner === undefined) return {};
  const username = inner.text("username", { required: true });
  const password = inner.text("password", { required: true });
  const realm = inner.text("realm");
  if (username === undefined || password === undefined) return {};
  return { credentials: { username, password, ...(realm === undefined ? {} : { realm }) } };
}

function isReceiver(url: string, settings: GladlySettings): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  if (protocol === "https:") return true;
  const loopback = hostname === "127.0.0.1" || hostname === "localhost" || hostname === "[::1]";
  return settings.loopbackHttpReceivers && protocol === "http:" && loopback;
}
