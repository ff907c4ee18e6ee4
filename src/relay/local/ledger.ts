/** The ledger on one machine: JSON documents with versions, in the same file as the queue. */
import type Database from "libsql";
import * as z from "zod/mini";
import { Envelope } from "../envelope";
import type { Clock, Ledger, Versioned } from "../ports";
import { ConversationRecord } from "../record";
import type { GroupCommit } from "./group-commit";

const LastChange = z.object({ at: z.nullable(z.number()) });
const Key = z.object({ key: z.string() });
const Row = z.object({ version: z.number(), value: z.string() });

export class SqliteLedger implements Ledger {
  private readonly readConversation;
  private readonly insertConversation;
  private readonly updateConversation;
  private readonly readNote;
  private readonly insertNote;
  private readonly updateNote;
  private readonly forgetOld;
  private readonly forgetKept;

  constructor(
    private readonly db: Database.Database,
    private readonly commits: GroupCommit,
    private readonly clock: Clock,
  ) {
    this.readConversation = db.prepare("SELECT version, value FROM conversation WHERE key = ?");
    this.insertConversation = db.prepare(
      "INSERT INTO conversation (key, version, value, changed_at, keep_until) VALUES (?, 1, ?, ?, ?) ON CONFLICT DO NOTHING",
    );
    this.updateConversation = db.prepare(
      "UPDATE conversation SET version = version + 1, value = ?, changed_at = ?, keep_until = ? WHERE key = ? AND version = ?",
    );
    this.forgetOld = db.prepare(
      `DELETE FROM conversation WHERE key IN
         (SELECT key FROM conversation WHERE keep_until = 0 AND changed_at < ? ORDER BY changed_at LIMIT ?)`,
    );
    this.forgetKept = db.prepare(
      `DELETE FROM conversation WHERE key IN
         (SELECT key FROM conversation WHERE keep_until > 0 AND keep_until < ? AND changed_at < ? LIMIT ?)`,
    );
    this.readNote = db.prepare("SELECT version, value FROM note WHERE name = ?");
    this.insertNote = db.prepare("INSERT INTO note (name, version, value) VALUES (?, 1, ?) ON CONFLICT DO NOTHING");
    this.updateNote = db.prepare("UPDATE note SET version = version + 1, value = ? WHERE name = ? AND version = ?");
  }

  async conversation(key: string): Promise<Versioned<ConversationRecord> | undefined> {
    const row = this.readConversation.get(key);
    if (row === undefined) return undefined;
    const { version, value } = Row.parse(row);
    return { value: ConversationRecord.parse(JSON.parse(value)), version };
  }

  async saveConversation(record: ConversationRecord, expected: number | undefined): Promise<boolean> {
    const value = JSON.stringify(record);
    const now = this.clock.now();
    const keepUntil = record.keepUntil ?? 0;
    return this.commits.write(() => {
      const result =
        expected === undefined
          ? this.insertConversation.run(record.key, value, now, keepUntil)
          : this.updateConversation.run(value, now, keepUntil, record.key, expected);
      return result.changes === 1;
    });
  }

  async recent(most: number): Promise<readonly ConversationRecord[]> {
    const rows = this.db.prepare("SELECT version, value FROM conversation ORDER BY changed_at DESC LIMIT ?").all(most);
    return z
      .array(Row)
      .parse(rows)
      .map((row) => ConversationRecord.parse(JSON.parse(row.value)));
  }

  async waiting(conversationId: string | undefined, most: number): Promise<readonly Envelope[]> {
    const select = "SELECT 0 AS version, envelope AS value FROM message WHERE parked IS NULL";
    const rows =
      conversationId === undefined
        ? this.db.prepare(`${select} ORDER BY seq DESC LIMIT ?`).all(most)
        : this.db.prepare(`${select} AND conversation = ? ORDER BY seq LIMIT ?`).all(conversationId, most);
    return z
      .array(Row)
      .parse(rows)
      .map((row) => Envelope.parse(JSON.parse(row.value)));
  }

  async note(name: string): Promise<Versioned<string> | undefined> {
    const row = this.readNote.get(name);
    return row === undefined ? undefined : Row.parse(row);
  }

  async saveNote(name: string, value: string, expected: number | undefined): Promise<boolean> {
    return this.commits.write(() => {
      const result =
        expected === undefined ? this.insertNote.run(name, value) : this.updateNote.run(value, name, expected);
      return result.changes === 1;
    });
  }

  /**
   * Deletes up to `most` records that did not change since `before`, in milliseconds since the epoch, except those that must
   * be kept longer. Returns how many.
   */
  async forget(before: number, most: number): Promise<number> {
    const now = this.clock.now();
    return this.commits.write(() => {
      const old = this.forgetOld.run(before, most).changes;
      return old + (old < most ? this.forgetKept.run(now, before, most - old).changes : 0);
    });
  }

  /**
   * Deletes the records of a customer and those with the given keys. Returns how many.
   *
   * @param customerId Gladly's id
   */
  async erase(customerId: string, keys: readonly string[]): Promise<number> {
    const named = this.db
      .prepare("SELECT key FROM conversation WHERE json_extract(value, '$.customerId') = ?")
      .all(customerId);
    const all = new Set([
      ...keys,
      ...z
        .array(Key)
        .parse(named)
        .map(({ key }) => key),
    ]);
    const remove = this.db.prepare("DELETE FROM conversation WHERE key = ?");
    let erased = 0;
    for (const key of all) erased += await this.commits.write(() => remove.run(key).changes);
    return erased;
  }

  /** When any record changed last, in milliseconds since the epoch. */
  lastChange(): number | undefined {
    const row = this.db.prepare("SELECT max(changed_at) AS at FROM conversation").get();
    return LastChange.parse(row).at ?? undefined;
  }
}
