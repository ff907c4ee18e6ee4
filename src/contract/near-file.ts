/** Suggests an existing file with a path similar to one that does not exist. */
import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { nearest } from "./nearest";
import { fileNames } from "./read-file";

/** @returns undefined if no path is similar enough, or if the path exists */
export function nearestFile(path: string): string | undefined {
  if (existsSync(path)) return undefined;
  const folder = dirname(path);
  if (folder === path) return undefined;
  const there = existsSync(folder) ? folder : nearestFile(folder);
  if (there === undefined) return undefined;
  const same = join(there, basename(path));
  if (existsSync(same)) return same;
  const meant = nearest(basename(path), fileNames(there));
  return meant === undefined ? undefined : join(there, meant);
}
