/**
 * Handles a state on this machine that is in another folder than at the last `terraform init`, because RELAY_HOME changed.
 * Terraform would stop with `Backend configuration changed`.
 */
import { rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { z } from "zod";
import { readJson } from "../contract/read-file";

/** The new folder has no state. Continuing would create everything a second time. */
export class StateMoved extends Error {
  override readonly name = "StateMoved";
}

/** Terraform's record of its last init: `.terraform/terraform.tfstate`, which contains no state. */
const Remembered = z.object({
  backend: z.object({ type: z.literal("local"), config: z.object({ path: z.string() }) }),
});
const Synthesized = z.object({
  terraform: z.object({ backend: z.object({ local: z.object({ path: z.string() }) }) }),
});
const Providers = z.object({ provider: z.object({ gladly: z.array(z.object({ url: z.string() })) }) });
const State = z.object({ resources: z.array(z.unknown()) });

/**
 * Deletes Terraform's record of the old location if that is safe: the new folder has a state, the old one has none, or the
 * Gladly is a sandbox, whose data moves with the folder.
 *
 * @param folder the stack's: `<outdir>/stacks/<stack>`
 * @param now the state's file. @default what the synthesized stack says
 * @returns a sentence for the user if it did so
 * @throws StateMoved
 */
export function followMovedState(folder: string, env: NodeJS.ProcessEnv, now?: string): string | undefined {
  const memory = resolve(folder, env.TF_DATA_DIR || ".terraform", "terraform.tfstate");
  const remembered = readJson(memory, Remembered)?.backend.config.path;
  const stack = join(folder, "cdk.tf.json");
  const path = now ?? readJson(stack, Synthesized)?.terraform.backend.local.path;
  if (remembered === undefined || path === undefined) return undefined;
  const before = resolve(folder, remembered);
  const after = resolve(folder, path);
  if (before === after) return undefined;
  const gladly = readJson(stack, Providers)?.provider.gladly[0]?.url ?? "";
  if (holdsResources(before) && !holdsResources(after) && !gladly.startsWith("http://127.0.0.1:")) {
    throw new StateMoved(
      `The state is ${before}, and RELAY_HOME now names ${dirname(after)}, which has none: everything would be created a ` +
        `second time.\n  Set RELAY_HOME as it was, or move the files of ${dirname(before)} to ${dirname(after)}. To begin ` +
        `with an empty state instead, delete ${memory}.`,
    );
  }
  rmSync(memory);
  return `The state is now ${after}, because RELAY_HOME changed. It was ${before}.`;
}

function holdsResources(state: string): boolean {
  return (readJson(state, State)?.resources.length ?? 0) > 0;
}
