/**
 * Measures commands as people type them. Those that run Terraform are compared with Terraform's own share: the same `init` and
 * `plan`, called directly in the synthesized stack's folder.
 */
import { execFileSync } from "node:child_process";
import { join, resolve } from "node:path";
import { ENGINE } from "../../test/support/engine";
import { Running } from "../../test/support/run";
import { scratchProject } from "../../test/support/scratch";
import { type Row, spread } from "./rows";
import { inTurns, timed } from "./timed";

const root = resolve(__dirname, "../..");
const QUICK = "Commands that ask nobody";
const DAILY = "Everyday commands, on an applied sandbox";
const BARE = "node -e 0";
const TERRAFORM = "terraform init and plan alone";

/** `relay --help`, `explain` and `pause`, compared with Node.js alone. */
export async function quickRows(runs: number): Promise<readonly Row[]> {
  const { scratch, end } = await appliedSandbox();
  try {
    const relay = (...args: readonly string[]) => commandIn(scratch.folder, scratch.env, ["bin/relay.mjs", ...args]);
    const limits: Readonly<Record<string, number>> = { "relay --help": 3, "relay explain": 5, "relay pause": 5 };
    const quick = await inTurns(runs, {
      [BARE]: commandIn(scratch.folder, scratch.env, ["-e", "0"]),
      "relay --help": relay("--help"),
      "relay explain": relay("explain"),
      "relay pause": relay("pause"),
    });
    await relay("resume")();
    const bare = spread(quick[BARE] ?? []).median;
    const daily = await inTurns(Math.ceil(runs / 3), {
      [TERRAFORM]: async () => {
        const folder = join(scratch.folder, "cdktf.out/stacks/sandbox");
        const terraform = (...args: readonly string[]) =>
          timed({ command: ENGINE, args, cwd: folder, env: { ...scratch.env, TF_CLI_CONFIG_FILE: "/dev/null" } });
        return (await terraform("init", "-input=false")).wall + (await terraform("plan", "-input=false")).wall;
      },
      "relay drift sandbox": relay("drift", "sandbox"),
      "relay review": relay("review"),
      "relay readiness sandbox": commandIn(
        scratch.folder,
        scratch.env,
        ["bin/relay.mjs", "readiness", "sandbox"],
        [0, 1, 2],
      ),
      "cdktf plan sandbox": commandIn(scratch.folder, scratch.env, ["bin/cdktf.mjs", "plan", "sandbox"]),
    });
    return [
      ...Object.entries(quick).map(([what, samples]): Row => {
        const most = limits[what];
        return {
          ...{ group: QUICK, what, unit: "ms", samples },
          ...(most === undefined
            ? {}
            : { against: BARE, goal: { words: `under ${most} times`, met: spread(samples).median < most * bare } }),
        };
      }),
      ...Object.entries(daily).map(
        ([what, samples]): Row => ({
          ...{ group: DAILY, what, unit: "ms", samples },
          ...(what === TERRAFORM ? {} : { against: TERRAFORM }),
          bound: BOUNDS[what] ?? "",
        }),
      ),
    ];
  } finally {
    await end();
  }
}

const BOUNDS: Readonly<Record<string, string>> = {
  [TERRAFORM]: "Terraform, which starts the provider three times",
  "relay drift sandbox": "Terraform, and one synth",
  "relay review": "Terraform, and one synth",
  "relay readiness sandbox": "Gladly's and Stella's answers",
  "cdktf plan sandbox": "Terraform, one synth, and cdktf-cli's own start",
};

/** The tour, with files in the cache. */
export async function tourRows(runs: number): Promise<readonly Row[]> {
  const tour = () => timed({ command: process.execPath, args: ["scripts/start.mjs"], cwd: root });
  await tour();
  const { start = [] } = await inTurns(runs, { start: tour });
  return [
    {
      ...{ group: DAILY, what: "npm start, files warm", unit: "ms", samples: start.map(({ wall }) => wall) },
      bound: "eleven runs of Terraform, and waits for surveys",
    },
  ];
}

const commandIn =
  (cwd: string, env: NodeJS.ProcessEnv, args: readonly string[], codes: readonly number[] = [0]) =>
  async () =>
    (await timed({ command: process.execPath, args, cwd, env, codes })).wall;

/** A separate checkout with a running sandbox and relay, applied once. */
async function appliedSandbox() {
  const scratch = scratchProject("built");
  const servers: Running[] = [];
  const start = async (...args: readonly string[]) => {
    const server = new Running(process.execPath, ["bin/relay.mjs", ...args], { cwd: scratch.folder, env: scratch.env });
    servers.push(server);
    await server.says("http://127.0.0.1:");
  };
  await start("sandbox", "--port", "0");
  await start("serve", "sandbox", "--port", "0");
  execFileSync(process.execPath, ["bin/cdktf.mjs", "apply", "sandbox", "--auto-approve"], {
    ...{ cwd: scratch.folder, env: scratch.env, stdio: "ignore" },
  });
  const end = async () => {
    for (const server of servers) server.kill();
    for (const server of servers) await server.leavesNothing();
    scratch.remove();
  };
  return { scratch, end };
}
