/**
 * What one job of a pipeline hands to the next: the saved plan of a stack with what applying it needs, in a folder of the
 * environment's name.
 */
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { CommandError } from "../../cli/command";
import { type Plan, PlanSchema } from "../../terraform/plan";

/** Terraform's own form of the plan. */
export const PLAN_FILE = "relay.plan";
/** The same, as `terraform show -json` tells it. */
export const PLAN_JSON = "plan.json";

/**
 * Besides the plan: the configuration that it was made of, the versions and checksums of the providers, and the functions'
 * archives, which Terraform reads at apply only. The provider for Gladly is not among them: archives of pipelines lose a
 * file's permission to be run. It is built again, and Terraform checks it against the checksum in the lock file.
 */
const PLAN_FILES = [PLAN_FILE, PLAN_JSON, "cdk.tf.json", ".terraform.lock.hcl", "functions"] as const;

/** Copies what is handed over from a stack's folder; what was there before is gone. */
export function savePlanFiles(stack: string, folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  copy(stack, folder);
}

/** Puts what was handed over back into a stack's folder. */
export function restorePlan(folder: string, stack: string): void {
  for (const file of [PLAN_FILE, PLAN_JSON, ".terraform.lock.hcl"]) {
    if (!existsSync(join(folder, file))) {
      throw new CommandError(`${folder} holds no ${file}: it must be the folder that \`relay ci plan\` wrote.`);
    }
  }
  copy(folder, stack);
}

function copy(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const name of PLAN_FILES) {
    if (existsSync(join(from, name))) cpSync(join(from, name), join(to, name), { recursive: true });
  }
}

/** The plan of an environment below a folder of plans. */
export function readPlan(folder: string, environment: string): Plan {
  const path = join(folder, environment, PLAN_JSON);
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    throw new CommandError(`there is no ${path}: the plan of ${environment} was not made, or not handed over.`);
  }
  try {
    return PlanSchema.parse(JSON.parse(text));
  } catch {
    throw new CommandError(`${path} is not a plan as \`terraform show -json\` prints it.`);
  }
}

/** Whether there is a plan of that environment. */
export function isPlanned(folder: string, environment: string): boolean {
  return existsSync(join(folder, environment, PLAN_JSON));
}
