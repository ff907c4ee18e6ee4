/** The logs that Gladly shows for a webhook, and every delivery attempt (docs/vendors/gladly-api.md section 7.1). */
import type { DeliveryResult } from "./receiver";

/** `Debug`: failed, will be retried. `Error`: failed and disabled the webhook. */
export type LogResult = "Success" | "Debug" | "Error";

/** One request to a receiver. */
export interface LogEntry {
  readonly number: number;
  readonly webhookId: string;
  /** Absent for a PING. */
  readonly deliveryId?: string;
  /** Absent for a PING. */
  readonly eventId?: string;
  readonly type: string;
  /** The event's conversation. */
  readonly conversationId?: string;
  /** 1 for the first attempt, 5 for the fourth retry. */
  readonly attempt: number;
  readonly at: string;
  readonly status?: number;
  /** Why there is no status. */
  readonly failure?: string;
  readonly result: LogResult;
}

/** Gladly keeps the last 100 requests of the past month. */
const SHOWN = 100;
const MONTH = 30 * 24 * 3600 * 1000;

export class DeliveryLog {
  private entries: LogEntry[] = [];
  private count = 0;

  constructor(
    /** Entries kept for `/_sandbox/deliveries`. The oldest are dropped first. */
    private readonly capacity = 50_000,
  ) {}

  record(entry: Omit<LogEntry, "number" | "status" | "failure">, answer: DeliveryResult): void {
    this.count += 1;
    this.entries.push({ number: this.count, ...entry, ...answer });
    if (this.entries.length > this.capacity) this.entries.shift();
  }

  all(): readonly LogEntry[] {
    return this.entries;
  }

  /** The entries that Gladly shows for one webhook, newest first. */
  shown(webhookId: string, now: number): readonly LogEntry[] {
    const kept = this.entries.filter((entry) => entry.webhookId === webhookId && Date.parse(entry.at) >= now - MONTH);
    return kept.slice(-SHOWN).reverse();
  }

  clear(): void {
    this.entries = [];
    this.count = 0;
  }
}
