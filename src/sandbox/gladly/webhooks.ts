/** Creates, changes and deletes webhooks, and sends PINGs, by Gladly's rules (docs/vendors/gladly-api.md section 6). */
import { PING } from "../../contract/event-types";
import { GLADLY_PATIENCE_MS } from "../../contract/time-limits";
import type { SandboxClock } from "../clock";
import { newId } from "../ids";
import type { Masking } from "../masking";
import type { Outgoing } from "../outgoing";
import type { Fields } from "./fields";
import { type DeliveryResult, post } from "./receiver";
import { notFound, Refusal } from "./refusal";
import type { GladlySettings } from "./settings";
import type { WebhookRecord } from "./webhook";
import { readWebhookFields, type WebhookFields } from "./webhook-fields";

export interface WebhooksDeps {
  readonly clock: SandboxClock;
  readonly settings: () => GladlySettings;
  readonly masking: Masking;
  readonly outgoing: Outgoing;
  /** Called after every change. `further` describes changes that the API does not show. */
  readonly onChange: (
    before: WebhookRecord | undefined,
    after: WebhookRecord | undefined,
    further: readonly string[],
  ) => void;
  /** Called when a webhook is disabled or deleted, by a client or by Gladly. */
  readonly onDisabled: (webhookId: string) => void;
  /** Called after every PING, for the delivery log. */
  readonly onPing: (webhookId: string, url: string, answer: DeliveryResult) => void;
}

export class Webhooks {
  private readonly records = new Map<string, WebhookRecord>();

  constructor(private readonly deps: WebhooksDeps) {}

  list(): readonly WebhookRecord[] {
    return [...this.records.values()];
  }

  find(id: string): WebhookRecord | undefined {
    return this.records.get(id);
  }

  /** @throws Refusal a 404 */
  get(id: string): WebhookRecord {
    const record = this.records.get(id);
    if (record === undefined) throw notFound();
    return record;
  }

  /** Creates a webhook. If it is enabled, its receiver must first answer PING with 200. */
  async create(fields: Fields): Promise<WebhookRecord> {
    const { clock, settings } = this.deps;
    const input = readWebhookFields(fields, settings(), true);
    fields.check();
    const now = clock.timestamp();
    const { credentials, ...rest } = input;
    const record: WebhookRecord = {
      id: newId(),
      url: "",
      events: [],
      enabled: false,
      headers: {},
      createdAt: now,
      updatedAt: now,
      ...rest,
      ...(credentials ? { credentials } : {}),
    };
    this.checkLimits(record);
    this.maskSecrets(input);
    if (record.enabled) await this.ping(record);
    // Another request may have created a webhook during the PING.
    this.checkLimits(record);
    this.records.set(record.id, record);
    this.deps.onChange(undefined, record, []);
    return record;
  }

  /** Changes the sent fields. Changes nothing when a required PING fails. */
  async update(id: string, fields: Fields): Promise<WebhookRecord> {
    const { settings } = this.deps;
    const before = this.get(id);
    const input = readWebhookFields(fields, settings(), false);
    fields.check();
    const proposed = this.changed(before, input);
    this.checkLimits(proposed);
    this.maskSecrets(input);
    const moved = proposed.url !== before.url && (proposed.enabled || settings().pingOnUrlChangeWhileDisabled);
    if (moved || (proposed.enabled && !before.enabled)) await this.ping(proposed);
    // The webhook may have changed during the PING. The last writer wins.
    const after = this.changed(this.get(id), input);
    this.checkLimits(after);
    this.records.set(id, after);
    const replaced = input.credentials && before.credentials !== undefined ? ["password replaced"] : [];
    this.deps.onChange(before, after, replaced);
    if (before.enabled && !after.enabled) this.deps.onDisabled(id);
    return after;
  }

  /** Deletes a disabled webhook. @throws Refusal when it is enabled */
  delete(id: string): void {
    const record = this.get(id);
    if (record.enabled) {
      throw new Refusal(400, [
        { attr: "enabled", code: "invalid_state", detail: "an enabled webhook cannot be deleted, disable it first" },
      ]);
    }
    this.records.delete(id);
    this.deps.onChange(record, undefined, []);
    this.deps.onDisabled(id);
  }

  /** Disables a webhook as Gladly does after the fourth failed retry. */
  deactivate(id: string): void {
    const record = this.records.get(id);
    if (record === undefined || !record.enabled) return;
    const now = this.deps.clock.timestamp();
    this.records.set(id, {
      ...record,
      enabled: false,
      disabledAtDueToRetryLimit: now,
      ...(this.deps.settings().deactivationMovesUpdatedAt ? { updatedAt: now } : {}),
    });
    this.deps.onChange(record, this.get(id), ["by Gladly, after the fourth failed retry"]);
    this.deps.onDisabled(id);
  }

  clear(): void {
    for (const id of this.records.keys()) this.deps.onDisabled(id);
    this.records.clear();
  }

  private changed(before: WebhookRecord, input: WebhookFields): WebhookRecord {
    const { credentials: kept, disabledAtDueToRetryLimit, ...rest } = before;
    const { credentials: sent, ...changes } = input;
    const credentials = sent === undefined ? kept : (sent ?? undefined);
    const enabled = changes.enabled ?? before.enabled;
    return {
      ...rest,
      ...changes,
      ...(credentials === undefined ? {} : { credentials }),
      // Enabling a webhook removes `disabledAtDueToRetryLimit`.
      ...(enabled || disabledAtDueToRetryLimit === undefined ? {} : { disabledAtDueToRetryLimit }),
      updatedAt: this.deps.clock.timestamp(),
    };
  }

  /** @throws Refusal when the URL is taken or the webhook limit is reached */
  private checkLimits(record: WebhookRecord): void {
    const others = this.list().filter((other) => other.id !== record.id);
    if (others.some((other) => other.url === record.url)) {
      throw new Refusal(400, [{ attr: "url", code: "taken", detail: "another webhook already has this url" }]);
    }
    const limit = this.deps.settings().webhookLimit;
    if (others.length >= limit) {
      throw new Refusal(400, [{ code: "invalid", detail: `an organization can have at most ${limit} webhooks` }]);
    }
  }

  private maskSecrets(input: WebhookFields): void {
    if (input.credentials) this.deps.masking.add(input.credentials.password);
    for (const value of Object.values(input.headers ?? {})) this.deps.masking.add(value);
  }

  private async ping(record: WebhookRecord): Promise<void> {
    const { clock, settings, outgoing } = this.deps;
    const event =
      settings().pingBody === "type-only"
        ? ({ type: PING } as const)
        : { id: newId(), type: PING, timestamp: clock.timestamp(), content: {} };
    const answer = await post(outgoing, record, event, clock.wallMilliseconds(GLADLY_PATIENCE_MS));
    this.deps.onPing(record.id, record.url, answer);
    if ("status" in answer && answer.status === 200) return;
    const failure = "status" in answer ? `it answered ${answer.status}` : answer.failure;
    throw new Refusal(400, [
      { attr: "url", code: "invalid", detail: `the receiver must answer a PING with 200, but ${failure}` },
    ]);
  }
}
