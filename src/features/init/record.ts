/** Records what `relay init` and `relay upgrade` wrote last, to recognise edited files. */
import { createHash } from "node:crypto";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { CommandError } from "../../cli/command";
import { jsonText } from "../../contract/json";
import { readJson } from "../../contract/read-file";

/** Committed, so that the next upgrade on any machine can read it. */
export const RECORD = ".relay-init.json";

const InitRecord = z.object({
  /** The version of this package that wrote the files. */
  version: z.string(),
  /** Path to the SHA-256 of the written content, in hexadecimal. */
  files: z.record(z.string(), z.string()),
});
export type InitRecord = z.infer<typeof InitRecord>;

/** @throws CommandError if the file cannot be read */
export function readRecord(project: string): InitRecord | undefined {
  const path = join(project, RECORD);
  if (!existsSync(path)) return undefined;
  const record = readJson(path, InitRecord);
  if (record !== undefined) return record;
  throw new CommandError(`${RECORD} is not what \`relay init\` wrote. Take it from git's history, or delete it.`);
}

export function writeRecord(project: string, record: InitRecord): void {
  writeFileSync(join(project, RECORD), jsonText(record));
}

/** Ignores line endings, because git may have changed them. */
export function digestOf(content: string): string {
  return createHash("sha256").update(content.replaceAll("\r\n", "\n")).digest("hex");
}
