/** One process to its end. */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

export interface Ended {
  /** The exit code; 130 for a process that a signal ended. */
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

/** It is never killed on Ctrl-C: the terminal tells it too, and Terraform must end by itself or it keeps its lock. */
export function runProcess(
  command: string,
  args: readonly string[],
  options: {
    readonly cwd: string;
    readonly env: NodeJS.ProcessEnv;
    /** Told each line of standard output as it is written. */
    readonly onLine?: (line: string) => void;
  },
): Promise<Ended> {
  const { cwd, env, onLine } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    if (onLine !== undefined) createInterface(child.stdout).on("line", onLine);
    const output: Buffer[] = [];
    const errors: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => errors.push(chunk));
    child.on("error", reject);
    child.on("close", (code) =>
      resolve({ code: code ?? 130, output: `${Buffer.concat(output)}`, errors: `${Buffer.concat(errors)}` }),
    );
  });
}
