/** Makes a ledger look as if the relay had checked Gladly's history for some time. */

import type { Ledger } from "../../../src/relay/ports";
import { readMark } from "../../../src/relay/relay-time";

/** @param at when the relay's time began, in milliseconds since the epoch */
export async function lookedSince(ledger: Pick<Ledger, "note" | "saveNote">, at: number): Promise<void> {
  const mark = JSON.stringify({ at: Date.now(), begin: at, since: at });
  // The relay may run its first check at the same moment.
  for (let saved = false; !saved; )
    saved = await ledger.saveNote("reconciled", mark, (await readMark(ledger, undefined)).version);
}
