/**
 * The files that one job of a pipeline hands to the next: a stack's saved plan and everything that an apply needs, in a
 * folder with the environment's name.
 */
import { cpSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { CommandError } from "../../cli/command";
import { parsedJson } from "../../contract/json";
import { nearestFile } from "../../contract/near-file";
import { readText } from "../../contract/read-file";
import { type Plan, PlanSchema } from "../../terraform/plan";

/** The plan file of Terraform. */
export const PLAN_FILE = "relay.plan";
/** The same plan, as `terraform show -json` prints it. */
export const PLAN_JSON = "plan.json";

/**
 * Besides the plan: its configuration, the versions and checksums of the providers, and the functions' archives, which
 * Terraform reads only at apply. The provider for Gladly is not included, because pipeline artifacts lose the execute
 * permission of files. The next job builds it again, and Terraform checks it against the checksum in the lock file.
 */
const PLAN_FILES = [PLAN_FILE, PLAN_JSON, "cdk.tf.json", ".terraform.lock.hcl", "functions"] as const;

/** Copies the files from a stack's folder, and replaces what the target held. */
export function savePlanFiles(stack: string, folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  copy(stack, folder);
}

/** Copies the saved files back into a stack's folder. */
export function restorePlan(folder: string, stack: string): void {
  for (const file of [PLAN_FILE, PLAN_JSON, ".terraform.lock.hcl"]) {
    const path = join(folder, file);
    if (existsSync(path)) continue;
    const near = nearestFile(path);
    const meant = near === undefined ? "" : ` Did you mean ${dirname(near)}?`;
    throw new CommandError(
      `there is no ${file} in ${folder}. It must be the folder that \`relay ci plan\` wrote.${meant}`,
    );
  }
  copy(folder, stack);
}

function copy(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const name of PLAN_FILES) {
    if (existsSync(join(from, name))) cpSync(join(from, name), join(to, name), { recursive: true });
  }
}

/** Reads an environment's plan from a folder of plans. */
export function readPlan(folder: string, environment: string): Plan {
  const path = join(folder, environment, PLAN_JSON);
  const text = readText(path);
  if (text === undefined) {
    throw new CommandError(
      `there is no ${path}. No job made a plan of ${environment}, or its files were not passed on.`,
    );
  }
  const plan = PlanSchema.safeParse(parsedJson(text));
  if (plan.success) return plan.data;
  throw new CommandError(`${path} is not a plan as \`terraform show -json\` prints it.`);
}

/** Whether the folder has a plan of that environment. */
export function isPlanned(folder: string, environment: string): boolean {
  return existsSync(join(folder, environment, PLAN_JSON));
}
