/** Reads the environments of another commit, to compare a change with. */
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { promisify } from "node:util";
import { projectRoot } from "../../contract/locations";
import { type Environment, loadEnvironments } from "../../environment";

/** @returns undefined if that commit's environments cannot be read, for example because it has none */
export async function environmentsAt(commit: string, folder: string): Promise<readonly Environment[] | undefined> {
  const git = async (...args: readonly string[]) =>
    (await promisify(execFile)("git", [...args], { cwd: process.cwd() })).stdout.trim();
  const copy = join(mkdtempSync(join(tmpdir(), "relay-base-")), "tree");
  try {
    const root = await git("rev-parse", "--show-toplevel");
    await git("worktree", "add", "-q", "--detach", "--", copy, commit);
    // If the project is a subfolder of its repository, both can have packages.
    for (const place of new Set(["", relative(root, realpathSync(projectRoot()))])) {
      const packages = join(root, place, "node_modules");
      if (existsSync(packages) && existsSync(join(copy, place)))
        symlinkSync(packages, join(copy, place, "node_modules"));
    }
    return loadEnvironments(join(copy, relative(root, realpathSync(folder))));
  } catch {
    // The caller then treats every environment as touched.
    return undefined;
  } finally {
    await git("worktree", "remove", "--force", copy).catch(() => undefined);
    rmSync(join(copy, ".."), { recursive: true, force: true });
  }
}
