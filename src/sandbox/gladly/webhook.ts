/** A webhook's record, and how the API shows it: without credentials and header values. */
import type { Webhook } from "../../vendors/gladly/wire";

export interface WebhookCredentials {
  readonly username: string;
  readonly password: string;
  readonly realm?: string;
}

export interface WebhookRecord {
  readonly id: string;
  readonly name?: string;
  readonly url: string;
  readonly events: readonly string[];
  readonly enabled: boolean;
  readonly credentials?: WebhookCredentials;
  readonly headers: Readonly<Record<string, string>>;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** When Gladly itself disabled the webhook. */
  readonly disabledAtDueToRetryLimit?: string;
}

/** The answer of `GET /api/v1/webhooks/{id}`. */
export function showWebhook(record: WebhookRecord): Webhook {
  return {
    id: record.id,
    ...(record.name === undefined ? {} : { name: record.name }),
    url: record.url,
    events: [...record.events],
    enabled: record.enabled,
    hasCredentials: record.credentials !== undefined,
    headerKeys: Object.keys(record.headers),
    createdAt: record.createdAt,
    updatedAt: record.updatedAt,
    ...(record.disabledAtDueToRetryLimit === undefined
      ? {}
      : { disabledAtDueToRetryLimit: record.disabledAtDueToRetryLimit }),
  };
}
