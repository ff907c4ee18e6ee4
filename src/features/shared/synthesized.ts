/** Has one stack synthesized as `npx cdktf` does, into a folder of its own, for commands that only look at it. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { environmentsFolder } from "../../contract/locations";
import { environmentNames } from "../../environment";
import { onlyStacks, synthesizeToRead } from "../../terraform/synthesize";
import { synthesizedStacks } from "./synthesized-stacks";

/**
 * The synthesized JSON of a stack.
 *
 * @throws SynthFailed with what the app says when it refuses; CommandError when there is no such stack
 */
export async function synthesized(stack: string, env: NodeJS.ProcessEnv): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), "relay-synth-"));
  try {
    await synthesizeToRead(folder, onlyStacks(env, [stack], environmentNames(environmentsFolder(env))));
    synthesizedStacks(folder, [stack]);
    return JSON.parse(readFileSync(join(folder, "stacks", stack, "cdk.tf.json"), "utf8"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
