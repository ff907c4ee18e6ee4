/**
 * Delivers events to webhooks: one attempt at once and up to four retries. When the last retry fails, the webhook is
 * disabled (docs/vendors/gladly-api.md section 7.1). Events that occur while a webhook is disabled are never delivered.
 */
import { GLADLY_PATIENCE_MS } from "../../contract/time-limits";
import type { SandboxClock } from "../clock";
import { newId } from "../ids";
import type { Outgoing } from "../outgoing";
import type { DeliveryLog } from "./delivery-log";
import type { GladlyEvent } from "./events";
import { type DeliveryResult, post } from "./receiver";
import type { GladlySettings } from "./settings";
import type { WebhookRecord } from "./webhook";

/** Milliseconds until each retry. */
const RETRIES = [30_000, 5 * 60_000, 30 * 60_000, 60 * 60_000] as const;

export type DeliveryState = "waiting" | "under-way" | "delivered" | "given-up" | "dropped";

/** The delivery of one event to one webhook. */
export interface Delivery {
  readonly id: string;
  readonly webhookId: string;
  readonly event: GladlyEvent;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly nextAttemptAt?: string;
}

interface Progress {
  readonly id: string;
  readonly webhookId: string;
  readonly event: GladlyEvent;
  state: DeliveryState;
  attempts: number;
  firstFailureAt?: number;
  next?: { readonly at: number; readonly cancel: () => void };
}

export interface DeliveriesDeps {
  readonly clock: SandboxClock;
  readonly settings: () => GladlySettings;
  readonly log: DeliveryLog;
  readonly outgoing: Outgoing;
  readonly webhook: (id: string) => WebhookRecord | undefined;
  readonly webhooks: () => readonly WebhookRecord[];
  readonly deactivate: (webhookId: string) => void;
  readonly onChange: () => void;
  /** From 0 to below 1: decides which events are delivered twice. */
  readonly random: () => number;
}

export class Deliveries {
  private readonly progress = new Map<string, Progress>();
  /** Deliveries that wait until their webhook has fewer than `deliveryConcurrency` in progress. */
  private readonly queues = new Map<string, Progress[]>();
  /** Deliveries in progress, by webhook. */
  private readonly active = new Map<string, number>();

  constructor(private readonly deps: DeliveriesDeps) {}

  /** Sends an event to every enabled webhook that subscribes to it. */
  publish(event: GladlyEvent): void {
    for (const webhook of this.deps.webhooks()) {
      if (!webhook.enabled || !webhook.events.includes(event.type)) continue;
      this.start(webhook.id, event);
      if (this.deps.random() < this.deps.settings().duplicateDeliveries) this.start(webhook.id, event);
    }
  }

  /** Drops the waiting deliveries of a disabled or deleted webhook, if the settings say so. */
  webhookStopped(webhookId: string): void {
    if (this.deps.settings().retriesOfDisabledWebhook === "kept" && this.deps.webhook(webhookId)) return;
    for (const delivery of this.progress.values()) {
      if (delivery.webhookId !== webhookId || delivery.state !== "waiting") continue;
      this.settle(delivery, "dropped");
    }
    this.queues.delete(webhookId);
  }

  list(): readonly Delivery[] {
    return [...this.progress.values()].map(({ id, webhookId, event, state, attempts, next }) => ({
      id,
      webhookId,
      event,
      state,
      attempts,
      ...(next ? { nextAttemptAt: this.deps.clock.timestamp(next.at) } : {}),
    }));
  }

  clear(): void {
    for (const delivery of this.progress.values()) delivery.next?.cancel();
    this.progress.clear();
    this.queues.clear();
  }

  private start(webhookId: string, event: GladlyEvent): void {
    const delivery: Progress = { id: newId(), webhookId, event, state: "waiting", attempts: 0 };
    this.progress.set(delivery.id, delivery);
    this.enqueue(delivery);
  }

  private enqueue(delivery: Progress): void {
    const { webhookId } = delivery;
    if ((this.active.get(webhookId) ?? 0) >= this.deps.settings().deliveryConcurrency) {
      const queue = this.queues.get(webhookId);
      if (queue === undefined) this.queues.set(webhookId, [delivery]);
      else queue.push(delivery);
      return;
    }
    void this.attempt(delivery);
  }

  private async attempt(delivery: Progress): Promise<void> {
    const { clock, outgoing, webhook: find, onChange } = this.deps;
    const webhook = find(delivery.webhookId);
    if (webhook === undefined) return this.settle(delivery, "dropped");
    this.count(webhook.id, 1);
    delete delivery.next;
    delivery.state = "under-way";
    delivery.attempts += 1;
    const answer = await post(outgoing, webhook, delivery.event, clock.wallMilliseconds(GLADLY_PATIENCE_MS));
    this.count(webhook.id, -1);
    if (outgoing.ended || !this.progress.has(delivery.id)) return;
    this.conclude(delivery, answer);
    const waiting = this.queues.get(webhook.id)?.shift();
    if (waiting) void this.attempt(waiting);
    onChange();
  }

  /** Any 2XX is success. Anything else is retried until the fourth retry fails. */
  private conclude(delivery: Progress, answer: DeliveryResult): void {
    const { clock, log, webhook: find, settings } = this.deps;
    const delivered = "status" in answer && answer.status >= 200 && answer.status < 300;
    const last = delivery.attempts > RETRIES.length;
    const { conversationId } = delivery.event.content;
    log.record(
      {
        webhookId: delivery.webhookId,
        deliveryId: delivery.id,
        eventId: delivery.event.id,
        type: delivery.event.type,
        ...(typeof conversationId === "string" ? { conversationId } : {}),
        attempt: delivery.attempts,
        at: clock.timestamp(),
        result: delivered ? "Success" : last ? "Error" : "Debug",
      },
      answer,
    );
    const stopped = find(delivery.webhookId)?.enabled !== true;
    if (delivered) this.settle(delivery, "delivered");
    else if (last) {
      this.settle(delivery, "given-up");
      this.deps.deactivate(delivery.webhookId);
    } else if (stopped && settings().retriesOfDisabledWebhook === "dropped") this.settle(delivery, "dropped");
    else this.scheduleRetry(delivery);
  }

  private scheduleRetry(delivery: Progress): void {
    const { clock, settings } = this.deps;
    const now = clock.now();
    delivery.firstFailureAt ??= now;
    const interval = RETRIES[delivery.attempts - 1] ?? 0;
    const from = settings().retrySchedule === "from-first-failure" ? delivery.firstFailureAt : now;
    const at = Math.max(now, from + interval);
    delivery.state = "waiting";
    delivery.next = { at, cancel: clock.schedule(at, () => this.enqueue(delivery)) };
  }

  private settle(delivery: Progress, state: "delivered" | "given-up" | "dropped"): void {
    delivery.next?.cancel();
    delete delivery.next;
    delivery.state = state;
  }

  private count(webhookId: string, change: 1 | -1): void {
    this.active.set(webhookId, (this.active.get(webhookId) ?? 0) + change);
  }
}
