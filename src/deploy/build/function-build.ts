/**
 * The built functions. In a checkout they are built again when a source is younger than the build, so that a plan never
 * deploys old code; a package brings them.
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { isCheckout, packageRoot } from "../../contract/locations";

/** What goes into the functions. */
const SOURCES = ["src/contract", "src/relay", "src/vendors", "src/deploy/build", "package-lock.json"];

/** The functions cannot be built. The message says what to do. */
export class FunctionsNotBuilt extends Error {
  override readonly name = "FunctionsNotBuilt";
}

/**
 * The folder that holds a folder for each function: `<name>/index.js` and the licences of what is in it.
 *
 * @param root the package's folder
 * @throws FunctionsNotBuilt
 */
export function builtFunctions(root = packageRoot()): string {
  const folder = join(root, "dist/functions");
  if (isCheckout(root) && !isCurrent(root, folder)) build(root, folder);
  return folder;
}

/** Every function that there is code for was built after the youngest source. */
function isCurrent(root: string, folder: string): boolean {
  const youngest = Math.max(...SOURCES.flatMap((source) => times(join(root, source))));
  return functionNames(root).every((name) => {
    const built = times(join(folder, name, "index.js"));
    return built.length > 0 && built.every((time) => time >= youngest);
  });
}

/** A function's code begins in `<name>.lambda.ts`. */
function functionNames(root: string): readonly string[] {
  const ending = ".lambda.ts";
  return readdirSync(join(root, "src/relay/aws"))
    .filter((file) => file.endsWith(ending))
    .map((file) => file.slice(0, -ending.length));
}

/** Milliseconds of the last changes of the files at or below a path. */
function times(path: string): readonly number[] {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return [];
  if (!stat.isDirectory()) return [stat.mtimeMs];
  return readdirSync(path).flatMap((name) => times(join(path, name)));
}

/** Writes to its own folder first, so that a reader always finds the complete old or new file. */
function build(root: string, folder: string): void {
  const fresh = mkdtempSync(join(tmpdir(), "relay-functions-"));
  try {
    const tsx = join(root, "node_modules/tsx/dist/cli.mjs");
    const args = [tsx, "scripts/build-functions.ts", "--out", fresh];
    const result = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
    if (result.status !== 0) {
      throw new FunctionsNotBuilt(
        `The relay's functions for AWS cannot be built: ${result.stderr.trim()}\nRun \`npm run build\`.`,
      );
    }
    for (const name of readdirSync(fresh)) {
      mkdirSync(join(folder, name), { recursive: true });
      for (const file of readdirSync(join(fresh, name))) move(join(fresh, name, file), join(folder, name, file));
    }
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** Copied near its place and then moved: a move between file systems is no single step. */
function move(from: string, to: string): void {
  const near = `${dirname(to)}.${process.pid}`;
  copyFileSync(from, near);
  renameSync(near, to);
}
