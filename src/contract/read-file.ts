/** Reads files and folders that may be missing. */
import { readdirSync, readFileSync } from "node:fs";
import { parsedJson } from "./json";

/** A schema of zod, or of its small build. */
interface Schema<T> {
  safeParse(value: unknown): { readonly data?: T | undefined };
}

/** The text of a file; undefined if it is not there or cannot be read. */
export function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

/** What a file of JSON holds; undefined if it is not there, cannot be read or holds anything else. */
export function readJson<T>(path: string, schema: Schema<T>): T | undefined {
  return schema.safeParse(parsedJson(readText(path) ?? "")).data;
}

/** The names in a folder; none if it is a file, is not there or cannot be read. */
export function fileNames(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
