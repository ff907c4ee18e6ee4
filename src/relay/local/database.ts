/** The relay's one file on one machine: queue and ledger in SQLite, through `libsql`. */
import { chmodSync, closeSync, openSync } from "node:fs";
import Database from "libsql";
import { faultText, storeFault } from "./store-faults";

/** Each entry upgrades the schema by one version. Released entries never change. */
const MIGRATIONS: readonly string[] = [
  `CREATE TABLE message (
     seq INTEGER PRIMARY KEY,
     envelope_id TEXT NOT NULL UNIQUE,
     envelope TEXT NOT NULL,
     conversation TEXT,
     due_at INTEGER NOT NULL,
     receipt TEXT,
     receives INTEGER NOT NULL DEFAULT 0,
     parked TEXT
   );
   CREATE INDEX message_due ON message (due_at) WHERE parked IS NULL;
   CREATE INDEX message_parked ON message (parked, seq) WHERE parked IS NOT NULL;
   CREATE INDEX message_conversation ON message (conversation) WHERE conversation IS NOT NULL;
   CREATE TABLE conversation (
     key TEXT PRIMARY KEY,
     version INTEGER NOT NULL,
     value TEXT NOT NULL,
     changed_at INTEGER NOT NULL
   ) WITHOUT ROWID;
   CREATE INDEX conversation_changed ON conversation (changed_at);
   CREATE TABLE note (name TEXT PRIMARY KEY, version INTEGER NOT NULL, value TEXT NOT NULL) WITHOUT ROWID;`,
  // When a message was last moved: shows waits set by a clock that was ahead, and how long an event has been parked.
  `ALTER TABLE message ADD COLUMN changed_at INTEGER NOT NULL DEFAULT 0;
   UPDATE message SET changed_at = coalesce(json_extract(envelope, '$.receivedAt'), 0);
   CREATE INDEX message_handed_out ON message (seq) WHERE receipt IS NOT NULL;
   CREATE INDEX message_parked_since ON message (changed_at) WHERE parked IS NOT NULL;
   ALTER TABLE conversation ADD COLUMN keep_until INTEGER NOT NULL DEFAULT 0;
   UPDATE conversation SET keep_until = coalesce(json_extract(value, '$.keepUntil'), 0)
     WHERE json_extract(value, '$.keepUntil') IS NOT NULL;
   CREATE INDEX conversation_old ON conversation (changed_at) WHERE keep_until = 0;
   CREATE INDEX conversation_kept ON conversation (keep_until) WHERE keep_until > 0;`,
];

/** Bytes to which the write-ahead log shrinks after a burst. */
const LONGEST_LOG = 64 * 1024 * 1024;

/** The database was written by a newer relay, or is not a relay's. */
export class DatabaseUnusable extends Error {
  override readonly name = "DatabaseUnusable";
}

/**
 * Opens the file, creates it if it does not exist, and migrates its schema.
 *
 * WAL with FULL: every commit is on the disk before it is answered. NORMAL would lose the last commits in a power failure
 * (docs/vendors/aws-relay.md section 15).
 */
export function openDatabase(file: string): Database.Database {
  try {
    makePrivate(file);
    return open(file);
  } catch (error) {
    const fault = storeFault(error);
    throw fault === undefined ? error : new DatabaseUnusable(faultText(fault, file));
  }
}

function open(file: string): Database.Database {
  const db = new Database(file, { timeout: 5000 });
  try {
    // Takes effect only in a new file. Freed space returns to the disk in small steps, without a copy of the file.
    db.pragma("auto_vacuum = INCREMENTAL");
    db.pragma("journal_mode = WAL");
    db.pragma("synchronous = FULL");
    db.pragma("wal_autocheckpoint = 4000");
    // Overwrites deleted data, so that an erased customer cannot be read from free pages.
    db.pragma("secure_delete = ON");
    db.pragma(`journal_size_limit = ${LONGEST_LOG}`);
    migrate(db, file);
    // A damaged file can still open without an error.
    for (const table of ["message", "conversation", "note"]) db.prepare(`SELECT 1 FROM ${table} LIMIT 1`).get();
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Bodies contain customers' ids, so other users may not read the file. SQLite gives its -wal and -shm files the same mode. */
function makePrivate(file: string): void {
  try {
    closeSync(openSync(file, "a", 0o600));
    for (const path of [file, `${file}-wal`, `${file}-shm`]) chmodSync(path, 0o600);
  } catch {
    // SQLite reports any problem better when it opens the file. The other files need not exist.
  }
}

function migrate(db: Database.Database, file: string): void {
  db.exec("BEGIN IMMEDIATE");
  try {
    const version = userVersion(db);
    if (version > MIGRATIONS.length) {
      throw new DatabaseUnusable(
        `${file} has schema ${version}, and this relay knows up to ${MIGRATIONS.length}: run the newer relay that wrote it`,
      );
    }
    for (const migration of MIGRATIONS.slice(version)) db.exec(migration);
    db.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
    db.exec("COMMIT");
  } catch (error) {
    if (db.inTransaction) db.exec("ROLLBACK");
    throw error;
  }
}

function userVersion(db: Database.Database): number {
  const row: unknown = db.prepare("SELECT user_version AS version FROM pragma_user_version").get();
  if (typeof row === "object" && row !== null && "version" in row && typeof row.version === "number")
    return row.version;
  throw new DatabaseUnusable("SQLite does not tell the schema's version");
}
