/** `relay review` of real plans of growing size, compared with `terraform show -json` of the same plan and tf-summarize, if installed. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { ENGINE } from "../../test/support/engine";
import { terraformData } from "./provider";
import { type Row, spread } from "./rows";
import { inTurns, timed } from "./timed";

const root = resolve(__dirname, "../..");
const GROUP = "Reviewing a plan";
const PEER = "tf-summarize";

export async function reviewRows(runs: number, sizes: readonly number[]): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const size of sizes) rows.push(...(await ofSize(runs, size)));
  return rows;
}

async function ofSize(runs: number, size: number): Promise<readonly Row[]> {
  const cwd = mkdtempSync(join(tmpdir(), "bench-"));
  try {
    writeFileSync(join(cwd, "main.tf"), terraformData(size));
    const env = { ...process.env, TF_CLI_CONFIG_FILE: "/dev/null", CHECKPOINT_DISABLE: "1" };
    const engine = (...args: readonly string[]) =>
      execFileSync(ENGINE, [...args], {
        cwd,
        env,
        maxBuffer: 1 << 30,
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
      });
    engine("init", "-input=false");
    engine("plan", "-input=false", "-out=plan");
    writeFileSync(join(cwd, "plan.json"), engine("show", "-json", "plan"));
    const relay = join(root, "bin/relay.mjs");
    const [ours, show, peer] = [
      `${size} changes, relay review`,
      `${size} changes, ${ENGINE} show -json`,
      `${size} changes, ${PEER}`,
    ];
    const results = await inTurns(runs, {
      [ours]: () => timed({ command: process.execPath, args: [relay, "review", "plan.json"], cwd, env }),
      [show]: () => timed({ command: ENGINE, args: ["show", "-json", "plan"], cwd, env }),
      ...(isThere(PEER) ? { [peer]: () => timed({ command: PEER, args: ["plan.json"], cwd, env }) } : {}),
    });
    const own = results[ours] ?? [];
    const cpu = own.map((times) => times.cpu);
    return [
      ...Object.entries(results).map(
        ([what, times]): Row => ({
          ...{ group: GROUP, what, unit: "ms", samples: times.map(({ wall }) => wall) },
          ...(what === ours ? { against: show } : {}),
        }),
      ),
      {
        ...{ group: GROUP, what: `${size} changes, CPU`, unit: "CPU s", samples: cpu },
        ...(size === 5000 ? { goal: { words: "5,000 changes in 3 CPU seconds", met: spread(cpu).median <= 3 } } : {}),
        bound: "checking the plan's shape, and the JSON itself",
      },
      { group: GROUP, what: `${size} changes, memory`, unit: "MB", samples: own.map(({ memory }) => memory) },
    ];
  } finally {
    rmSync(cwd, { recursive: true });
  }
}

function isThere(command: string): boolean {
  try {
    execFileSync(command, ["-v"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
