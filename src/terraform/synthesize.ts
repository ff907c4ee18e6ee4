/** Has the stacks synthesized as `npx cdktf` does: by tsx, in a process of its own. */
import { join } from "node:path";
import { runProcess } from "./process";

/** The app refused: its own words, which name file, path and remedy. */
export class SynthFailed extends Error {
  override readonly name = "SynthFailed";
}

/**
 * Every stack, below `<outdir>/stacks`.
 *
 * @throws SynthFailed
 */
export async function synthesize(project: string, outdir: string, env: NodeJS.ProcessEnv): Promise<void> {
  const tsx = join(project, "node_modules/tsx/dist/cli.mjs");
  const { code, output, errors } = await runProcess(process.execPath, [tsx, "stacks/main.ts"], {
    cwd: project,
    env: { ...env, CDKTF_OUTDIR: outdir },
  });
  if (code !== 0) throw new SynthFailed((errors || output).trim() || "the stacks cannot be synthesized.");
}
