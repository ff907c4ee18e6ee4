/** How far a repeated read has got, as a note in the ledger. */
import * as z from "zod/mini";
import type { Ledger } from "./ports";

const StoredWatermark = z.object({ at: z.number() });

export interface Watermark {
  /** Undefined before the first read. */
  readonly at: number | undefined;
  readonly version: number | undefined;
}

export async function readWatermark(ledger: Pick<Ledger, "note">, name: string): Promise<Watermark> {
  const note = await ledger.note(name);
  const parsed = note === undefined ? undefined : StoredWatermark.safeParse(JSON.parse(note.value));
  return { at: parsed?.success ? parsed.data.at : undefined, version: note?.version };
}

/** Advances it. If another process was quicker, its write wins, and duplicates are dropped by their keys. */
export async function moveWatermark(
  ledger: Pick<Ledger, "saveNote">,
  name: string,
  from: Watermark,
  at: number,
): Promise<void> {
  await ledger.saveNote(name, JSON.stringify({ at }), from.version);
}
