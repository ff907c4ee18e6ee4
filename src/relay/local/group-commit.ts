/**
 * Collects the writes of one turn of the event loop into one transaction, and resolves each of them after the commit.
 *
 * One commit per request costs a disk flush each, with a tenth of the throughput (docs/vendors/aws-relay.md section 14). If
 * the commit fails, for example because the disk is full, the whole group fails: nothing is stored, and no delivery gets 200.
 */
import type Database from "libsql";
import * as z from "zod/mini";
import { storeFault } from "./store-faults";
import type { StoreWatch } from "./store-watch";

/** Maximum number of writes in one transaction, so that the first does not wait for a burst to end. */
const MOST_WRITES = 500;

/** The store was closed before the write, so nothing was stored. */
export class StoreClosed extends Error {
  override readonly name = "StoreClosed";
  override readonly message = "The relay's store is closed";
}

const Checkpoint = z.tuple([z.object({ log: z.number(), checkpointed: z.number() })]);

interface Write {
  /** Runs inside the transaction and returns what to do after the commit. */
  readonly run: () => () => void;
  readonly fail: (error: unknown) => void;
}

const UNWATCHED = { verify: () => undefined, committed: () => undefined, failed: () => undefined };

export class GroupCommit {
  private pending: Write[] = [];
  private scheduled = false;
  private closed = false;
  /** The disk was full, and the log was not moved into the file since. */
  private short = false;

  /** @param watch checks after each commit that the file still exists */
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

  /** Rejects uncommitted and new writes: libsql ends the whole process on a call to a closed database. */
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
   * Moves the write-ahead log into the file, so that the next write starts the log again instead of extending it. SQLite does
   * this only every thousand pages, and until then the log may use all the freed space.
   */
  private emptyLog(): void {
    try {
      const [{ log, checkpointed }] = Checkpoint.parse(this.db.prepare("PRAGMA wal_checkpoint(PASSIVE)").all());
      this.short = checkpointed < log;
    } catch {
      // There is no space for this either; the next write will report it.
    }
  }

  /** Some errors, a full disk among them, make SQLite roll back by itself. */
  private rollback(): void {
    try {
      if (this.db.inTransaction) this.db.exec("ROLLBACK");
    } catch {
      // The transaction is rolled back anyway. The group's own error matters.
    }
  }
}
