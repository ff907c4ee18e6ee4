/** Runs commands as a user would and measures them from outside. */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface CommandRun {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Allowed exit codes. @default only 0 */
  readonly codes?: readonly number[];
}

export interface Times {
  /** Milliseconds from start to end. */
  readonly wall: number;
  /** CPU seconds of the Node.js processes that it started. */
  readonly cpu: number;
  /** Megabytes: the maximum of one of these processes. */
  readonly memory: number;
}

/** @throws Error with the command's output if it ends with another exit code */
export async function timed({ command, args, cwd, env = process.env, codes = [0] }: CommandRun): Promise<Times> {
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  const usage = join(folder, "usage");
  const begun = performance.now();
  const child = spawn(command, [...args], {
    cwd,
    env: { ...env, NODE_OPTIONS: `--require ${join(__dirname, "usage.cjs")}`, BENCH_USAGE: usage },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (part: Buffer) => {
    said = (said + part.toString("utf8")).slice(-2000);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  const wall = performance.now() - begun;
  const lines = linesOf(usage).map((line) => line.split(" ").map(Number));
  rmSync(folder, { recursive: true });
  if (code === null || !codes.includes(code))
    throw new Error(`${[command, ...args].join(" ")} ended with ${code}: ${said}`);
  const cpu = lines.reduce((sum, [seconds = 0]) => sum + seconds, 0);
  return { wall, cpu, memory: Math.max(0, ...lines.map(([, megabytes = 0]) => megabytes)) };
}

function linesOf(file: string): readonly string[] {
  try {
    return readFileSync(file, "utf8").split("\n").filter(Boolean);
  } catch {
    return [];
  }
}

/** Runs them alternately, several times, so that a temporary load on the machine affects all of them. */
export async function inTurns<T>(
  runs: number,
  contenders: Readonly<Record<string, (() => Promise<T>) | undefined>>,
): Promise<Readonly<Record<string, readonly T[]>>> {
  const results: Record<string, T[]> = {};
  for (let run = 0; run < runs; run += 1) {
    for (const [name, measure] of Object.entries(contenders)) {
      if (measure === undefined) continue;
      results[name] ??= [];
      results[name].push(await measure());
    }
  }
  return results;
}
