/** `relay ci stacks`: which environments a pipeline plans, and as whom. */
import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { promisify } from "node:util";
import { z } from "zod";
import { CommandError, type Terminal } from "../../cli/command";
import { environmentsFolder, projectRoot } from "../../contract/locations";
import { didYouMean } from "../../contract/nearest";
import { pipelineRoleArn, planEnvironment } from "../../deploy/constructs/pipeline-roles";
import { type AwsEnvironment, isOnAws, loadEnvironments } from "../../environment";
import { environmentsAt } from "./gather-base";
import { planChanges } from "./outcome";
import { readPlan } from "./saved-plan";
import { type Removed, removedEnvironments, touchedEnvironments } from "./touched";

/** One row of a workflow's matrix. Names are as workflows write them; nothing in it is secret. */
export const StackRow = z.object({
  environment: z.string(),
  region: z.string(),
  plan_role: z.string(),
  apply_role: z.string(),
  /** GitHub's environment of jobs that plan, with the secret GLADLY_TOKEN. */
  plan_environment: z.string(),
});
export type StackRow = z.infer<typeof StackRow>;

/** GitHub's form of a matrix that lists its jobs one by one. */
export const StackMatrix = z.object({ include: z.array(StackRow) });

export interface StackChoice {
  /** Environments by name. @default every one on AWS: a hosted runner reaches no relay on somebody's machine */
  readonly names?: readonly string[];
  /** Only those that a change since this commit can touch. */
  readonly changedSince?: string;
  /** Only those whose plan in this folder changes something. */
  readonly planned?: string;
}

export interface Chosen {
  readonly rows: readonly StackRow[];
  /** Environments that the change leaves without a file. */
  readonly removed: readonly Removed[];
}

export async function chooseStacks(choice: StackChoice, terminal: Terminal): Promise<Chosen> {
  const folder = environmentsFolder(terminal.env);
  const environments = loadEnvironments(folder);
  const all = environments.filter(isOnAws);
  const known = all.map(({ name }) => name);
  const asked = choice.names?.length ? choice.names : known;
  const stranger = asked.find((name) => !known.includes(name));
  if (stranger !== undefined) {
    throw new CommandError(
      `there is no environment "${stranger}" on AWS; there are: ${known.join(", ") || "none"}.${didYouMean(stranger, known)}`,
    );
  }
  let names = asked;
  let removed: readonly Removed[] = [];
  if (choice.changedSince !== undefined) {
    const files = await changedFiles(choice.changedSince);
    const before = await environmentsAt(choice.changedSince, folder);
    names = touchedEnvironments(files, environments, before).filter((name) => asked.includes(name));
    removed = removedEnvironments(files, environments, before);
  }
  if (choice.planned !== undefined) names = changing(choice.planned, names);
  return { rows: all.filter(({ name }) => names.includes(name)).map(rowOf), removed };
}

function rowOf({ name, relay }: AwsEnvironment): StackRow {
  return {
    environment: name,
    region: relay.region,
    plan_role: pipelineRoleArn("plan", name, relay.account),
    apply_role: pipelineRoleArn("apply", name, relay.account),
    plan_environment: planEnvironment(name),
  };
}

/** @returns paths relative to the project, which may be a folder of its repository */
async function changedFiles(since: string): Promise<readonly string[]> {
  const git = async (...args: readonly string[]) => {
    const { stdout } = await promisify(execFile)("git", [...args], { cwd: projectRoot() }).catch((error: unknown) => {
      const message = error instanceof Error ? error.message.trim() : String(error);
      throw new CommandError(
        `git cannot tell what changed since ${since}: ${message}. A shallow clone needs at least two commits (fetch-depth: 2).`,
      );
    });
    return stdout;
  };
  const prefix = (await git("rev-parse", "--show-prefix")).trimEnd();
  // A renamed file is one that goes and one that comes. A ref that begins with a dash would be an option.
  const files = await git("diff", "--name-only", "--no-renames", "-z", "--end-of-options", since, "HEAD");
  return files
    .split("\0")
    .filter((file) => file !== "")
    .map((file) => (file.startsWith(prefix) ? file.slice(prefix.length) : `/${file}`));
}

/** Those of the names that have a plan there which changes something. */
function changing(folder: string, names: readonly string[]): readonly string[] {
  const present = new Set(folderNames(folder));
  return names.filter((name) => present.has(name) && planChanges(readPlan(folder, name)));
}

function folderNames(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    // No plan was made at all: nothing was handed over.
    return [];
  }
}
