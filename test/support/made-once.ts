/**
 * Builds something slow that several test files need: once for the current state of its sources, by the first test, and kept
 * in node_modules/.cache for the next run.
 */
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { project } from "./scratch";

const CACHE = join(project, "node_modules/.cache/relay-tests");
const KEPT_MS = 7 * 24 * 60 * 60 * 1000;

/**
 * The folder with the result. Do not change its content.
 *
 * @param name name of the result; older results with this name are deleted after a week
 * @param sources files and folders of the project that it is built from
 * @param make fills a new folder. Two workers may both build it; the first result is kept.
 */
export async function madeOnce(
  name: string,
  sources: readonly string[],
  make: (folder: string) => Promise<void>,
): Promise<string> {
  const folder = join(CACHE, `${name}-${fingerprint(sources)}`);
  if (!isThere(folder)) {
    mkdirSync(CACHE, { recursive: true });
    const fresh = mkdtempSync(join(CACHE, "making-"));
    await make(fresh);
    try {
      renameSync(fresh, folder);
    } catch {
      // Another worker was faster.
      rmSync(fresh, { recursive: true, force: true });
    }
    forgetOld();
  }
  const now = new Date();
  utimesSync(folder, now, now);
  return folder;
}

function fingerprint(sources: readonly string[]): string {
  const hash = createHash("sha256");
  for (const file of sources.flatMap((source) => filesAt(source)))
    hash.update(file).update(readFileSync(join(project, file)));
  return hash.digest("hex").slice(0, 16);
}

function filesAt(path: string): readonly string[] {
  if (!statSync(join(project, path)).isDirectory()) return [path];
  return readdirSync(join(project, path))
    .sort()
    .flatMap((name) => filesAt(join(path, name)));
}

function isThere(folder: string): boolean {
  return statSync(folder, { throwIfNoEntry: false }) !== undefined;
}

function forgetOld(): void {
  for (const name of readdirSync(CACHE)) {
    const age = Date.now() - (statSync(join(CACHE, name), { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > KEPT_MS) rmSync(join(CACHE, name), { recursive: true, force: true });
  }
}
