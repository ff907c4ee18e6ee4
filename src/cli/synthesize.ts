/** Has the stacks synthesized as `npx cdktf` does, into a folder of their own, for commands that look at them. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { CommandError } from "./command";

const project = resolve(__dirname, "../..");

/**
 * The synthesized JSON of a stack.
 *
 * @throws CommandError with what the app says when it cannot be synthesized, or when there is no such stack
 */
export function synthesized(stack: string, env: NodeJS.ProcessEnv): unknown {
  const folder = mkdtempSync(join(tmpdir(), "relay-synth-"));
  try {
    const tsx = join(project, "node_modules/tsx/dist/cli.mjs");
    const result = spawnSync(process.execPath, [tsx, "stacks/main.ts"], {
      cwd: project,
      encoding: "utf8",
      env: { ...env, CDKTF_OUTDIR: folder },
    });
    if (result.status !== 0) throw new CommandError(result.stderr.trim() || "the stacks cannot be synthesized.");
    return JSON.parse(readStack(folder, stack));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readStack(folder: string, stack: string): string {
  try {
    return readFileSync(join(folder, "stacks", stack, "cdk.tf.json"), "utf8");
  } catch {
    throw new CommandError(`there is no stack "${stack}". \`npx cdktf list\` lists them.`);
  }
}
