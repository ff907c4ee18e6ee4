/** Runs one process until it ends. */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { systemCode } from "../contract/file-fault";

export interface Ended {
  /** The exit code; 130 if a signal ended the process. */
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

/** Whether a process runs, of this user or another. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) === "EPERM";
  }
}

/** Never kills it on Ctrl-C: the terminal signals it too, and Terraform must end by itself to release its lock. */
export function runProcess(
  command: string,
  args: readonly string[],
  options: {
    readonly cwd: string;
    readonly env: NodeJS.ProcessEnv;
    /** Called with each line of standard output as it is written. */
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
