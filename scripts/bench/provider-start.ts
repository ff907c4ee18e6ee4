/**
 * Measures how long the built provider takes from process start to its handshake line, as Terraform starts it: with its
 * certificate, and with the variables of this shell. Terraform starts a provider three times a plan.
 *
 *   npx tsx scripts/bench/provider-start.ts [runs] [--json]
 */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { providerDist } from "../../src/deploy/build/provider-dist";
import { createCertificate } from "../../src/provider/protocol/transport/certificate";

export interface StartTimes {
  readonly runs: number;
  /** Milliseconds. */
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** Starts the provider so many times, one after another. */
export async function measureProviderStart(program: string, runs: number): Promise<StartTimes> {
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) times.push(await startOnce(program));
  times.sort((a, b) => a - b);
  const round = (value: number | undefined) => Math.round((value ?? Number.NaN) * 10) / 10;
  return { runs, median: round(times[Math.floor(runs / 2)]), min: round(times[0]), max: round(times[runs - 1]) };
}

function startOnce(program: string): Promise<number> {
  const { certificate } = createCertificate();
  return new Promise((done, fail) => {
    const begun = process.hrtime.bigint();
    const child = spawn(program, [], {
      stdio: ["ignore", "pipe", "ignore"],
      env: {
        ...process.env,
        TF_PLUGIN_MAGIC_COOKIE: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
        PLUGIN_PROTOCOL_VERSIONS: "5,6",
        PLUGIN_CLIENT_CERT: certificate,
      },
    });
    child.once("error", fail);
    child.stdout.once("data", () => {
      const time = Number(process.hrtime.bigint() - begun) / 1e6;
      child.once("exit", () => done(time));
      child.kill("SIGTERM");
    });
  });
}

async function main(): Promise<void> {
  const dist = providerDist(resolve(__dirname, "..", ".."));
  const program = join(
    dist.folder,
    `${process.platform}_${process.arch === "x64" ? "amd64" : process.arch}`,
    dist.fileName,
  );
  if (!existsSync(program)) throw new Error(`${program} is not there. Build it first: npm run build`);
  const times = await measureProviderStart(program, Number(process.argv[2] ?? 21) || 21);
  const text = `provider start to handshake: median ${times.median} ms (min ${times.min}, max ${times.max}, ${times.runs} runs)`;
  process.stdout.write(`${process.argv.includes("--json") ? JSON.stringify(times) : text}\n`);
}

if (require.main === module) {
  main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}
