/**
 * Runs the commands of the guides: types each block that has no mark (test/docs/command-blocks.ts) into a shell, in a reader's
 * order, in a folder with only the packed package. A `<name>` in a command is replaced by what a reader types.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { type CommandBlock, commandBlocks, GUIDES } from "../docs/command-blocks";
import { run } from "../support/run";
import { NPM, packed } from "./packed";

let folder: string;
let tarball: string;
/** The folder after the guides before. */
let at: string;
let kept: { readonly child: ChildProcess; readonly out: () => string } | undefined;

const env = { ...process.env, TF_CLI_CONFIG_FILE: "/missing.tfrc", CHECKPOINT_DISABLE: "1", CI: "1" };

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "guides-"));
  tarball = packed("0.1.1", folder);
  at = folder;
});
afterAll(async () => {
  if (kept !== undefined) {
    kept.child.kill("SIGINT");
    if (kept.child.exitCode === null) await once(kept.child, "close");
  }
  rmSync(folder, { recursive: true, force: true });
});

/** What a reader types for a name in angle brackets, and for a package that npm does not have yet. */
function typed(command: string): string {
  // The tour prints the command with the id of its conversation.
  const conversation = /relay explain (\S+)/.exec(kept?.out() ?? "")?.[1];
  return command
    .replace("npm install gladly-stella-relay", `npm install ${tarball} ${NPM.join(" ")}`)
    .replaceAll("<stack>", "sandbox")
    .replaceAll("<conversation>", conversation ?? "<conversation>");
}

/** A command that keeps running in another terminal. */
const STAYS = /# in one terminal$/;

async function keep(command: string): Promise<void> {
  const [program = "", ...args] = command.replace(STAYS, "").trim().replace(/^npx /, "node_modules/.bin/").split(" ");
  const child = spawn(program, args, { cwd: at, env, stdio: ["ignore", "pipe", "inherit"] });
  let out = "";
  child.stdout.on("data", (chunk) => {
    out += chunk;
  });
  kept = { child, out: () => out };
  while (!/Ctrl-C +ends/.test(out) && child.exitCode === null) await delay(100);
  expect(child.exitCode).toBeNull();
}

/** Types the whole block into one shell, so that `cd` and variables stay. */
async function follow({ commands, exits, file, line }: CommandBlock): Promise<void> {
  for (const command of commands) if (STAYS.test(command)) await keep(command);
  const script = commands.filter((command) => !STAYS.test(command)).map(typed);
  expect(script.filter((command) => /<[a-z]/i.test(command))).toEqual([]);
  const where = join(folder, "where");
  // Continues after other exit codes, because `relay drift` reports its result with them.
  const shell = ["set -e", `trap 'pwd > "${where}"' EXIT`, ...script].join("\n");
  const ended = await run("sh", ["-c", shell], { cwd: at, env });
  if (ended.code === null || !exits.includes(ended.code)) {
    throw new Error(`${file}:${line} ended with ${ended.code}\n${ended.out}\n${ended.err}`);
  }
  if (existsSync(where)) at = readFileSync(where, "utf8").trim();
  rmSync(where, { force: true });
}

describe("the commands of the guides", () => {
  for (const guide of GUIDES) {
    const blocks = commandBlocks(guide).filter(({ notRun }) => notRun === undefined);
    for (const block of blocks) {
      it(`${guide}:${block.line}`, async () => {
        await follow(block);
      });
    }
  }
});
