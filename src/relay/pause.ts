/** The operator's pause: the relay accepts and stores events, but processes none. */
import type { Ledger } from "./ports";

const NOTE = "paused";
const ROUNDS = 5;

export async function isPaused(ledger: Pick<Ledger, "note">): Promise<boolean> {
  return (await ledger.note(NOTE))?.value === "true";
}

/** @returns whether it was paused before */
export async function setPaused(ledger: Pick<Ledger, "note" | "saveNote">, paused: boolean): Promise<boolean> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const note = await ledger.note(NOTE);
    const before = note?.value === "true";
    if (before === paused || (await ledger.saveNote(NOTE, String(paused), note?.version))) return before;
  }
  throw new Error("Others changed the pause five times in a row. Check who else pauses and resumes this relay");
}
