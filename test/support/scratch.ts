/** A copy of the project's tracked files in another folder, like a fresh clone, with this project's packages. */
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

export const project = resolve(__dirname, "../..");

export interface Scratch {
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  remove(): void;
}

/**
 * The environment names a missing CLI configuration file, which must cause no warning.
 *
 * @param state `fresh`: without build results, as after `git clone`. `built`: with this project's provider and functions, for
 * tests that do not test the build
 */
export function scratchProject(state: "fresh" | "built"): Scratch {
  const folder = mkdtempSync(join(tmpdir(), "scratch-"));
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: project,
  });
  for (const file of listed.toString().split("\0")) {
    // Git still lists files that are deleted but not committed.
    if (file === "" || !existsSync(join(project, file)) || file.startsWith("test/") || file.startsWith("docs/"))
      continue;
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(project, file), join(folder, file), { force: true });
  }
  // After the sources, so that the build results are newer.
  if (state === "built") cpSync(join(project, "dist"), join(folder, "dist"), { recursive: true });
  symlinkSync(join(project, "node_modules"), join(folder, "node_modules"));
  const env = { ...process.env, TF_CLI_CONFIG_FILE: join(folder, "missing.tfrc") };
  return { folder, env, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
