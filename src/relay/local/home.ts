/** One relay's home folder, opened: what `relay serve` and the operator's commands share. */
import { randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Chance, Clock } from "../ports";
import { AppliedConfiguration } from "./applied-configuration";
import { openDatabase } from "./database";
import { GroupCommit } from "./group-commit";
import { SqliteLedger } from "./ledger";
import { SqliteQueue } from "./queue";
import { FileSecrets } from "./secrets";

export const systemClock: Clock = { now: () => Date.now() };
export const systemChance: Chance = { random: Math.random, id: randomUUID };

export interface RelayHome {
  readonly ledger: SqliteLedger;
  readonly queue: SqliteQueue;
  readonly secrets: FileSecrets;
  readonly configuration: AppliedConfiguration;
  close(): void;
}

/**
 * Several processes may open one home: SQLite keeps them apart, and the claims keep their work apart.
 *
 * @param path folder with `terraform.tfstate`, `secrets/` and `relay.db`; made where it is missing
 * @throws when the database cannot be opened
 */
export function openHome(path: string, clock: Clock = systemClock, chance: Chance = systemChance): RelayHome {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const database = openDatabase(join(path, "relay.db"));
  const commits = new GroupCommit(database);
  return {
    ledger: new SqliteLedger(database, commits, clock),
    queue: new SqliteQueue(database, commits, clock, chance),
    secrets: new FileSecrets(path),
    configuration: new AppliedConfiguration(path),
    close: () => {
      commits.close();
      database.close();
    },
  };
}
