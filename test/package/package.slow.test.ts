/**
 * Uses the package as a company does: packed, and installed into an empty folder. The packed copy of the sources is removed
 * first, so that no path can lead to it.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { run } from "../support/run";
import { project } from "../support/scratch";
import { NPM, packed } from "./packed";

let folder: string;
let company: string;
let tarball: string;

const env = { ...process.env, TF_CLI_CONFIG_FILE: "/missing.tfrc" };
const typed = async (command: string, args: readonly string[], cwd = company) => run(command, [...args], { cwd, env });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "package-"));
  company = join(folder, "company");
  mkdirSync(company);
  tarball = packed("0.1.1", folder);
  expect(await typed("npm", ["install", tarball, ...NPM])).toMatchObject({ code: 0 });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("is one file under 3 MB, and publint and arethetypeswrong find nothing", async () => {
  expect(statSync(tarball).size).toBeLessThan(3_000_000);
  const publint = await run(join(project, "node_modules/.bin/publint"), ["run", tarball, "--strict"], {
    cwd: folder,
    env,
  });
  expect(publint).toMatchObject({ code: 0 });
  expect(await run(join(project, "node_modules/.bin/attw"), [tarball], { cwd: folder, env })).toMatchObject({
    code: 0,
  });
});

it("creates a repository, gives the tour and plans it, and a newer version plans no changes", async () => {
  expect(await typed("npx", ["relay", "init", "--yes"])).toMatchObject({ code: 0 });
  expect(await typed("npx", ["relay", "--help"])).toMatchObject({ code: 0, err: "" });
  const tour = spawn("node_modules/.bin/relay", ["tour", "--keep"], {
    cwd: company,
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(tour, "close");
  try {
    let out = "";
    tour.stdout.on("data", (chunk) => {
      out += chunk;
    });
    while (!out.includes("Every step was seen to happen") && tour.exitCode === null) await delay(100);
    expect(tour.exitCode).toBeNull();
    // Also from a subfolder.
    const plan = await typed("npx", ["cdktf", "plan", "sandbox"], join(company, "stacks"));
    expect(plan).toMatchObject({ code: 0, out: expect.stringContaining("No changes.") });

    const newer = packed("0.1.2", folder);
    expect(await typed("npm", ["install", newer, ...NPM])).toMatchObject({ code: 0 });
    expect(await typed("npx", ["relay", "upgrade"])).toMatchObject({ code: 0 });
    expect(JSON.parse(readFileSync(join(company, ".relay-init.json"), "utf8"))).toMatchObject({ version: "0.1.2" });
    expect(await typed("npx", ["cdktf", "plan", "sandbox"])).toMatchObject({
      out: expect.stringContaining("No changes."),
    });
  } finally {
    tour.kill("SIGINT");
    await ended;
  }
});

it("exports its constructs to another cdktf app, with types", async () => {
  const own = join(company, "own");
  mkdirSync(own);
  writeFileSync(
    join(own, "main.ts"),
    `import { App, TerraformStack } from "cdktf";
import { addEnvironments } from "gladly-stella-relay";
import { GladlyProvider, placeProviderFiles, Topic } from "gladly-stella-relay/constructs";
import type { EnvironmentInput } from "gladly-stella-relay/environment";

export const named: EnvironmentInput["name"] = "mine";
const app = new App({ outdir: "own-out" });
const stack = new TerraformStack(app, "mine");
placeProviderFiles(stack);
new GladlyProvider(stack, "gladly", { url: "https://example.gladly.qa", user: "relay@example.com" });
new Topic(stack, "topic", { name: "do_not_send_stella" });
void addEnvironments(app, "stacks/environments", ["sandbox"]).then(() => app.synth());
`,
  );
  const tsc = join(project, "node_modules/typescript/bin/tsc");
  const types = ["--noEmit", "--strict", "--skipLibCheck", "--module", "nodenext", "--types", "node", "--typeRoots"];
  const checked = await typed(process.execPath, [tsc, ...types, join(project, "node_modules/@types"), "own/main.ts"]);
  expect(checked).toMatchObject({ code: 0, out: "" });
  const ran = await typed(process.execPath, ["-r", "gladly-stella-relay/typescript", "own/main.ts"]);
  expect(ran).toMatchObject({ code: 0 });
  for (const stack of ["mine", "sandbox"])
    expect(existsSync(join(company, "own-out/stacks", stack, "cdk.tf.json"))).toBe(true);
});
