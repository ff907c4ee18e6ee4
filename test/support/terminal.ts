/** A terminal that records its output, to run a `relay` command without a process. */
import type { Terminal } from "../../src/cli/command";

export interface RememberingTerminal extends Terminal {
  readonly printed: { out: string; err: string };
}

export function rememberingTerminal(
  env: NodeJS.ProcessEnv = {},
  stop = new AbortController().signal,
): RememberingTerminal {
  const printed = { out: "", err: "" };
  return {
    printed,
    out: (text) => {
      printed.out += text;
    },
    err: (text) => {
      printed.err += text;
    },
    env,
    stop,
    interactive: false,
    colour: false,
  };
}
