/** Synthesizes the stacks in a separate process, like `npx cdktf`. */
import { join } from "node:path";
import { packageRoot, projectRoot } from "../contract/locations";
import { terraformEnvironment } from "./engine";
import { runProcess } from "./process";

/** The app refused. The message is its own, with file, path and remedy. */
export class SynthFailed extends Error {
  override readonly name = "SynthFailed";
}

/**
 * Limits `synthesize` and `synthesizeToRead` to these stacks, so that files of other environments are not read.
 *
 * @param names of environments; if empty, or if a name has no file, every stack is synthesized
 * @param known names of the environments with a file
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
 * Synthesizes every stack to `<outdir>/stacks`.
 *
 * @param project the folder with `stacks/main.ts`. @default the project of the working folder
 * @throws SynthFailed
 */
export async function synthesize(outdir: string, env: NodeJS.ProcessEnv, project = projectRoot()): Promise<void> {
  await runApp(outdir, await terraformEnvironment(env), project);
}

/**
 * Synthesizes the stacks only to read them: without Terraform, and so without the checks that cdktf does with it.
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
