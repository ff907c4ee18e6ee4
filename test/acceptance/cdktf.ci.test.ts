/** A short test of the daily commands. The rest is in cdktf.slow.test.ts. */
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Running, run } from "../support/run";
import { scratchProject } from "../support/scratch";

const scratch = scratchProject("built");
const started: Running[] = [];
afterAll(() => {
  for (const server of started) server.kill();
  scratch.remove();
});

const cdktf = (...args: readonly string[]) => run("npx", ["cdktf", ...args], { cwd: scratch.folder, env: scratch.env });

async function start(...args: readonly string[]): Promise<void> {
  const server = new Running(process.execPath, ["bin/relay.mjs", ...args], { cwd: scratch.folder, env: scratch.env });
  started.push(server);
  await server.says("http://127.0.0.1:");
}

it("npx cdktf lists the stacks and the closest name for an unknown stack", async () => {
  const { code, err } = await cdktf("plan", "sandbx");
  expect(code).not.toBe(0);
  expect(err).toMatch(/^The stacks are: .*sandbox.*\. Did you mean sandbox\?$/m);
});

it("npx cdktf applies the sandbox, and the next plan shows only that there are no changes", async () => {
  await start("sandbox", "--port", "0");
  await start("serve", "sandbox", "--port", "0");
  const applied = await cdktf("apply", "sandbox");
  expect(applied.out + applied.err).toContain("3 added, 0 changed, 0 destroyed");
  expect(applied.code).toBe(0);
  const { code, out, err } = await cdktf("plan", "sandbox");
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out).toContain("No changes.");
  expect(out).not.toMatch(/CLI configuration|checkpoint|ERROR|Warning/i);
});

it.each([
  ["cdktf.mjs", "plan"],
  ["cdktf.mjs", "list"],
  ["relay.mjs", "tour"],
])("%s %s outside a project says how to create one", async (bin, command) => {
  const options = { cwd: tmpdir(), env: scratch.env };
  const { code, out, err } = await run(process.execPath, [join(scratch.folder, "bin", bin), command], options);
  expect({ code, out }).toEqual({ code: 1, out: "" });
  expect(err).toMatch(/^.*there is no .*`npx relay init`.*$/m);
  expect(err).not.toContain("ENOENT");
});

it("npx cdktf --version prints the version of cdktf", async () => {
  expect(await cdktf("--version")).toEqual({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/), err: "" });
});
