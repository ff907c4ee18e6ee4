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

/**
 * `relay --help`, `explain` and `pause`, compared with Node.js alone, and the everyday commands, with Terraform alone.
 *
 * @param before the folder of an older version: its commands are measured in turns with those of this one
 */
export async function quickRows(runs: number, before?: string): Promise<readonly Row[]> {
  const now = await appliedSandbox();
  const old =
    before === undefined
      ? undefined
      : await appliedSandbox(before).catch(async (error: unknown) => {
          await now.end();
          throw error;
        });
  try {
    const quick = await inTurns(runs, {
      [BARE]: commandIn(now, ["-e", "0"]),
      ...commandsOf(QUICK_COMMANDS, now, old),
    });
    for (const sandbox of [now, old])
      if (sandbox !== undefined) await commandIn(sandbox, ["bin/relay.mjs", "resume"])();
    const daily = await inTurns(Math.ceil(runs / 3), {
      [TERRAFORM]: terraformAlone(now),
      ...commandsOf(DAILY_COMMANDS, now, old),
    });
    const bare = spread(quick[BARE] ?? []).median;
    return [
      ...Object.entries(quick).map(([what, samples]): Row => {
        const most = QUICK_COMMANDS[what]?.most;
        return {
          ...{ group: QUICK, what, unit: "ms", samples },
          ...(what === BARE ? {} : { against: BARE }),
          ...(most === undefined
            ? {}
            : { goal: { words: `under ${most} times`, met: spread(samples).median < most * bare } }),
        };
      }),
      ...Object.entries(daily).map(([what, samples]): Row => {
        return {
          ...{ group: DAILY, what, unit: "ms", samples },
          ...(what === TERRAFORM ? {} : { against: TERRAFORM }),
          ...halved(samples, daily[`${what}${BEFORE}`] ?? []),
          bound: BOUNDS[what] ?? "",
        };
      }),
    ];
  } finally {
    await now.end();
    await old?.end();
  }
}

const BEFORE = ", before";

interface Measured {
  readonly args: readonly string[];
  readonly codes?: readonly number[];
  /** Times `node -e 0` that it may take. */
  readonly most?: number;
}

const QUICK_COMMANDS: Readonly<Record<string, Measured>> = {
  "relay --help": { args: ["bin/relay.mjs", "--help"], most: 3 },
  // A conversation that the relay does not know: it looks as long as for one that it knows.
  "relay explain": { args: ["bin/relay.mjs", "explain", "unknown"], codes: [0, 1], most: 5 },
  "relay pause": { args: ["bin/relay.mjs", "pause"], most: 5 },
};

const DAILY_COMMANDS: Readonly<Record<string, Measured>> = {
  "relay drift sandbox": { args: ["bin/relay.mjs", "drift", "sandbox"] },
  "relay review sandbox": { args: ["bin/relay.mjs", "review", "sandbox"] },
  "relay readiness sandbox": { args: ["bin/relay.mjs", "readiness", "sandbox"], codes: [0, 1, 2] },
  "cdktf plan sandbox": { args: ["bin/cdktf.mjs", "plan", "sandbox"] },
};

/** Each command, and each of the older version. */
function commandsOf(commands: Readonly<Record<string, Measured>>, now: Sandbox, old: Sandbox | undefined) {
  const entries = Object.entries(commands).flatMap(([name, { args, codes }]) => [
    [name, commandIn(now, args, codes)] as const,
    ...(old === undefined ? [] : [[`${name}${BEFORE}`, commandIn(old, args, codes)] as const]),
  ]);
  return Object.fromEntries(entries);
}

const terraformAlone =
  ({ folder, env }: Sandbox) =>
  async () => {
    const cwd = join(folder, "cdktf.out/stacks/sandbox");
    const terraform = (...args: readonly string[]) =>
      timed({ command: ENGINE, args, cwd, env: { ...env, TF_CLI_CONFIG_FILE: "/dev/null" } });
    return (await terraform("init", "-input=false")).wall + (await terraform("plan", "-input=false")).wall;
  };

const BOUNDS: Readonly<Record<string, string>> = {
  [TERRAFORM]: "Terraform, which starts the provider three times",
  "relay drift sandbox": "Terraform, and one synth",
  "relay review sandbox": "Terraform, and one synth",
  "relay readiness sandbox": "Gladly's and Stella's answers",
  "cdktf plan sandbox": "Terraform, one synth, and cdktf-cli's own start",
};

/** The tour, with files in the cache. */
export async function tourRows(runs: number, before?: string): Promise<readonly Row[]> {
  const tour = (cwd: string) => () => timed({ command: process.execPath, args: ["bin/relay.mjs", "tour"], cwd });
  const tours = {
    [TOUR]: tour(root),
    ...(before === undefined ? {} : { [`${TOUR}${BEFORE}`]: tour(before) }),
  };
  for (const first of Object.values(tours)) await first();
  const measured = await inTurns(runs, tours);
  const wall = (what: string) => (measured[what] ?? []).map((times) => times.wall);
  return Object.keys(tours).map((what): Row => {
    const earlier = what === TOUR && before !== undefined ? wall(`${TOUR}${BEFORE}`) : [];
    return {
      ...{ group: DAILY, what, unit: "ms", samples: wall(what) },
      ...halved(wall(what), earlier),
      ...(what === TOUR ? { bound: "23 starts of Terraform: 8 plans, 5 of them read as JSON, 4 applies" } : {}),
    };
  });
}

const TOUR = "relay tour, files warm";

/** The goal where an older version was measured beside this one. */
function halved(now: readonly number[], before: readonly number[]): Pick<Row, "goal"> {
  if (before.length === 0) return {};
  return { goal: { words: "half of before", met: spread(now).median * 2 <= spread(before).median } };
}

const commandIn =
  ({ folder, env }: Sandbox, args: readonly string[], codes: readonly number[] = [0]) =>
  async () =>
    (await timed({ command: process.execPath, args, cwd: folder, env, codes })).wall;

interface Sandbox {
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly end: () => Promise<void>;
}

/**
 * A checkout with a running sandbox and relay, applied once.
 *
 * @param folder of an older version, with its packages. @default a copy of this one
 */
async function appliedSandbox(folder?: string): Promise<Sandbox> {
  const scratch =
    folder === undefined
      ? scratchProject("built")
      : { folder, env: { ...process.env, TF_CLI_CONFIG_FILE: join(folder, "missing.tfrc") }, remove: () => undefined };
  const servers: Running[] = [];
  const end = async () => {
    for (const server of servers) server.kill();
    for (const server of servers) await server.leavesNothing();
    scratch.remove();
  };
  const start = async (...args: readonly string[]) => {
    const server = new Running(process.execPath, ["bin/relay.mjs", ...args], { cwd: scratch.folder, env: scratch.env });
    servers.push(server);
    await server.says("http://127.0.0.1:");
  };
  try {
    await start("sandbox", "--port", "0");
    await start("serve", "sandbox", "--port", "0");
    execFileSync(process.execPath, ["bin/cdktf.mjs", "apply", "sandbox", "--auto-approve"], {
      ...{ cwd: scratch.folder, env: scratch.env, stdio: "ignore" },
    });
  } catch (error) {
    await end();
    throw error;
  }
  return { folder: scratch.folder, env: scratch.env, end };
}
