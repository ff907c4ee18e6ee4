/**
 * Python programs in a virtual environment, which pip creates once for each list of packages in the user's cache. Without
 * Python or a package index, tests are skipped and say so.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

const CACHE = join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "gladly-stella-relay", "python");

/** How to get it, for the title of a skipped test. */
export const HOW = "install Python 3.10 or newer with venv, and let pip reach a package index";

/**
 * The folder of the programs of a virtual environment with these packages. Undefined if it cannot be created.
 *
 * @param requirements a file with the version of each package
 */
export function pythonPrograms(requirements: string): string | undefined {
  const version = spawnSync("python3", ["--version"], { encoding: "utf8" });
  if (version.status !== 0) return undefined;
  const digest = createHash("sha256")
    .update(version.stdout)
    .update(readFileSync(requirements))
    .digest("hex")
    .slice(0, 16);
  const folder = join(CACHE, digest);
  if (!existsSync(folder) && !make(folder, requirements)) return undefined;
  return join(folder, "bin");
}

/** Creates it in another folder and then moves it, so that an incomplete one is never used. */
function make(folder: string, requirements: string): boolean {
  mkdirSync(CACHE, { recursive: true });
  const draft = mkdtempSync(`${folder}-`);
  const run = (command: string, ...args: readonly string[]) =>
    spawnSync(command, args, { stdio: "ignore" }).status === 0;
  const install = ["-m", "pip", "install", "--quiet", "--no-compile", "--retries", "1", "-r", requirements];
  const made = run("python3", "-m", "venv", draft) && run(join(draft, "bin/python"), ...install);
  if (made && !existsSync(folder)) renameSync(draft, folder);
  else rmSync(draft, { recursive: true, force: true });
  return existsSync(folder);
}
