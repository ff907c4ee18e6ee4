/** Has the stacks synthesized as `npx cdktf` does: in a process of its own. */
import { join } from "node:path";
import { packageRoot, projectRoot } from "../contract/locations";
import { runProcess } from "./process";

/** The app refused: its own words, which name file, path and remedy. */
export class SynthFailed extends Error {
  override readonly name = "SynthFailed";
}

/**
 * Every stack, below `<outdir>/stacks`.
 *
 * @param project the folder with `stacks/main.ts`. @default the project of the working folder
 * @throws SynthFailed
 */
export async function synthesize(outdir: string, env: NodeJS.ProcessEnv, project = projectRoot()): Promise<void> {
  const typescript = join(packageRoot(), "bin/typescript.cjs");
  const { code, output, errors } = await runProcess(process.execPath, ["-r", typescript, "stacks/main.ts"], {
    cwd: project,
    env: { ...env, CDKTF_OUTDIR: outdir },
  });
  if (code === 0) return;
  const said = (errors || output).trim();
  // cdktf asks Terraform for its version, and tells of a missing one with a stack trace.
  if (/Could not determine version of terraform/i.test(said)) {
    throw new SynthFailed(
      `\`${env.TERRAFORM_BINARY_NAME || "terraform"}\` cannot be started. Install Terraform 1.11 or later from ` +
        "https://developer.hashicorp.com/terraform/install, and see that it is on the PATH.",
    );
  }
  throw new SynthFailed(said || "the stacks cannot be synthesized.");
}
