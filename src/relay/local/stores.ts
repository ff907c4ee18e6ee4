/** Opens the data folder of a relay, for `relay serve` and the operator's commands. */
import { randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type Database from "libsql";
import * as z from "zod/mini";
import type { Chance, Clock } from "../ports";
import { AppliedConfiguration } from "./applied-configuration";
import { openDatabase } from "./database";
import { GroupCommit } from "./group-commit";
import { SqliteLedger } from "./ledger";
import { SqliteQueue } from "./queue";
import { FileSecrets } from "./secrets";
import type { StoreFault } from "./store-faults";
import { StoreWatch } from "./store-watch";

export const systemClock: Clock = { now: () => Date.now() };
/**
 * Ids start with the time, so that new rows are together in the index of ids. With random ids each row of a group would
 * write another page.
 */
export const systemChance: Chance = {
  random: Math.random,
  id: () => `${Date.now().toString(16).padStart(12, "0")}-${randomUUID()}`,
};

const Free = z.object({ pages: z.number() });
/** Marks the file as the relay's. Writing it again is the smallest possible write. */
const APPLICATION_ID = 0x676c7374;
/** Pages of 4 KB that one step returns to the disk. */
const PAGES = 1_000;

export interface LocalStores {
  readonly ledger: SqliteLedger;
  readonly queue: SqliteQueue;
  readonly secrets: FileSecrets;
  readonly configuration: AppliedConfiguration;
  readonly watch: StoreWatch;
  /** Returns up to 4 MB of freed space to the disk. Resolves to whether there is more. */
  shrink(): Promise<boolean>;
  /** Moves the write-ahead log into the file and empties it, so that deleted data is in neither. */
  forgetPages(): Promise<void>;
  /** Makes a small write, like a delivery, and reports a failure to `watch`. */
  probe(): Promise<void>;
  close(): void;
}

/**
 * Several processes may open the same folder: SQLite isolates their writes, and the claims separate their work.
 *
 * @param path folder with `terraform.tfstate`, `secrets/` and `relay.db`; created if missing
 * @throws if the database cannot be opened
 */
export function openLocalStores(
  path: string,
  clock: Clock = systemClock,
  chance: Chance = systemChance,
  storeChanged?: (fault: StoreFault | undefined) => void,
): LocalStores {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const file = join(path, "relay.db");
  const database = openDatabase(file);
  const watch = new StoreWatch(file, storeChanged);
  const commits = new GroupCommit(database, watch);
  return {
    ledger: new SqliteLedger(database, commits, clock),
    queue: new SqliteQueue(database, commits, clock, chance),
    secrets: new FileSecrets(path),
    configuration: new AppliedConfiguration(path),
    watch,
    forgetPages: async () => {
      database.prepare("PRAGMA wal_checkpoint(TRUNCATE)").all();
    },
    shrink: () => shrink(database, commits),
    probe: () => commits.write(() => database.exec(`PRAGMA application_id = ${APPLICATION_ID}`)).then(() => undefined),
    close: () => {
      commits.close();
      database.close();
    },
  };
}

async function shrink(database: Database.Database, commits: GroupCommit): Promise<boolean> {
  const free = () =>
    Free.parse(database.prepare("SELECT freelist_count AS pages FROM pragma_freelist_count").get()).pages;
  const before = free();
  if (before < PAGES) {
    // Moves the log into the file and truncates it, because it would keep its size.
    database.prepare("PRAGMA wal_checkpoint(TRUNCATE)").all();
    return false;
  }
  await commits.write(() => database.exec(`PRAGMA incremental_vacuum(${PAGES})`));
  // A file from before `auto_vacuum` keeps its free pages and reuses them.
  return free() < before;
}
