/**
 * The built functions, built anew when a source is younger: a plan must never deploy yesterday's code.
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What goes into the functions. */
const SOURCES = ["src/relay", "src/gladly", "src/stella", "scripts/functions", "package-lock.json"];

/** The functions cannot be built. The message says what to do. */
export class FunctionsNotBuilt extends Error {
  override readonly name = "FunctionsNotBuilt";
}

/**
 * The folder that holds `<name>/index.js` for each function.
 *
 * @param project the project's folder
 * @throws FunctionsNotBuilt
 */
export function builtFunctions(project: string): string {
  const folder = join(project, "dist/functions");
  if (!isCurrent(project, folder)) build(project, folder);
  return folder;
}

function isCurrent(project: string, folder: string): boolean {
  const built = times(folder);
  if (built.length === 0) return false;
  const youngest = Math.max(...SOURCES.flatMap((source) => times(join(project, source)).map(([, time]) => time)));
  return built.every(([, time]) => time >= youngest);
}

/** Files at or below a path, with the millisecond of their last change. */
function times(path: string): readonly (readonly [path: string, time: number])[] {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return [];
  if (!stat.isDirectory()) return [[path, stat.mtimeMs]];
  return readdirSync(path).flatMap((name) => times(join(path, name)));
}

/** Into a folder of its own first: whoever reads meanwhile finds the old function or the new one, whole. */
function build(project: string, folder: string): void {
  const fresh = mkdtempSync(join(tmpdir(), "relay-functions-"));
  try {
    const tsx = join(project, "node_modules/tsx/dist/cli.mjs");
    const args = [tsx, "scripts/build-functions.ts", "--out", fresh];
    const result = spawnSync(process.execPath, args, { cwd: project, encoding: "utf8" });
    if (result.status !== 0) {
      throw new FunctionsNotBuilt(
        `The relay's functions for AWS cannot be built: ${result.stderr.trim()}\nRun \`npm run build\`.`,
      );
    }
    for (const name of readdirSync(fresh)) {
      mkdirSync(join(folder, name), { recursive: true });
      const file = join(folder, name, "index.js");
      // Copied beside its place and then moved: a move between file systems is no single step.
      copyFileSync(join(fresh, name, "index.js"), `${file}.${process.pid}`);
      renameSync(`${file}.${process.pid}`, file);
    }
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}
