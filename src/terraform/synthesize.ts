/** Has the stacks synthesized as `npx cdktf` does: in a process of its own. */
import { join } from "node:path";
import { packageRoot, projectRoot } from "../contract/locations";
import { terraformEnvironment } from "./engine";
import { runProcess } from "./process";

/** The app refused: its own words, which name file, path and remedy. */
export class SynthFailed extends Error {
  override readonly name = "SynthFailed";
}

/**
 * For `synthesize` and `synthesizeToRead`: only these stacks, so that no file of another environment is read.
 *
 * @param names of environments; with none, or with a name that has no file, every stack is synthesized
 * @param known names of the environments that have a file
 */
export function onlyStacks(
  env: NodeJS.ProcessEnv,
  names: readonly string[],
  known: readonly string[],
): NodeJS.ProcessEnv {
  const all = names.length === 0 || !names.every((name) => known.includes(name));
  return all ? env : { ...env, RELAY_STACKS: names.join(",") };
}

/**
 * Every stack, below `<outdir>/stacks`.
 *
 * @param project the folder with `stacks/main.ts`. @default the project of the working folder
 * @throws SynthFailed
 */
export async function synthesize(outdir: string, env: NodeJS.ProcessEnv, project = projectRoot()): Promise<void> {
  await runApp(outdir, await terraformEnvironment(env), project);
}

/**
 * The stacks, only to look at: no Terraform is needed or downloaded, and what cdktf checks with it is not checked.
 *
 * @throws SynthFailed
 */
export async function synthesizeToRead(outdir: string, env: NodeJS.ProcessEnv): Promise<void> {
  await runApp(outdir, { ...env, RELAY_SYNTH_TO_READ: "1" }, projectRoot());
}

async function runApp(outdir: string, env: NodeJS.ProcessEnv, project: string): Promise<void> {
  const typescript = join(packageRoot(), "bin/typescript.cjs");
  const { code, output, errors } = await runProcess(process.execPath, ["-r", typescript, "stacks/main.ts"], {
    cwd: project,
    env: { ...env, CDKTF_OUTDIR: outdir },
  });
  if (code === 0) return;
  const said = (errors || output).trim();
  throw new SynthFailed(said || "the stacks cannot be synthesized.");
}
