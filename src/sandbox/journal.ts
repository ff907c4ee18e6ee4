/** Every request to a sandbox server outside its control prefix, oldest first, with secrets masked. */
import type { Call, Reply } from "./http/exchange";
import type { Masking } from "./masking";

export interface JournalEntry {
  /** Starts at 1 and has no gaps, so a reader knows what it missed. */
  readonly number: number;
  readonly at: string;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The answered status. Absent when the connection was cut. */
  readonly status?: number;
  /** The id of the fault that changed this answer. */
  readonly fault?: string;
}

/** Characters kept of a body. */
const BODY_LENGTH = 4000;

export class Journal {
  private entries: JournalEntry[] = [];
  private count = 0;

  constructor(
    private readonly masking: Masking,
    /** Entries kept. The oldest are dropped first. */
    private readonly capacity = 50_000,
  ) {}

  record(call: Call, reply: Reply, at: string, fault?: string): void {
    this.count += 1;
    this.entries.push({
      number: this.count,
      at,
      method: call.method,
      path: call.path,
      query: this.masking.text(call.query.toString()),
      headers: this.masking.headers(call.headers),
      body: this.masking.text(call.body.toString("utf8").slice(0, BODY_LENGTH)),
      ...(reply.kind === "cut" ? {} : { status: reply.kind === "stream" ? 200 : reply.status }),
      ...(fault === undefined ? {} : { fault }),
    });
    if (this.entries.length > this.capacity) this.entries.shift();
  }

  /** Entries with a number above this one. */
  after(number = 0): readonly JournalEntry[] {
    return number === 0 ? this.entries : this.entries.filter((entry) => entry.number > number);
  }

  clear(): void {
    this.entries = [];
    this.count = 0;
  }
}
