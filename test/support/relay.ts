/** Runs a `relay` command in this process. */
import { main } from "../../src/commands";
import type { Ended } from "./run";
import { rememberingTerminal } from "./terminal";

export async function runRelay(args: readonly string[], env?: NodeJS.ProcessEnv): Promise<Ended> {
  const terminal = rememberingTerminal(env);
  const code = await main(args, terminal);
  return { code, ...terminal.printed };
}
