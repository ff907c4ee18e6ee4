/** The simplest implementation of the ports, in memory, for tests of the core's rules. */
import type { Envelope } from "../../../src/relay/envelope";
import type { Chance, Clock, Ledger, Log, Metrics, Versioned } from "../../../src/relay/ports";
import type { ConversationRecord } from "../../../src/relay/record";
import { NOON } from "./records";

export class TestClock implements Clock {
  time = NOON;
  now(): number {
    return this.time;
  }
}

export class MemoryLedger implements Ledger {
  readonly records = new Map<string, Versioned<ConversationRecord>>();
  readonly notes = new Map<string, Versioned<string>>();
  readonly accepted: Envelope[] = [];

  async conversation(key: string): Promise<Versioned<ConversationRecord> | undefined> {
    return this.records.get(key);
  }

  async saveConversation(record: ConversationRecord, expected: number | undefined): Promise<boolean> {
    return swap(this.records, record.key, record, expected);
  }

  async recent(most: number): Promise<readonly ConversationRecord[]> {
    return [...this.records.values()].map((stored) => stored.value).slice(-most);
  }

  async waiting(): Promise<readonly Envelope[]> {
    return this.accepted;
  }

  async note(name: string): Promise<Versioned<string> | undefined> {
    return this.notes.get(name);
  }

  async saveNote(name: string, value: string, expected: number | undefined): Promise<boolean> {
    return swap(this.notes, name, value, expected);
  }
}

function swap<T>(map: Map<string, Versioned<T>>, key: string, value: T, expected: number | undefined): boolean {
  if (map.get(key)?.version !== expected) return false;
  map.set(key, { value, version: (expected ?? 0) + 1 });
  return true;
}

/** Records counts and log lines by name. */
export class Notes implements Metrics {
  readonly counted: string[] = [];
  readonly logged: { readonly level: string; readonly event: string; readonly fields: unknown }[] = [];

  count(name: string, labels: Readonly<Record<string, string>> = {}): void {
    this.counted.push([name, ...Object.values(labels)].join(" "));
  }

  observe(): void {}

  readonly log: Log = (level, event, fields) => {
    this.logged.push({ level, event, fields });
  };
}

/** Ids in order, and no jitter. */
export function steadyChance(): Chance {
  let next = 0;
  return { random: () => 0, id: () => `id-${next++}` };
}
