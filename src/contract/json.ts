/** Reads and writes JSON that may be missing or damaged. */
import { readFileSync } from "node:fs";

/** A schema of zod, or of its small build. */
interface Schema<T> {
  safeParse(value: unknown): { readonly data?: T | undefined };
}

/** The value; undefined if the text is not JSON. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What a file holds; undefined if it is not there, cannot be read or holds anything else. */
export function readJson<T>(path: string, schema: Schema<T>): T | undefined {
  try {
    return schema.safeParse(JSON.parse(readFileSync(path, "utf8"))).data;
  } catch {
    return undefined;
  }
}

/** JSON as files and `--json` have it: indented by two spaces, with a line break at the end. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
