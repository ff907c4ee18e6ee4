/** `relay ci plan`: saves an environment's plan, so that an apply does exactly what was reviewed. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Terminal } from "../../cli/command";
import { outputFolder, stackFolder } from "../../contract/locations";
import { count } from "../../report/report";
import { onlyStacks, synthesize } from "../../terraform/synthesize";
import { type PlanResult, Terraform } from "../../terraform/terraform";
import { findEnvironment } from "../shared/open-relay";
import { planVariables } from "../shared/webhook-password";
import { changes, planChanges } from "./outcome";
import { PLAN_FILE, PLAN_JSON, savePlanFiles } from "./saved-plan";

/** Another plan or apply can hold the state's lock for a while, and a pipeline waits for it. */
const LOCK = "-lock-timeout=5m";

/**
 * Synthesizes, plans, prints and saves the plan.
 *
 * @param out the folder to save to
 */
export async function planEnvironment(environment: string, out: string, terminal: Terminal): Promise<PlanResult> {
  return planStack(await synthesizedFolder(environment, terminal), out, terminal);
}

/** Synthesizes an environment's stack alone, and returns its folder. */
export async function synthesizedFolder(environment: string, terminal: Terminal): Promise<string> {
  // cdktf's default. The state of a plan on one machine is relative to the stack's folder, so every job uses the same folder.
  const outdir = outputFolder({});
  findEnvironment(environment, terminal);
  await synthesize(outdir, onlyStacks(terminal.env, [environment], [environment]));
  return stackFolder(outdir, environment);
}

/** The same for a stack that is already synthesized. */
export async function planStack(folder: string, out: string, terminal: Terminal): Promise<PlanResult> {
  const env = { ...terminal.env, ...planVariables(folder) };
  const terraform = new Terraform({ folder, env, signal: terminal.stop, planFile: PLAN_FILE });
  await terraform.init();
  const result = await terraform.plan(LOCK);
  terminal.out(await terraform.show());
  writeFileSync(join(folder, PLAN_JSON), await terraform.show("-json"), { mode: 0o600 });
  savePlanFiles(folder, out);
  for (const { summary, detail } of result.warnings) terminal.err(`warning: ${summary}\n${detail}\n`);
  const changed = result.plan.resource_changes.filter(({ change }) => changes(change));
  terminal.err(
    planChanges(result.plan)
      ? `Planned: ${count(changed.length, "resource")} to change. Saved in ${out}.\n`
      : `Planned: no changes. Saved in ${out}.\n`,
  );
  return result;
}
