/**
 * Keeps a home to one serving relay. Two would take each other's hand-outs back at their start and look into Gladly's
 * history twice. The operator's commands need no lock: SQLite and the claims keep their work apart.
 *
 * SQLite's own lock on a file of its own: it ends with the process, however that ends, so there is nothing to clean up.
 */
import { chmodSync, closeSync, openSync } from "node:fs";
import { join } from "node:path";
import Database from "libsql";

/** Another relay serves this home. The message says so, for a person. */
export class HomeTaken extends Error {
  override readonly name = "HomeTaken";
}

/**
 * @param home the relay's folder
 * @returns what gives the home free again
 * @throws HomeTaken
 */
export function lockHome(home: string): () => void {
  const file = join(home, "serve.lock");
  closeSync(openSync(file, "a", 0o600));
  chmodSync(file, 0o600);
  const db = new Database(file, { timeout: 0 });
  try {
    db.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    db.close();
    if (!isBusy(error)) throw error;
    throw new HomeTaken(`another relay serves ${home} already, in this process or another. End it first`);
  }
  return () => {
    db.close();
  };
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && "code" in error && String(error.code).startsWith("SQLITE_BUSY");
}
