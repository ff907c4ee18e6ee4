/**
 * `npm run bench`: prints the measures that the project holds itself to, on this machine. Nothing here passes or fails: tests assert no times, and
 * a figure depends on the machine. `-- --json` for scripts.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { bundleFunctions } from "../src/deploy/build/bundle-functions";
import { providerDist } from "../src/deploy/build/provider-dist";
import { CONTENDERS, measureAcknowledge } from "./bench/acknowledge";
import { measureProviderStart } from "./bench/provider-start";

interface Measure {
  readonly what: string;
  readonly measured: string;
  readonly goal: string;
}

const root = resolve(__dirname, "..");

async function main(): Promise<void> {
  const measures: Measure[] = [];
  const add = (what: string, measured: string, goal: string) => {
    measures.push({ what, measured, goal });
    process.stderr.write(`${what} … ${measured}\n`);
  };
  const dist = providerDist(root);
  const platform = `${process.platform}_${process.arch === "x64" ? "amd64" : process.arch}`;
  const start = await measureProviderStart(join(dist.folder, platform, dist.fileName), 21);
  add("provider, start to handshake", `${start.median} ms (${start.min} to ${start.max})`, "under 100 ms");
  add("synth of every environment, with the start of tsx", `${synthesize()} ms`, "synth itself under 1 s");
  for (const { name, zippedBytes } of await bundles()) {
    add(`${name} function, zipped`, `${(zippedBytes / 1024).toFixed(1)} KB`, name === "ingest" ? "under 60 KB" : "");
  }
  const quiet = await measureAcknowledge(2000, 1);
  add("acknowledge, one connection", `median ${quiet.median} ms, p99 ${quiet.p99} ms`, "p99 under 15 ms");
  const rates = new Map<string, number>();
  for (const contender of CONTENDERS) {
    const busy = await measureAcknowledge(contender === "one-commit-a-request" ? 4_000 : 20_000, 32, contender);
    rates.set(contender, busy.rate);
    const measured = `median ${busy.median} ms, p99 ${busy.p99} ms, ${busy.rate} a second`;
    add(`acknowledge, 32 connections, ${contender}`, measured, "");
  }
  const times = (rates.get("relay") ?? Number.NaN) / (rates.get("one-commit-a-request") ?? Number.NaN);
  add("relay against one commit a request", `${times.toFixed(1)} times`, "5 times");
  if (process.argv.includes("--json")) process.stdout.write(`${JSON.stringify(measures, undefined, 2)}\n`);
  else
    for (const { what, measured, goal } of measures)
      process.stdout.write(`${what.padEnd(52)}${measured.padEnd(46)}${goal}\n`);
}

/** Milliseconds of the third of three runs, when files are warm. */
function synthesize(): number {
  const outdir = mkdtempSync(join(tmpdir(), "bench-"));
  let milliseconds = 0;
  for (let run = 0; run < 3; run += 1) {
    const begun = performance.now();
    const tsx = join(root, "node_modules/tsx/dist/cli.mjs");
    const { status, stderr } = spawnSync(process.execPath, [tsx, "stacks/main.ts"], {
      cwd: root,
      encoding: "utf8",
      env: { ...process.env, CDKTF_OUTDIR: outdir },
    });
    if (status !== 0) throw new Error(stderr);
    milliseconds = Math.round(performance.now() - begun);
  }
  rmSync(outdir, { recursive: true });
  return milliseconds;
}

async function bundles() {
  const out = mkdtempSync(join(tmpdir(), "bench-"));
  try {
    return await bundleFunctions(root, out);
  } finally {
    rmSync(out, { recursive: true });
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
