/**
 * Which survey answers were already posted, as a note in the ledger. Only this module writes and reads it. Gladly itself
 * refuses a second item with the same id; this saves two calls for each answer that the last look saw too.
 */
import * as z from "zod/mini";
import type { Ledger } from "./ports";

const NAME = "feedback-brought-back";
/** Enough for two looks at four answers a minute; about 100 KB of DynamoDB's 400. */
const MOST = 2500;

const Uuids = z.array(z.string());

export class PostedAnswers {
  private readonly uuids: Set<string>;

  private constructor(
    private readonly ledger: Pick<Ledger, "saveNote">,
    known: readonly string[],
    private readonly version: number | undefined,
  ) {
    this.uuids = new Set(known);
  }

  static async read(ledger: Pick<Ledger, "note" | "saveNote">): Promise<PostedAnswers> {
    const note = await ledger.note(NAME);
    const parsed = note === undefined ? undefined : Uuids.safeParse(JSON.parse(note.value));
    return new PostedAnswers(ledger, parsed?.success ? parsed.data : [], note?.version);
  }

  has(uuid: string): boolean {
    return this.uuids.has(uuid);
  }

  add(uuid: string): void {
    this.uuids.add(uuid);
  }

  /** If another process was quicker, its note wins. An answer lost that way costs two calls, not a second item. */
  async save(): Promise<void> {
    await this.ledger.saveNote(NAME, JSON.stringify([...this.uuids].slice(-MOST)), this.version);
  }
}
