/** Checks of the steps, whose errors show what was found. */
import type { Ended } from "../support/run";
import type { Caller } from "./access-keys";
import type { World } from "./world";

export function check(holds: boolean, what: string, seen: unknown = ""): void {
  if (holds) return;
  const text = typeof seen === "string" ? seen : JSON.stringify(seen, undefined, 2);
  throw new Error(`${what}\n${text}`);
}

export const said = ({ out, err }: Ended) => `${out}\n${err}`;

export function checkDone(ended: Ended, what: string): void {
  // Terraform prints a line for each resource before the error.
  check(ended.code === 0, `${what}: exit code ${ended.code}`, said(ended).trim().split("\n").slice(-60).join("\n"));
}

/** Checks that the next plan has no changes. */
export async function checkNoChanges(world: World, stack: string, as: Caller = "plan"): Promise<void> {
  const planned = await world.cdktf(["plan", stack], { as });
  checkDone(planned, `cdktf plan ${stack}`);
  check(said(planned).includes("No changes."), `the plan of ${stack} has changes`, said(planned));
}

export async function apply(world: World, stack: string, env: NodeJS.ProcessEnv = {}, as: Caller = "apply") {
  const applied = await world.cdktf(["apply", stack, "--auto-approve"], { as, env });
  checkDone(applied, `cdktf apply ${stack}`);
  await world.deployed.feed();
  return applied;
}
