/** Plans of newer engines (making/engine-plans.ts). A file is named after the engine and its version. */
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";

const folder = resolve(__dirname, "../engines");
const Line = z.object({ name: z.string(), plan: z.unknown() });

export interface EnginePlan {
  readonly engine: string;
  readonly name: string;
  /** The engine's output, normalised. */
  readonly plan: unknown;
}

export function enginePlans(): readonly EnginePlan[] {
  return readdirSync(folder).flatMap((file) =>
    readFileSync(join(folder, file), "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => ({ engine: file.replace(/\.jsonl$/, ""), ...Line.parse(JSON.parse(line)) })),
  );
}
