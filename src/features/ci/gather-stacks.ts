/** `relay ci stacks`: which environments a pipeline plans, and with which roles. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { z } from "zod";
import { CommandError, type Terminal } from "../../cli/command";
import { messageOf } from "../../contract/error-message";
import { environmentsFolder, projectRoot } from "../../contract/locations";
import { didYouMean } from "../../contract/nearest";
import { fileNames } from "../../contract/read-file";
import { pipelineRoleArn, planEnvironment } from "../../deploy/constructs/pipeline-roles";
import { type AwsEnvironment, isOnAws, loadEnvironments } from "../../environment";
import { environmentsAt } from "./gather-base";
import { planChanges } from "./outcome";
import { readPlan } from "./saved-plan";
import { type Removed, removedEnvironments, touchedEnvironments } from "./touched";

/** One row of a workflow's matrix, named as workflows do. It holds no secret. */
export const StackRow = z.object({
  environment: z.string(),
  region: z.string(),
  plan_role: z.string(),
  apply_role: z.string(),
  /** The GitHub environment of jobs that plan. It has the secret GLADLY_TOKEN. */
  plan_environment: z.string(),
});
export type StackRow = z.infer<typeof StackRow>;

/** A GitHub Actions matrix that lists each job. */
export const StackMatrix = z.object({ include: z.array(StackRow) });

export interface StackChoice {
  /** Environments by name. @default every environment on AWS, because a hosted runner cannot reach a relay on another machine */
  readonly names?: readonly string[];
  /** Only environments that changes since this commit can affect. */
  readonly changedSince?: string;
  /** Only environments whose plan in this folder has changes. */
  readonly planned?: string;
}

export interface Chosen {
  readonly rows: readonly StackRow[];
  /** Environments whose file the change removes. */
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

/** @returns paths relative to the project, which can be a subfolder of its repository */
async function changedFiles(since: string): Promise<readonly string[]> {
  const git = async (...args: readonly string[]) => {
    const { stdout } = await promisify(execFile)("git", [...args], { cwd: projectRoot() }).catch((error: unknown) => {
      const message = messageOf(error).trim();
      throw new CommandError(
        `git cannot show what changed since ${since}: ${message}. A shallow clone needs at least two commits (fetch-depth: 2).`,
      );
    });
    return stdout;
  };
  const prefix = (await git("rev-parse", "--show-prefix")).trimEnd();
  // A rename must show as one removed and one added file. Without --end-of-options a ref that begins with a dash would be an option.
  const files = await git("diff", "--name-only", "--no-renames", "-z", "--end-of-options", since, "HEAD");
  return files
    .split("\0")
    .filter((file) => file !== "")
    .map((file) => (file.startsWith(prefix) ? file.slice(prefix.length) : `/${file}`));
}

/** The environments that have a plan with changes in that folder. */
function changing(folder: string, names: readonly string[]): readonly string[] {
  // There is no folder if no job made a plan.
  const present = new Set(fileNames(folder));
  return names.filter((name) => present.has(name) && planChanges(readPlan(folder, name)));
}
