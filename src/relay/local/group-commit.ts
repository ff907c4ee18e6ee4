/**
 * Collects the writes of one turn of the event loop into one transaction, and answers each of them after its commit.
 *
 * One commit per request costs one disk flush each and a tenth of the throughput (docs/vendors/aws-relay.md section 14). When
 * the commit fails, a full disk for one, the whole group fails: none of it is stored, and none of it may be answered 200.
 */
import type Database from "libsql";
import * as z from "zod/mini";
import { storeFault } from "./store-faults";
import type { StoreWatch } from "./store-watch";

/** Writes in one transaction at most, so that the first of them does not wait for a storm to end. */
const MOST_WRITES = 500;

/** The store was closed before the write was made: nothing of it is stored. */
export class StoreClosed extends Error {
  override readonly name = "StoreClosed";
  override readonly message = "The relay's store is closed";
}

const Checkpoint = z.tuple([z.object({ log: z.number(), checkpointed: z.number() })]);

interface Write {
  /** Runs inside the transaction; tells what to do once it is committed. */
  readonly run: () => () => void;
  readonly fail: (error: unknown) => void;
}

const UNWATCHED = { verify: () => undefined, committed: () => undefined, failed: () => undefined };

export class GroupCommit {
  private pending: Write[] = [];
  private scheduled = false;
  private closed = false;
  /** The disk was full, and the log has not been moved into the file since. */
  private short = false;

  /** @param watch sees after each commit whether it will last */
  constructor(
    private readonly db: Database.Database,
    private readonly watch: Pick<StoreWatch, "verify" | "committed" | "failed"> = UNWATCHED,
  ) {}

  /** Runs `task` inside the next transaction. Durable when it resolves. */
  write<T>(task: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.closed) throw new StoreClosed();
      this.pending.push({
        run: () => {
          const result = task();
          return () => resolve(result);
        },
        fail: reject,
      });
      this.schedule();
    });
  }

  /** Fails what is not committed and takes nothing new: libsql ends the whole process on a call to a closed database. */
  close(): void {
    this.closed = true;
    for (const write of this.pending.splice(0)) write.fail(new StoreClosed());
  }

  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    setImmediate(() => this.flush());
  }

  private flush(): void {
    this.scheduled = false;
    const group = this.pending.splice(0, MOST_WRITES);
    if (this.pending.length > 0) this.schedule();
    if (group.length === 0) return;
    try {
      if (this.short) this.emptyLog();
      this.db.exec("BEGIN IMMEDIATE");
      const answers = group.map((write) => write.run());
      this.db.exec("COMMIT");
      this.watch.verify();
      this.watch.committed();
      for (const answer of answers) answer();
    } catch (error) {
      this.rollback();
      this.short ||= storeFault(error)?.code === "FULL";
      this.watch.failed(error);
      for (const write of group) write.fail(error);
    }
  }

  /**
   * Moves the write-ahead log into the file, so that the next write begins the log again instead of making it longer. SQLite
   * does so only every thousand pages, and until then the log alone may take up all the space that was freed.
   */
  private emptyLog(): void {
    try {
      const [{ log, checkpointed }] = Checkpoint.parse(this.db.prepare("PRAGMA wal_checkpoint(PASSIVE)").all());
      this.short = checkpointed < log;
    } catch {
      // There is no space for that either: the write that follows says so.
    }
  }

  /** Some errors, a full disk among them, make SQLite roll back by itself. */
  private rollback(): void {
    try {
      if (this.db.inTransaction) this.db.exec("ROLLBACK");
    } catch {
      // The transaction is gone either way; the group's own error is the one that matters.
    }
  }
}
