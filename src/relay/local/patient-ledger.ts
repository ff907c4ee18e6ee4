/**
 * The worker's ledger: it retries a failed write for a while. Only this process knows what Stella answered, and without its
 * record the close would count as one with a lost answer.
 */
import { setTimeout as delay } from "node:timers/promises";
import type { Ledger } from "../ports";
import { storeFault } from "./store-faults";

/** Milliseconds between two attempts. */
const PAUSE_MS = 500;
/** Maximum number of attempts: 20 s in total, which is less than the lease of a claim. */
const MOST_TRIES = 40;

export function patient(ledger: Ledger): Ledger {
  return {
    conversation: (key) => ledger.conversation(key),
    saveConversation: (record, expected) => persist(() => ledger.saveConversation(record, expected)),
    recent: (most) => ledger.recent(most),
    waiting: (conversationId, most) => ledger.waiting(conversationId, most),
    note: (name) => ledger.note(name),
    saveNote: (name, value, expected) => ledger.saveNote(name, value, expected),
  };
}

/** A failed write did not happen: the whole transaction was rolled back. */
async function persist<T>(write: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await write();
    } catch (error) {
      if (storeFault(error) === undefined || tried >= MOST_TRIES) throw error;
    }
    await delay(PAUSE_MS);
  }
}
