/**
 * The private state of a webhook: what Gladly had after our own last write, and a change by someone else after which no new
 * secret was sent yet.
 */
import type { Webhook, WebhookInput } from "../../vendors/gladly/wire";
import type { PrivateState } from "../protocol/private-state";
import type { WebhookState } from "./webhook.schema";

/** The secrets that Gladly stores and never shows. */
export type Secret = "credentials" | "headers";

/** Header names and credentials after our own last write. */
interface Left {
  readonly hasCredentials: boolean;
  readonly headerKeys: readonly string[];
}

/** A change by someone else after which these secrets may no longer be ours. */
export interface OpenEdit {
  /** Gladly's time of the change, RFC 3339. */
  readonly at: string;
  readonly secrets: readonly Secret[];
}

export class WebhookMemory {
  constructor(private readonly privateState: PrivateState) {}

  /** The values after our own last write; from the state if an older version wrote it. */
  left(state: WebhookState): Left {
    const headerKeys = this.privateState.get("header_keys");
    const hasCredentials = this.privateState.get("has_credentials");
    return {
      headerKeys: isStrings(headerKeys) ? headerKeys : (state.header_keys ?? []),
      hasCredentials: typeof hasCredentials === "boolean" ? hasCredentials : state.has_credentials === true,
    };
  }

  /** Call it after our own write: what it sent is ours again, and the rest stays as before. */
  wrote(input: WebhookInput, webhook: Webhook, before: Left): void {
    const headers = input.headers === undefined ? before.headerKeys : webhook.headerKeys;
    const credentials = input.credentials === undefined ? before.hasCredentials : webhook.hasCredentials;
    this.keep({ headerKeys: headers, hasCredentials: credentials });
    this.answered([
      ...(input.credentials ? (["credentials"] as const) : []),
      ...(input.headers ? (["headers"] as const) : []),
    ]);
  }

  keep({ headerKeys, hasCredentials }: Left): void {
    this.privateState.set("header_keys", [...headerKeys]);
    this.privateState.set("has_credentials", hasCredentials);
  }

  /** The change by someone else that is still open. */
  get openEdit(): OpenEdit | undefined {
    const at = this.privateState.get("edited_at");
    const secrets = this.privateState.get("edited_secrets");
    if (typeof at !== "string" || !isStrings(secrets)) return undefined;
    return { at, secrets: secrets.filter((secret) => secret === "credentials" || secret === "headers") };
  }

  /** Someone changed the webhook. Secrets that it does not have cannot have been replaced. */
  edited(at: string, secrets: readonly Secret[]): void {
    if (secrets.length === 0) return;
    this.privateState.set("edited_at", at);
    this.privateState.set("edited_secrets", [...secrets]);
  }

  /** These secrets were sent again, or are no longer used. */
  answered(secrets: readonly Secret[]): void {
    const left = this.openEdit?.secrets.filter((secret) => !secrets.includes(secret)) ?? [];
    this.privateState.set("edited_secrets", left.length === 0 ? undefined : left);
    if (left.length === 0) this.privateState.set("edited_at", undefined);
  }

  /** Our own write was sent but not read back, so the next visible change may be that one. */
  get unconfirmed(): boolean {
    return this.privateState.get("unconfirmed") === true;
  }

  set unconfirmed(value: boolean) {
    this.privateState.set("unconfirmed", value ? true : undefined);
  }
}

function isStrings(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}
