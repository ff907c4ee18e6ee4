/** Reads every stack that was asked for, one after the other, and makes one report. */
import { join, relative } from "node:path";
import type { Terminal } from "../../cli/command";
import { withProgress } from "../../cli/progress";
import { environmentsFolder, outputFolder, projectRoot } from "../../contract/locations";
import { environmentNames, loadEnvironments } from "../../environment";
import { count, type Report } from "../../report/report";
import { onlyStacks, synthesize } from "../../terraform/synthesize";
import { synthesizedStacks } from "../shared/synthesized-stacks";
import { lookAtStack, type StackTarget } from "./gather-stack";
import { driftReport } from "./judge";
import type { StackLook } from "./observation";
import { onlyOne } from "./single-run";

/**
 * @param names of stacks: environments and foundations. If empty, all of them
 * @throws CommandError, SynthFailed or EnvironmentFaults when nothing could be read; an error of one stack is in the
 * report
 */
export async function lookForDrift(names: readonly string[], terminal: Terminal): Promise<Report> {
  const folder = environmentsFolder(terminal.env);
  const files = environmentNames(folder);
  // Drift of one environment is reported even if the file of another one is invalid.
  const environments = loadEnvironments(
    folder,
    names.length > 0 && names.every((name) => files.includes(name)) ? names : undefined,
  );
  // As `npx cdktf` has it: state on this machine is named relative to a stack's folder.
  const outdir = outputFolder(terminal.env);
  return onlyOne(outdir, () =>
    withProgress(terminal, "checking for drift", async (progress) => {
      await synthesize(outdir, onlyStacks(terminal.env, names, files));
      const stacks = synthesizedStacks(outdir, names);
      const looks: StackLook[] = [];
      // One after the other: a shared folder of plugins takes one `terraform init` at a time.
      for (const [index, { stack, workingDirectory }] of stacks.entries()) {
        const now = `${index + 1} of ${count(stacks.length, "stack")}: ${stack}`;
        progress.step({ now });
        const target: StackTarget = {
          stack,
          folder: join(outdir, workingDirectory),
          environment: environments.find(({ name }) => name === stack),
          file: relative(projectRoot(), join(folder, `${stack}.ts`)),
        };
        looks.push(await lookAtStack(target, terminal, (what) => progress.step({ now: `${now}, ${what}` })));
      }
      return driftReport(looks, Date.now());
    }),
  );
}
