/** The queue on one machine: a table whose rows are handed out for a while and come back when they are not settled. */
import type Database from "libsql";
import * as z from "zod/mini";
import { Envelope, readEnvelope } from "../envelope";
import type { Chance, Clock, Message, Queue, Verdict } from "../ports";
import type { ParkReason } from "../reasons";
import type { GroupCommit } from "./group-commit";

/** Milliseconds for which a message is one worker's: more than the lease of a claim. */
export const HAND_OUT = 180_000;

const Row = z.object({ seq: z.number(), envelope: z.string() });
const Due = z.object({ due: z.nullable(z.number()) });
const Depth = z.object({ waiting: z.number(), handedOut: z.number(), parked: z.number() });

export class SqliteQueue implements Queue {
  private readonly insert;
  private readonly take;
  private readonly drop;
  private readonly postpone;
  private readonly setAside;

  constructor(
    private readonly db: Database.Database,
    private readonly commits: GroupCommit,
    private readonly clock: Clock,
    private readonly chance: Pick<Chance, "id">,
  ) {
    this.insert = db.prepare(
      "INSERT INTO message (envelope_id, envelope, conversation, due_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
    );
    this.take = db.prepare(
      `UPDATE message SET receipt = ?, due_at = ?, receives = receives + 1
       WHERE seq IN (SELECT seq FROM message WHERE parked IS NULL AND due_at <= ? ORDER BY due_at, seq LIMIT ?)
       RETURNING seq, envelope`,
    );
    this.drop = db.prepare("DELETE FROM message WHERE seq = ? AND receipt = ?");
    this.postpone = db.prepare("UPDATE message SET receipt = NULL, due_at = ? WHERE seq = ? AND receipt = ?");
    this.setAside = db.prepare("UPDATE message SET receipt = NULL, parked = ? WHERE seq = ? AND receipt = ?");
  }

  async send(envelopes: readonly Envelope[]): Promise<void> {
    const rows = envelopes.map((envelope) => {
      const content = readEnvelope(envelope);
      const conversation = content.kind === "close" ? content.conversationId : null;
      return [envelope.id, JSON.stringify(envelope), conversation, this.clock.now()];
    });
    await this.commits.write(() => {
      for (const row of rows) this.insert.run(...row);
    });
  }

  async receive(most: number): Promise<readonly Message[]> {
    const now = this.clock.now();
    if ((this.nextDue() ?? Number.POSITIVE_INFINITY) > now) return [];
    const token = this.chance.id();
    const rows = await this.commits.write(() => this.take.all(token, now + HAND_OUT, now, most));
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
    await this.commits.write(() => {
      switch (verdict.kind) {
        case "done":
          this.drop.run(seq, token);
          break;
        case "later":
          this.postpone.run(Math.ceil(this.clock.now() + verdict.delay), seq, token);
          break;
        case "park":
          this.setAside.run(verdict.reason, seq, token);
          break;
        default:
          verdict satisfies never;
      }
    });
  }

  async replay(reason: ParkReason, most: number): Promise<number> {
    return this.commits.write(() => {
      const rows = z
        .array(Row)
        .parse(
          this.db.prepare("SELECT seq, envelope FROM message WHERE parked = ? ORDER BY seq LIMIT ?").all(reason, most),
        );
      const release = this.db.prepare("UPDATE message SET parked = NULL, envelope = ?, due_at = ? WHERE seq = ?");
      for (const row of rows) {
        const envelope = Envelope.parse(JSON.parse(row.envelope));
        const again = JSON.stringify({ ...envelope, replays: envelope.replays + 1 });
        release.run(again, this.clock.now(), row.seq);
      }
      return rows.length;
    });
  }

  /**
   * Takes back what was handed out, for a process that starts: whoever had it is most likely dead. Should it live, the
   * claims keep the two apart.
   */
  async takeBack(): Promise<number> {
    const takeBack = this.db.prepare("UPDATE message SET receipt = NULL, due_at = ? WHERE receipt IS NOT NULL");
    return this.commits.write(() => takeBack.run(this.clock.now()).changes);
  }

  /** When the next message is due, in milliseconds since the epoch; undefined when nothing waits. */
  nextDue(): number | undefined {
    const row = this.db.prepare("SELECT min(due_at) AS due FROM message WHERE parked IS NULL").get();
    return Due.parse(row).due ?? undefined;
  }

  depth(): { readonly waiting: number; readonly handedOut: number; readonly parked: number } {
    const row = this.db
      .prepare(
        `SELECT count(*) FILTER (WHERE parked IS NULL AND receipt IS NULL) AS waiting,
                count(*) FILTER (WHERE parked IS NULL AND receipt IS NOT NULL) AS handedOut,
                count(*) FILTER (WHERE parked IS NOT NULL) AS parked FROM message`,
      )
      .get();
    return Depth.parse(row);
  }
}
