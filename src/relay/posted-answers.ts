/**
 * Which survey answers were posted already, kept as a note in the ledger that this module alone writes and reads. Gladly
 * itself refuses a second item of the same id; this saves two calls for each answer that the last look has seen too.
 */
import * as z from "zod/mini";
import type { Ledger } from "./ports";

const NAME = "feedback-brought-back";
/** Two looks' worth of a company that is answered four times a minute; about 100 KB, and DynamoDB takes 400. */
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

  /** Another process that was quicker wins: what is forgotten so costs two calls and no second item. */
  async save(): Promise<void> {
    await this.ledger.saveNote(NAME, JSON.stringify([...this.uuids].slice(-MOST)), this.version);
  }
}
