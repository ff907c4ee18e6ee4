/** The webhooks of the organization: rules of creating, changing and deleting, and the PING (section 6). */
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
  /** Told of what was created, changed and deleted; `further` is what the API never shows, in words. */
  readonly onChange: (
    before: WebhookRecord | undefined,
    after: WebhookRecord | undefined,
    further: readonly string[],
  ) => void;
  /** Told when a webhook stops, by whomever. */
  readonly onDisabled: (webhookId: string) => void;
  /** Told of every PING, for the delivery log. */
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

  /** The webhook, or a 404. */
  get(id: string): WebhookRecord {
    const record = this.records.get(id);
    if (record === undefined) throw notFound();
    return record;
  }

  /** Creates a webhook; an enabled one only once its receiver has answered PING with 200. */
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
    this.checkRoom(record);
    this.rememberSecrets(input);
    if (record.enabled) await this.ping(record);
    // Gladly waited for the receiver: another create may have come first.
    this.checkRoom(record);
    this.records.set(record.id, record);
    this.deps.onChange(undefined, record, []);
    return record;
  }

  /** Changes what was sent. Nothing is changed when the receiver does not pass a PING that is due. */
  async update(id: string, fields: Fields): Promise<WebhookRecord> {
    const { settings } = this.deps;
    const before = this.get(id);
    const input = readWebhookFields(fields, settings(), false);
    fields.check();
    const proposed = this.changed(before, input);
    this.checkRoom(proposed);
    this.rememberSecrets(input);
    const moved = proposed.url !== before.url && (proposed.enabled || settings().pingOnUrlChangeWhileDisabled);
    if (moved || (proposed.enabled && !before.enabled)) await this.ping(proposed);
    // Last writer wins, on what is there after the wait.
    const after = this.changed(this.get(id), input);
    this.checkRoom(after);
    this.records.set(id, after);
    const replaced = input.credentials && before.credentials !== undefined ? ["password replaced"] : [];
    this.deps.onChange(before, after, replaced);
    if (before.enabled && !after.enabled) this.deps.onDisabled(id);
    return after;
  }

  /** Deletes a webhook that is switched off; an enabled one is refused. */
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

  /** Gladly's own doing after the fourth failed retry. */
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
      // Switching it on again takes the mark of Gladly's own deactivation away.
      ...(enabled || disabledAtDueToRetryLimit === undefined ? {} : { disabledAtDueToRetryLimit }),
      updatedAt: this.deps.clock.timestamp(),
    };
  }

  private checkRoom(record: WebhookRecord): void {
    const others = this.list().filter((other) => other.id !== record.id);
    if (others.some((other) => other.url === record.url)) {
      throw new Refusal(400, [{ attr: "url", code: "taken", detail: "another webhook already has this url" }]);
    }
    const limit = this.deps.settings().webhookLimit;
    if (others.length >= limit) {
      throw new Refusal(400, [{ code: "invalid", detail: `an organization can have at most ${limit} webhooks` }]);
    }
  }

  private rememberSecrets(input: WebhookFields): void {
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
    const came = "status" in answer ? `it answered ${answer.status}` : answer.failure;
    throw new Refusal(400, [
      { attr: "url", code: "invalid", detail: `the receiver must answer a PING with 200, but ${came}` },
    ]);
  }
}
