/** The queue on one machine: a table whose rows are delivered for a limited time and again if they are not settled. */
import type Database from "libsql";
import * as z from "zod/mini";
import { LONGEST_WAIT } from "../backoff";
import { Envelope, readEnvelope } from "../envelope";
import { mentions } from "../erase";
import type { Chance, Clock, Message, Queue, Verdict } from "../ports";
import type { ParkReason } from "../reasons";
import type { GroupCommit } from "./group-commit";

/** Visibility timeout of a message in milliseconds: more than the lease of a claim. */
export const HAND_OUT = 180_000;

/** Corrections of the clock up to this many milliseconds are ignored. */
const SKEW_MS = 1_000;

const Row = z.object({ seq: z.number(), envelope: z.string() });
const KeptRow = z.object({ seq: z.number(), envelope: z.string(), receipt: z.nullable(z.string()) });
/** Rows per read for an erasure. */
const PAGE = 500;
const Id = z.object({ id: z.string() });
const Due = z.object({ due: z.nullable(z.number()) });
const Depth = z.object({ open: z.number(), handedOut: z.number(), parked: z.number() });

const ParkedCount = z.object({ reason: z.string(), count: z.number() });

export class SqliteQueue implements Queue {
  private readonly insert;
  private readonly take;
  private readonly drop;
  private readonly postpone;
  private readonly setAside;
  private readonly recount;
  private readonly forgetSome;
  /** The latest time so far, to detect a clock that was set back. */
  private latest = 0;

  constructor(
    private readonly db: Database.Database,
    private readonly commits: GroupCommit,
    private readonly clock: Clock,
    private readonly chance: Pick<Chance, "id">,
  ) {
    this.insert = db.prepare(
      "INSERT INTO message (envelope_id, envelope, conversation, due_at, changed_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
    );
    this.take = db.prepare(
      `UPDATE message SET receipt = ?, due_at = ?, changed_at = ?, receives = receives + 1
       WHERE seq IN (SELECT seq FROM message WHERE parked IS NULL AND due_at <= ? ORDER BY due_at, seq LIMIT ?)
       RETURNING seq, envelope`,
    );
    this.drop = db.prepare("DELETE FROM message WHERE seq = ? AND receipt = ?");
    this.postpone = db.prepare(
      "UPDATE message SET receipt = NULL, due_at = ?, changed_at = ? WHERE seq = ? AND receipt = ?",
    );
    this.setAside = db.prepare(
      "UPDATE message SET receipt = NULL, parked = ?, changed_at = ? WHERE seq = ? AND receipt = ?",
    );
    this.forgetSome = db.prepare(
      `DELETE FROM message WHERE seq IN
         (SELECT seq FROM message WHERE parked IS NOT NULL AND changed_at < ? ORDER BY changed_at LIMIT ?)`,
    );
    // A wait that started in the future starts now, and no wait exceeds the longest possible one.
    this.recount = db.prepare(
      `UPDATE message SET due_at = ?1 + min(max(due_at - changed_at, 0), ?2), changed_at = ?1
       WHERE parked IS NULL AND (changed_at > ?1 OR due_at > ?1 + ?2)`,
    );
  }

  async send(envelopes: readonly Envelope[]): Promise<void> {
    const rows = envelopes.map((envelope) => {
      const content = readEnvelope(envelope);
      const conversation = content.kind === "close" ? content.conversationId : null;
      const now = this.clock.now();
      return [envelope.id, JSON.stringify(envelope), conversation, now, now];
    });
    await this.commits.write(() => {
      for (const row of rows) this.insert.run(...row);
    });
  }

  async receive(most: number): Promise<readonly Message[]> {
    const now = this.clock.now();
    if (now < this.latest - SKEW_MS) await this.countFrom(now);
    this.latest = now;
    if ((this.nextDue() ?? Number.POSITIVE_INFINITY) > now) return [];
    const token = this.chance.id();
    const rows = await this.commits.write(() => this.take.all(token, now + HAND_OUT, now, now, most));
    return z
      .array(Row)
      .parse(rows)
      .sort((a, b) => a.seq - b.seq)
      .map((row) => ({ envelope: Envelope.parse(JSON.parse(row.envelope)), receipt: `${row.seq}:${token}` }));
  }

  async settle(message: Message, verdict: Verdict): Promise<void> {
    const colon = message.receipt.indexOf(":");
    const seq = Number(message.receipt.slice(0, colon));
    const token = message.receipt.slice(colon + 1);
    const now = this.clock.now();
    await this.commits.write(() => {
      switch (verdict.kind) {
        case "done":
          this.drop.run(seq, token);
          break;
        case "later":
          this.postpone.run(Math.ceil(now + verdict.delay), now, seq, token);
          break;
        case "park":
          this.setAside.run(verdict.reason, now, seq, token);
          break;
        default:
          verdict satisfies never;
      }
    });
  }

  /** The number of parked events by reason, largest first. */
  parked(): readonly { readonly reason: string; readonly count: number }[] {
    const rows = this.db
      .prepare("SELECT parked AS reason, count(*) AS count FROM message WHERE parked IS NOT NULL GROUP BY parked")
      .all();
    return z
      .array(ParkedCount)
      .parse(rows)
      .sort((a, b) => b.count - a.count);
  }

  async replay(reason: ParkReason, most: number): Promise<number> {
    return this.commits.write(() => {
      const rows = z
        .array(Row)
        .parse(
          this.db.prepare("SELECT seq, envelope FROM message WHERE parked = ? ORDER BY seq LIMIT ?").all(reason, most),
        );
      const release = this.db.prepare(
        "UPDATE message SET parked = NULL, envelope = ?, due_at = ?, changed_at = ? WHERE seq = ?",
      );
      const now = this.clock.now();
      for (const row of rows) {
        const envelope = Envelope.parse(JSON.parse(row.envelope));
        const again = JSON.stringify({ ...envelope, replays: envelope.replays + 1 });
        release.run(again, now, now, row.seq);
      }
      return rows.length;
    });
  }

  /** Makes the waiting events of a conversation due now. Returns the ids of all that are not parked. */
  async hasten(conversationId: string): Promise<readonly string[]> {
    const now = this.clock.now();
    const hasten = this.db.prepare(
      `UPDATE message SET due_at = ?1, changed_at = ?1
       WHERE conversation = ?2 AND parked IS NULL AND receipt IS NULL AND due_at > ?1`,
    );
    const there = this.db.prepare("SELECT envelope_id AS id FROM message WHERE conversation = ? AND parked IS NULL");
    return this.commits.write(() => {
      hasten.run(now, conversationId);
      return z
        .array(Id)
        .parse(there.all(conversationId))
        .map(({ id }) => id);
    });
  }

  /**
   * Makes all delivered messages available again when a process starts: the process that had them has most likely ended. If
   * it still runs, the claims separate the two.
   */
  async takeBack(): Promise<number> {
    const takeBack = this.db.prepare(
      "UPDATE message SET receipt = NULL, due_at = ?1, changed_at = ?1 WHERE receipt IS NOT NULL",
    );
    const now = this.clock.now();
    await this.countFrom(now);
    return this.commits.write(() => takeBack.run(now).changes);
  }

  /** The clock was set back to `now`: waiting messages must not wait longer by the difference. */
  private async countFrom(now: number): Promise<void> {
    await this.commits.write(() => this.recount.run(now, LONGEST_WAIT));
  }

  /** Deletes up to `most` events that were parked before a time, in milliseconds since the epoch. Returns how many. */
  async forget(before: number, most: number): Promise<number> {
    return this.commits.write(() => this.forgetSome.run(before, most).changes);
  }

  /**
   * Deletes a customer's waiting and parked events, but not those that a worker has.
   *
   * @returns how many were deleted, how many a worker has, and the conversations of those
   */
  async erase(
    customerId: string,
  ): Promise<{ readonly erased: number; readonly working: number; readonly conversations: readonly string[] }> {
    const conversations = new Set<string>();
    const [page, remove] = [
      this.db.prepare("SELECT seq, envelope, receipt FROM message WHERE seq > ? ORDER BY seq LIMIT ?"),
      this.db.prepare("DELETE FROM message WHERE seq = ? AND receipt IS NULL"),
    ];
    let [after, erased, working] = [0, 0, 0];
    for (;;) {
      const rows = z.array(KeptRow).parse(page.all(after, PAGE));
      const theirs = rows.filter(({ envelope }) => mentions(Envelope.parse(JSON.parse(envelope)), customerId));
      for (const { envelope } of theirs) {
        const content = readEnvelope(Envelope.parse(JSON.parse(envelope)));
        if (content.kind === "close") conversations.add(content.conversationId);
      }
      if (theirs.length > 0) {
        const deleted = await this.commits.write(() =>
          theirs.reduce((count, { seq }) => count + remove.run(seq).changes, 0),
        );
        erased += deleted;
        working += theirs.length - deleted;
      }
      after = rows.at(-1)?.seq ?? after;
      if (rows.length < PAGE) return { erased, working, conversations: [...conversations] };
    }
  }

  /** When the next message is due, in milliseconds since the epoch; undefined if nothing waits. */
  nextDue(): number | undefined {
    const row = this.db.prepare("SELECT min(due_at) AS due FROM message WHERE parked IS NULL").get();
    return Due.parse(row).due ?? undefined;
  }

  depth(): { readonly waiting: number; readonly handedOut: number; readonly parked: number } {
    const row = this.db
      .prepare(
        // Each count uses its own index, so the size of the bodies does not matter.
        `SELECT (SELECT count(*) FROM message WHERE parked IS NULL) AS open,
                (SELECT count(*) FROM message WHERE receipt IS NOT NULL) AS handedOut,
                (SELECT count(*) FROM message WHERE parked IS NOT NULL) AS parked`,
      )
      .get();
    const { open, handedOut, parked } = Depth.parse(row);
    return { waiting: open - handedOut, handedOut, parked };
  }
}
