/**
 * Allows only one serving relay for a data folder. Two would take over each other's messages at their start and read Gladly's
 * history twice. The operator's commands need no lock, because SQLite and the claims separate their work.
 *
 * It uses SQLite's lock on a separate file. The lock ends with the process, however that ends, so nothing needs cleaning up.
 */
import { chmodSync, closeSync, openSync } from "node:fs";
import { join } from "node:path";
import Database from "libsql";

/** Another relay already serves this folder. */
export class HomeTaken extends Error {
  override readonly name = "HomeTaken";
}

/**
 * @param home the relay's folder
 * @returns a function that releases the lock
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
