/** Lists the synthesized stacks, and selects the requested ones. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { CommandError } from "../../cli/command";
import { didYouMean } from "../../contract/nearest";

/** What cdktf writes beside the stacks. The folder of a removed stack may still be there. */
const Manifest = z.object({ stacks: z.record(z.string(), z.object({ workingDirectory: z.string() })) });

export interface SynthesizedStack {
  /** Its name: an environment's, or a foundation's. */
  readonly stack: string;
  /** Its folder, relative to the one that holds all. */
  readonly workingDirectory: string;
}

/**
 * @param outdir where the stacks were synthesized
 * @param names the stacks that are wanted; all of them when there is none
 * @param otherwise what else a name could have been, such as `no file of that name`
 * @throws CommandError for a name that no stack has, with the nearest one
 */
export function synthesizedStacks(
  outdir: string,
  names: readonly string[],
  otherwise?: string,
): readonly SynthesizedStack[] {
  const { stacks } = Manifest.parse(JSON.parse(readFileSync(join(outdir, "manifest.json"), "utf8")));
  const all = Object.entries(stacks)
    .map(([stack, { workingDirectory }]) => ({ stack, workingDirectory }))
    .sort((a, b) => a.stack.localeCompare(b.stack));
  const known = all.map(({ stack }) => stack);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    const nothingElse = otherwise === undefined ? "" : `, and ${otherwise}`;
    throw new CommandError(
      `there is no stack "${unknown.join('", "')}"${nothingElse}; there are: ${known.join(", ")}.${didYouMean(unknown[0] ?? "", known)}`,
    );
  }
  return names.length === 0 ? all : all.filter(({ stack }) => names.includes(stack));
}
