/** `relay ci apply`: applies the saved plan that was reviewed, and no other. */
import { CommandError, type Terminal } from "../../cli/command";
import { PlanSchema } from "../../terraform/plan";
import { Terraform, TerraformFailed } from "../../terraform/terraform";
import { applyVariables } from "../shared/webhook-password";
import { handsOverPassword } from "./outcome";
import { synthesizedFolder } from "./save-plan";
import { PLAN_FILE, restorePlan } from "./saved-plan";

/** What Terraform prints when a plan is older than the state. */
const STALE = "Saved plan is stale";

/**
 * @param planned the folder that `relay ci plan` handed over
 * @throws CommandError when the plan is older than the state, or a needed password is missing; then nothing was changed
 */
export async function applyEnvironment(environment: string, planned: string, terminal: Terminal): Promise<void> {
  // Only to put the provider next to the stack. The configuration comes with the plan.
  await applyStack(await synthesizedFolder(environment, terminal), environment, planned, terminal);
}

/** The same for a stack that is already synthesized. */
export async function applyStack(
  folder: string,
  environment: string,
  planned: string,
  terminal: Terminal,
): Promise<void> {
  restorePlan(planned, folder);
  const reader = new Terraform({ folder, env: terminal.env, signal: terminal.stop, planFile: PLAN_FILE });
  await reader.init();
  // Read from the plan file, not from the JSON next to it: that file is what is applied.
  const plan = PlanSchema.parse(JSON.parse(await reader.show("-json")));
  const variables = applyVariables(folder, environment, handsOverPassword(plan), terminal.env);
  const env = { ...terminal.env, ...variables };
  const terraform = new Terraform({ folder, env, signal: terminal.stop, planFile: PLAN_FILE });
  try {
    await terraform.apply((message) => terminal.out(`${message}\n`));
  } catch (error) {
    if (error instanceof TerraformFailed && error.message.includes(STALE))
      throw new CommandError(staleWords(environment));
    throw error;
  }
}

function staleWords(environment: string): string {
  return (
    `the state of ${environment} changed after this plan was made, by another apply or a Terraform command. Terraform refused ` +
    "the plan and changed nothing. Run the whole pipeline again: it makes a new plan, for a new review and approval."
  );
}
