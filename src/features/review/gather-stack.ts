/** Plans a stack as `npx cdktf plan` does, from the work tree. Takes no lock and writes no state. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Terminal } from "../../cli/command";
import { withProgress } from "../../cli/progress";
import { environmentsFolder, outputFolder } from "../../contract/locations";
import { environmentNames } from "../../environment";
import { onlyStacks, synthesize } from "../../terraform/synthesize";
import { Terraform } from "../../terraform/terraform";
import { synthesizedStacks } from "../shared/synthesized-stacks";
import { planVariables } from "../shared/webhook-password";
import type { ReviewInput } from "./judge";

/** Its own name, so that a saved plan stays. */
const PLAN_FILE = "relay-review.plan";

/**
 * @param stacks names of environments and foundations
 * @throws CommandError, SynthFailed or TerraformFailed with its own words
 */
export function planStacks(stacks: readonly string[], terminal: Terminal): Promise<readonly ReviewInput[]> {
  // As `npx cdktf` has it: state on this machine is named relative to a stack's folder.
  const outdir = outputFolder(terminal.env);
  return withProgress(terminal, "planning", async (progress) => {
    progress.step({ now: "the stacks are synthesized" });
    await synthesize(outdir, onlyStacks(terminal.env, stacks, environmentNames(environmentsFolder(terminal.env))));
    const inputs: ReviewInput[] = [];
    synthesizedStacks(outdir, stacks, "no file of that name");
    for (const name of stacks) {
      const waitingFor = (what: string) => progress.step({ now: `${name}: ${what}` });
      inputs.push({ name, plan: await planStack(join(outdir, "stacks", name), terminal, waitingFor) });
    }
    return inputs;
  });
}

async function planStack(
  folder: string,
  terminal: Terminal,
  waitingFor: (what: string) => void,
): Promise<ReviewInput["plan"]> {
  const env = { ...terminal.env, ...planVariables(folder) };
  const terraform = new Terraform({ folder, env, signal: terminal.stop, planFile: PLAN_FILE, waitingFor });
  try {
    await terraform.init("-reconfigure");
    return (await terraform.plan("-lock=false")).plan;
  } finally {
    rmSync(join(folder, PLAN_FILE), { force: true });
  }
}
