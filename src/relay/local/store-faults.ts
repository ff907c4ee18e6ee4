/** Problems with the relay's file on disk: cause and remedy. */
import { messageOf } from "../../contract/error-message";
import { systemCode } from "../../contract/file-fault";

export interface StoreFault {
  /** SQLite's basic error code, such as FULL; or LOST. */
  readonly code: string;
  readonly cause: string;
  readonly remedy: string;
}

/** The opened file was deleted or replaced, so writes would be lost. */
export class StoreLost extends Error {
  override readonly name = "StoreLost";
  readonly code = "LOST";
}

const KEEP_ASIDE =
  "Stop the relay, move relay.db with relay.db-wal and relay.db-shm aside (do not delete them: accepted events may only be there), " +
  "and start the relay: it makes a new file. Then run `relay reconcile --hours 24 --lost-ledger`, which takes missed closes from Gladly's history";

const FAULTS: Readonly<Record<string, Omit<StoreFault, "code">>> = {
  LOST: {
    cause: "relay.db was deleted or replaced while the relay runs, so what is written now would be lost",
    remedy:
      "Put the file back if it was moved. Otherwise restart the relay: it makes a new file. " +
      "Then run `relay reconcile --hours 24 --lost-ledger`, which takes missed closes from Gladly's history",
  },
  FULL: {
    cause: "the disk is full, or a quota is used up",
    remedy:
      "Free space on the disk of relay.db. The relay goes on by itself, and Gladly delivers again what was refused",
  },
  READONLY: {
    cause: "relay.db cannot be written",
    remedy:
      "Let the relay's user write relay.db, its -wal and -shm files and their folder, and mount the disk for writing",
  },
  IOERR: {
    cause: "the disk does not read or write as it should",
    remedy: "Look at the system's log for errors of the disk. When the disk is well again, restart the relay",
  },
  CORRUPT: { cause: "relay.db is damaged", remedy: KEEP_ASIDE },
  NOTADB: { cause: "relay.db is not a database, or its beginning is damaged", remedy: KEEP_ASIDE },
  CANTOPEN: {
    cause: "relay.db cannot be opened",
    remedy: "Look whether it is a file, whether its folder is there, and whether the relay's user may open both",
  },
  BUSY: {
    cause: "another process has relay.db locked for more than five seconds",
    remedy: "End what holds it: a backup, a shell of sqlite3, or a copy that a file synchronizer makes",
  },
};

/** @returns undefined if it is not an error of the store */
export function storeFault(error: unknown): StoreFault | undefined {
  const code = codeOf(error);
  if (code === undefined) return undefined;
  const known = FAULTS[code];
  return known && { code, ...known };
}

/** Cause and remedy as one text. @param file path that replaces the name `relay.db` */
export function faultText({ code, cause, remedy }: StoreFault, file: string): string {
  return `${cause.replace("relay.db", file)} (${code}). ${remedy}.`;
}

function codeOf(error: unknown): string | undefined {
  const code = systemCode(error);
  if (code === "LOST") return code;
  const named = /^SQLITE_([A-Z]+)/.exec(code)?.[1];
  if (named !== undefined) return named;
  // For a file that it cannot open, libsql has only a message, with SQLite's number at the end.
  return /Unable to open connection to local database/.test(messageOf(error)) ? "CANTOPEN" : undefined;
}
