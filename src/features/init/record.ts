/** What `relay init` and `relay upgrade` wrote last, so that a file that somebody edited is known and left alone. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { CommandError } from "../../cli/command";

/** Committed: it tells the next upgrade, on whatever machine. */
export const RECORD = ".relay-init.json";

const InitRecord = z.object({
  /** The version of this package that wrote the files. */
  version: z.string(),
  /** Path to the SHA-256 of what was written, in hexadecimal. */
  files: z.record(z.string(), z.string()),
});
export type InitRecord = z.infer<typeof InitRecord>;

/** @throws CommandError when the file cannot be read */
export function readRecord(project: string): InitRecord | undefined {
  const path = join(project, RECORD);
  if (!existsSync(path)) return undefined;
  try {
    return InitRecord.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    throw new CommandError(`${RECORD} is not what \`relay init\` wrote. Take it from git's history, or delete it.`);
  }
}

export function writeRecord(project: string, record: InitRecord): void {
  writeFileSync(join(project, RECORD), `${JSON.stringify(record, undefined, 2)}\n`);
}

/** Line ends do not count: git may have changed them. */
export function digestOf(content: string): string {
  return createHash("sha256").update(content.replaceAll("\r\n", "\n")).digest("hex");
}
