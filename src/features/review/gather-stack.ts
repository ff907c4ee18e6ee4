/** Plans a stack as `npx cdktf plan` does, from the work tree. Takes no lock and writes no state. */
import type { Terminal } from "../../cli/command";
import { withProgress } from "../../cli/progress";
import { environmentsFolder, outputFolder, stackFolder } from "../../contract/locations";
import { environmentNames } from "../../environment";
import { onlyStacks, synthesize } from "../../terraform/synthesize";
import { planToRead } from "../shared/plan-to-read";
import { synthesizedStacks } from "../shared/synthesized-stacks";
import type { ReviewInput } from "./judge";

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
      const { plan } = await planToRead("review", stackFolder(outdir, name), terminal, waitingFor);
      inputs.push({ name, plan });
    }
    return inputs;
  });
}
