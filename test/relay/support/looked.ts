/** A ledger as it is when the relay has looked through Gladly's history for a while. */

import type { Ledger } from "../../../src/relay/ports";
import { readMark } from "../../../src/relay/relay-time";

/** @param at when the relay's time began, in milliseconds since the epoch */
export async function lookedSince(ledger: Pick<Ledger, "note" | "saveNote">, at: number): Promise<void> {
  const mark = JSON.stringify({ at: Date.now(), begin: at, since: at });
  // The relay may take its first look at this very moment.
  for (let saved = false; !saved; )
    saved = await ledger.saveNote("reconciled", mark, (await readMark(ledger, undefined)).version);
}
