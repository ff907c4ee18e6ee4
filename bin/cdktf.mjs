#!/usr/bin/env node
// The cdktf command for this project: `npx cdktf` finds this file before the one of the cdktf-cli package.
// It only reduces cdktf's output, and allows applying the sandbox without a terminal.
import "../scripts/lib/compile-cache.cjs";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { environmentWithTerraform } from "../scripts/lib/engine.mjs";
import { quietTerraform, requireNode } from "../scripts/lib/requirements.mjs";

/** cdktf's commands with stack names as arguments. */
const ONE_STACK = ["plan", "diff", "apply", "deploy", "destroy"];
const RUNS_TERRAFORM = [...ONE_STACK, "output"];
const NEEDS_PROJECT = [...RUNS_TERRAFORM, "list", "synth", "synthesize"];

requireNode();
Object.assign(process.env, quietTerraform(process.env));
// cdktf would request checksums for Linux from every provider's origin. Ours has no origin (docs/decisions/0013), so the
// first plan of a stack on AWS would fail. `terraform init` writes the lock file itself.
process.env.CDKTF_SKIP_PROVIDER_LOCK ??= "true";
// Without a terminal, cdktf's progress frames would fill a log line by line, and its colours with escape codes.
if (!process.stdout.isTTY) process.env.CI ??= "1";
if (!process.stdout.isTTY || process.env.NO_COLOR) process.env.FORCE_COLOR = "0";

const args = process.argv.slice(2);
// Synthesizes only the named stacks: one environment needs neither the others' files nor the AWS bindings.
const named = args.slice(1).filter((argument) => !argument.startsWith("-"));
if (ONE_STACK.includes(args[0]) && named.length === 1 && /^[a-z0-9-]+$/.test(named[0])) {
  process.env.RELAY_STACKS ??= named[0];
}
const asks = ["apply", "deploy", "destroy"].includes(args[0]);
const approved = args.includes("--auto-approve") || args.includes("-h") || args.includes("--help");
if (asks && !approved && !(process.stdin.isTTY && process.stdout.isTTY)) {
  if (named.length !== 1 || named[0] !== "sandbox") {
    process.stderr.write(
      `cdktf ${args[0]} asks before it changes anything, and there is no terminal to ask on.\n` +
        "Review the plan, then pass --auto-approve.\n",
    );
    process.exit(1);
  }
  process.stderr.write("No terminal to ask on: approved, because the sandbox is only on this machine.\n");
  process.argv.push("--auto-approve");
}

const require = createRequire(import.meta.url);
let locations;
try {
  require.resolve("upstream-cdktf-cli/package.json");
} catch {
  process.stderr.write("cdktf: its packages are not installed: run `npm ci --loglevel=notice` first.\n");
  process.exit(1);
}
if (args[0] === "--version") {
  // It looks for its own version beside the file that was started, which is this one.
  process.stdout.write(`${require("upstream-cdktf-cli/package.json").version}\n`);
  process.exit(0);
}
if (!args.includes("--help") && !args.includes("--version")) {
  Object.assign(process.env, await environmentWithTerraform());
  // cdktf looks for cdktf.json only in the working folder.
  locations = require("../dist/lib/contract/locations.js");
  const project = locations.projectRoot();
  const named = args.includes("--app") || args.includes("-a") || process.env.CDKTF_APP;
  if (NEEDS_PROJECT.includes(args[0]) && !named && !locations.isProject(project)) {
    process.stderr.write(
      "cdktf: there is no cdktf.json in this folder or above it. `npx relay init` creates a project.\n",
    );
    process.exit(1);
  }
  process.chdir(project);
  refuseFaults(locations.environmentsFolder(process.env));
}
require("../scripts/lib/cdktf-cli.cjs");
if (ONE_STACK.includes(args[0])) process.on("exit", (code) => code !== 0 && nameTheNearest());
require("upstream-cdktf-cli/bundle/bin/cdktf");

/** cdktf says only that it does not know a stack. It has written by then which ones there are. */
function nameTheNearest() {
  try {
    const { outputFolder } = require("../dist/lib/contract/locations.js");
    const { didYouMean } = require("../dist/lib/contract/nearest.js");
    const known = Object.keys(
      JSON.parse(readFileSync(join(outputFolder(process.env), "manifest.json"), "utf8")).stacks,
    );
    const unknown = named.find((name) => /^[A-Za-z0-9_-]+$/.test(name) && !known.includes(name));
    if (unknown === undefined) return;
    process.stderr.write(`The stacks are: ${known.sort().join(", ")}.${didYouMean(unknown, known)}\n`);
  } catch {
    // Nothing was synthesized: cdktf has said why.
  }
}

/**
 * Stops with the errors in the environment files. Synthesis would report them too, but cdktf would then show them twice, as a
 * log line and in a frame. The same applies to a state that is no longer in RELAY_HOME.
 */
function refuseFaults(folder) {
  if (!existsSync(folder)) return;
  require("./typescript.cjs");
  const { environmentNames, isOnThisMachine, loadEnvironments } = require("../dist/lib/environment/index.js");
  const only = process.env.RELAY_STACKS?.split(",") ?? [];
  try {
    const known = environmentNames(folder);
    const single = only.length > 0 && only.every((name) => known.includes(name));
    const environments = loadEnvironments(folder, single ? only : undefined);
    if (RUNS_TERRAFORM.includes(args[0])) followMovedStates(environments.filter(isOnThisMachine));
  } catch (error) {
    if (error?.name !== "EnvironmentFaults" && error?.name !== "StateMoved") throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}

function followMovedStates(environments) {
  const { homeFiles, homeOf } = require("../dist/lib/environment/index.js");
  const { followMovedState } = require("../dist/lib/terraform/moved-state.js");
  for (const { name } of environments) {
    const stack = join(locations.outputFolder(process.env), "stacks", name);
    const moved = followMovedState(stack, process.env, homeFiles.state(homeOf(name)));
    if (moved !== undefined) process.stderr.write(`${name}: ${moved}\n`);
  }
}
