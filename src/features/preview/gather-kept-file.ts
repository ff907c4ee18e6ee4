/**
 * Stores what a preview has read so far in a file of mode 0600, so that a stopped preview can continue. It has no names or
 * addresses. For a customer it has a digest, whose key is derived from Gladly's token and stored in no file.
 *
 * One JSON document per line: a header that identifies the preview, then the facts in the order of the reads.
 */
import { closeSync, existsSync, fchmodSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";
import { CommandError } from "../../cli/command";
import { reasonOf } from "../../contract/file-fault";
import { parsedJson } from "../../contract/json";
import { CloseFacts } from "./facts";
import type { KeptFacts } from "./gather";

/** The inputs of the facts besides Gladly. If they change, the facts are read again. */
export const KeptHead = z.object({
  kind: z.literal("relay preview, so far"),
  version: z.literal(3),
  /** Gladly's address. */
  gladly: z.string(),
  /** Names the digests' key without telling it. */
  key: z.string(),
  /** Whether channels, inboxes and messages were read. */
  reads: z.array(z.enum(["channel", "inbox", "messages"])),
});
export type KeptHead = Readonly<z.infer<typeof KeptHead>>;

export class KeptFile implements KeptFacts {
  private readonly facts = new Map<string, CloseFacts>();
  private readonly descriptor: number;
  private isEmpty = true;

  /**
   * Opens the file and reads what fits the head; what does not fit is dropped.
   *
   * @param fresh drops everything that is there
   * @throws CommandError when the file is not a preview's, or cannot be written
   */
  constructor(
    readonly path: string,
    head: KeptHead,
    fresh: boolean,
  ) {
    try {
      const text = existsSync(path) ? readFileSync(path, "utf8") : "";
      const lines = text === "" ? [] : text.split("\n");
      if (lines.length > 0) requireOurs(lines, path);
      const goesOn = !fresh && lines[0] === JSON.stringify(head);
      if (goesOn) this.read(lines.slice(1));
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      this.descriptor = openSync(path, goesOn ? "a" : "w", 0o600);
      fchmodSync(this.descriptor, 0o600);
      // A line that a killed run left half written must not swallow the next one.
      writeSync(this.descriptor, goesOn ? "\n" : `${JSON.stringify(head)}\n`);
    } catch (error) {
      if (error instanceof CommandError) throw error;
      throw new CommandError(`${path} cannot be used: ${reasonOf(error)}.`);
    }
  }

  find(eventId: string): CloseFacts | undefined {
    return this.facts.get(eventId);
  }

  keep(facts: readonly CloseFacts[]): void {
    if (facts.length === 0) return;
    writeSync(this.descriptor, facts.map((fact) => `${JSON.stringify(fact)}\n`).join(""));
    this.isEmpty = false;
  }

  /** Lets go of the file; one that holds nothing is taken away. */
  close(): void {
    closeSync(this.descriptor);
    if (this.isEmpty) this.remove();
  }

  remove(): void {
    rmSync(this.path, { force: true });
  }

  private read(lines: readonly string[]): void {
    for (const line of lines) {
      const facts = CloseFacts.safeParse(parsedJson(line));
      if (facts.success) this.facts.set(facts.data.eventId, facts.data);
    }
    this.isEmpty = this.facts.size === 0;
  }
}

/** Refuses to overwrite a file that is not a preview's. */
function requireOurs(lines: readonly string[], path: string): void {
  const head = z.looseObject({ kind: KeptHead.shape.kind }).safeParse(parsedJson(lines[0] ?? ""));
  if (head.success) return;
  throw new CommandError(`${path} was not written by \`relay preview\`: name another file with --cache, or remove it.`);
}
