/** The environment at a git ref, for comparison in a preview and a review. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { CommandError } from "../../cli/command";
import { messageOf } from "../../contract/error-message";
import { isEnvironmentFile } from "../../contract/locations";
import { type Environment, EnvironmentFaults, loadEnvironments } from "../../environment";

export interface Base {
  /** Its name for people. */
  readonly ref: string;
  /** The commit's id, shortened. */
  readonly commit: string;
  readonly environment: Environment;
}

export type BaseFound =
  | { readonly kind: "found"; readonly base: Base }
  /** There is nothing to compare with. `detail` is a text of several lines for the terminal. */
  | { readonly kind: "missing"; readonly why: string; readonly detail?: string };

/** Usual default branches, best first. */
const DEFAULT_BRANCHES = ["origin/HEAD", "origin/main", "origin/master", "main", "master"];

/**
 * Without a ref: the commit where this branch left the default branch, else HEAD.
 *
 * @param folder of the environment files
 * @param ref the value of `--base`
 * @throws CommandError if that ref cannot be used
 */
export function findBase(folder: string, name: string, ref: string | undefined): BaseFound {
  const git = new Git(folder);
  if (!git.isThere()) {
    if (ref !== undefined) throw new CommandError(`--base ${ref}: ${folder} is not in a git repository.`);
    return { kind: "missing", why: "the environment files are not in a git repository" };
  }
  const base = ref === undefined ? defaultCommit(git) : namedCommit(git, ref);
  if (base === undefined) return { kind: "missing", why: "there is no commit yet" };
  const files = git.files(base.commit);
  if (!files.includes(`${name}.ts`)) {
    const why = `the environment is new: there is no ${name}.ts at ${base.ref}`;
    if (ref !== undefined) throw new CommandError(`--base ${ref}: ${why}.`);
    return { kind: "missing", why };
  }
  try {
    return { kind: "found", base: { ...base, environment: load(git, base, files, name) } };
  } catch (error) {
    // If no ref was named, an unusable base must not prevent the judgement of the proposed configuration.
    if (ref !== undefined || !(error instanceof CommandError)) throw error;
    const why = `the environment files at ${base.ref} (${base.commit}) cannot be used`;
    return { kind: "missing", why, detail: error.message };
  }
}

type BaseCommit = Pick<Base, "ref" | "commit">;

function namedCommit(git: Git, ref: string): BaseCommit {
  const commit = git.commit(ref);
  if (commit !== undefined) return { ref, commit };
  throw new CommandError(
    `--base ${ref}: git knows no such commit. Name a branch, a tag or a commit, such as origin/main or HEAD~1.`,
  );
}

function defaultCommit(git: Git): BaseCommit | undefined {
  const head = git.commit("HEAD");
  if (head === undefined) return undefined;
  for (const branch of DEFAULT_BRANCHES) {
    const left = git.mergeBase(branch);
    if (left !== undefined) return left === head ? { ref: "HEAD", commit: head } : { ref: branch, commit: left };
  }
  return { ref: "HEAD", commit: head };
}

/**
 * Writes the files to a sibling of the current folder, at the same depth in the project, so that their imports work. They are
 * read with the current schema.
 */
function load(git: Git, base: BaseCommit, files: readonly string[], name: string): Environment {
  const folder = besides(git.folder);
  try {
    for (const file of files) writeFileSync(join(folder, file), git.show(base.commit, file), { mode: 0o600 });
    const found = loadEnvironments(folder).find((environment) => environment.name === name);
    if (found !== undefined) return found;
    throw new CommandError(`at ${base.ref} (${base.commit}) there is no environment "${name}".`);
  } catch (error) {
    if (!(error instanceof EnvironmentFaults)) throw error;
    const shown = relative(process.cwd(), git.folder);
    const named = (file: string) => `${base.ref}:${join(shown, basename(file))}`;
    const faults = error.faults.map((fault) => ({ ...fault, file: named(fault.file) }));
    throw new CommandError(
      `the environment files at ${base.ref} (${base.commit}) cannot be used; name another commit with --base.\n` +
        new EnvironmentFaults(faults).message,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function besides(folder: string): string {
  try {
    return mkdtempSync(join(dirname(folder), ".relay-base-"));
  } catch (error) {
    throw new CommandError(`the files of another commit cannot be laid beside ${folder}: ${messageOf(error)}`);
  }
}

/** Reads from git about one folder. It changes nothing. */
class Git {
  constructor(readonly folder: string) {}

  isThere(): boolean {
    return this.ask("rev-parse", "--is-inside-work-tree")?.trim() === "true";
  }

  commit(ref: string): string | undefined {
    return this.ask("rev-parse", "--verify", "--quiet", "--short=12", "--end-of-options", `${ref}^{commit}`)?.trim();
  }

  mergeBase(branch: string): string | undefined {
    const full = this.ask("merge-base", "HEAD", branch)?.trim();
    return full === undefined ? undefined : this.commit(full);
  }

  /** Names of the environment files of this folder at a commit. */
  files(commit: string): readonly string[] {
    const names = this.ask("ls-tree", "-z", "--name-only", commit)?.split("\0") ?? [];
    return names.filter(isEnvironmentFile);
  }

  show(commit: string, file: string): string {
    const text = this.ask("show", `${commit}:./${file}`);
    if (text === undefined) throw new CommandError(`git cannot show ${file} at ${commit}.`);
    return text;
  }

  /** Git's output; undefined if it fails or is not installed. */
  private ask(...args: readonly string[]): string | undefined {
    try {
      return execFileSync("git", ["-C", this.folder, ...args], {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
      });
    } catch {
      return undefined;
    }
  }
}
