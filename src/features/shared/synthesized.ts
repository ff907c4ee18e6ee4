/** Synthesizes one stack like `npx cdktf`, into a temporary folder, for commands that only read it. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { environmentsFolder, stackFolder } from "../../contract/locations";
import { environmentNames } from "../../environment";
import { onlyStacks, synthesizeToRead } from "../../terraform/synthesize";
import { synthesizedStacks } from "./synthesized-stacks";

/**
 * The synthesized JSON of a stack.
 *
 * @throws SynthFailed with the app's message if it refuses; CommandError if there is no such stack
 */
export async function synthesized(stack: string, env: NodeJS.ProcessEnv): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), "relay-synth-"));
  try {
    await synthesizeToRead(folder, onlyStacks(env, [stack], environmentNames(environmentsFolder(env))));
    synthesizedStacks(folder, [stack]);
    return JSON.parse(readFileSync(join(stackFolder(folder, stack), "cdk.tf.json"), "utf8"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
