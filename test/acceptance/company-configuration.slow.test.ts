/** With each usual CLI configuration of Terraform, `npx cdktf plan sandbox` finds this project's provider. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ENGINE } from "../support/engine";
import { Running, run } from "../support/run";
import { type Scratch, scratchProject } from "../support/scratch";

let scratch: Scratch;
const servers: Running[] = [];

async function start(...args: readonly string[]): Promise<void> {
  const server = new Running(process.execPath, ["bin/relay.mjs", ...args], { cwd: scratch.folder, env: scratch.env });
  servers.push(server);
  await server.says("http://127.0.0.1:");
}

beforeAll(async () => {
  scratch = scratchProject("built");
  mkdirSync(join(scratch.folder, "cache"));
  await start("sandbox", "--port", "0");
  await start("serve", "sandbox", "--port", "0");
});
afterAll(() => {
  for (const server of servers) server.kill();
  scratch.remove();
});

/** Nothing listens there, so a request for this project's provider fails. */
const MIRROR = 'provider_installation {\n  network_mirror {\n    url = "https://127.0.0.1:9/"\n  }\n}\n';
const FILES =
  'provider_installation {\n  filesystem_mirror {\n    path    = "/nowhere"\n    include = ["registry.terraform.io/*/*"]\n  }\n}\n';

describe("npx cdktf plan sandbox", () => {
  it.each([
    ["with a network_mirror", () => MIRROR],
    ["with a filesystem_mirror that includes others", () => FILES],
    ["with a plugin_cache_dir", () => `plugin_cache_dir = "${join(scratch.folder, "cache")}"\n`],
    [
      "with a plugin_cache_dir and a network_mirror",
      () => `plugin_cache_dir = "${join(scratch.folder, "cache")}"\n${MIRROR}`,
    ],
    ["with a TF_CLI_CONFIG_FILE that is missing", () => undefined],
  ])("%s", async (_, textOf) => {
    const file = join(scratch.folder, "company.tfrc");
    const text = textOf();
    rmSync(file, { force: true });
    if (text !== undefined) writeFileSync(file, text);
    // As in a first run: no provider is installed next to the stack.
    rmSync(join(scratch.folder, "cdktf.out"), { recursive: true, force: true });
    const env = { ...scratch.env, TF_CLI_CONFIG_FILE: file };

    const plan = await run("npx", ["cdktf", "plan", "sandbox"], { cwd: scratch.folder, env });
    expect(plan).toMatchObject({ code: 0, err: "", out: expect.stringContaining("Plan: 3 to add, 0 to change") });
    if (text !== undefined) expect(readFileSync(file, "utf8")).toBe(text);

    // Afterwards Terraform works there with the company's configuration too. Only its init would use the mirror.
    const stack = { cwd: join(scratch.folder, "cdktf.out/stacks/sandbox"), env };
    const own = await run(ENGINE, ["plan", "-input=false", "-no-color"], stack);
    expect(own).toMatchObject({ code: 0, out: expect.stringContaining("Plan: 3 to add, 0 to change") });
    const init = ["bin/relay.mjs", "terraform", "sandbox", "--", "init", "-input=false", "-no-color"];
    expect(await run(process.execPath, init, { cwd: scratch.folder, env })).toMatchObject({ code: 0, err: "" });
  });
});
