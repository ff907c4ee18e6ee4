/** Plans a stack as `npx cdktf plan` does, to read the plan: takes no lock, writes no state, and leaves no plan file. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Terminal } from "../../cli/command";
import { type PlanResult, Terraform } from "../../terraform/terraform";
import { planVariables } from "./webhook-password";

/**
 * An apply may run at the same time, and the plan role may not write: so there is no lock.
 *
 * @param command the name of the command that plans. Its plan file has its own name, so that a saved plan stays
 * @param folder the synthesized stack
 * @param waitingFor called with each step of Terraform
 * @throws TerraformFailed
 */
export async function planToRead(
  command: string,
  folder: string,
  terminal: Terminal,
  waitingFor: (what: string) => void,
): Promise<PlanResult> {
  const planFile = `relay-${command}.plan`;
  const env = { ...terminal.env, ...planVariables(folder) };
  const terraform = new Terraform({ folder, env, signal: terminal.stop, planFile, waitingFor });
  try {
    await terraform.init("-reconfigure");
    return await terraform.plan("-lock=false");
  } finally {
    rmSync(join(folder, planFile), { force: true });
  }
}
