/** The environments of another commit: what a change is compared with. */
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { promisify } from "node:util";
import { projectRoot } from "../../contract/locations";
import { type Environment, loadEnvironments } from "../../environment";

/** @returns undefined where that commit's environments cannot be read, as before the first one */
export async function environmentsAt(commit: string, folder: string): Promise<readonly Environment[] | undefined> {
  const git = async (...args: readonly string[]) =>
    (await promisify(execFile)("git", [...args], { cwd: process.cwd() })).stdout.trim();
  const copy = join(mkdtempSync(join(tmpdir(), "relay-base-")), "tree");
  try {
    const root = await git("rev-parse", "--show-toplevel");
    await git("worktree", "add", "-q", "--detach", "--", copy, commit);
    // Of a project in a folder of its repository, both may have packages.
    for (const place of new Set(["", relative(root, realpathSync(projectRoot()))])) {
      const packages = join(root, place, "node_modules");
      if (existsSync(packages) && existsSync(join(copy, place)))
        symlinkSync(packages, join(copy, place, "node_modules"));
    }
    return loadEnvironments(join(copy, relative(root, realpathSync(folder))));
  } catch {
    // Whoever asks takes everything as touched then.
    return undefined;
  } finally {
    await git("worktree", "remove", "--force", copy).catch(() => undefined);
    rmSync(join(copy, ".."), { recursive: true, force: true });
  }
}
