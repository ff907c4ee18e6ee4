/** Runs steps in order, and reports the time of each. */
import { Audit } from "./audit";
import type { World } from "./world";

export interface Step {
  readonly title: string;
  readonly run: (world: World) => Promise<void>;
}

export interface RehearsalOptions {
  /** Gets a line for each step. */
  readonly tell: (line: string) => void;
  /** Name of the second environment. */
  readonly other: string;
  /** Whether all steps run, so that never-called actions are known. */
  readonly whole: boolean;
}

/** @throws at the first step that fails, or that makes a call that a policy would refuse in production */
export async function rehearse(world: World, steps: readonly Step[], options: RehearsalOptions): Promise<void> {
  const { tell, other, whole } = options;
  const audit = new Audit(world, other);
  const began = Date.now();
  for (const { title, run } of steps) {
    const start = Date.now();
    try {
      await run(world);
      await audit.step();
    } catch (error) {
      tell(`${seconds(start)}  FAILED  ${title}`);
      throw error;
    }
    tell(`${seconds(start)}  ${title}`);
  }
  tell(`${seconds(began)}  in all`);
  for (const line of audit.summary()) tell(line);
  if (whole) audit.checkNeverCalled();
}

function seconds(since: number): string {
  return `${((Date.now() - since) / 1000).toFixed(1).padStart(7)} s`;
}
