/** A RELAY_HOME that changed after the last plan, which alone makes Terraform fail with `Backend configuration changed`. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Running, run } from "../support/run";
import { type Scratch, scratchProject } from "../support/scratch";

let scratch: Scratch;
const servers: Running[] = [];
beforeAll(() => {
  scratch = scratchProject("built");
});
afterAll(() => {
  for (const server of servers) server.kill();
  scratch.remove();
});

const at = (home: string) => ({
  cwd: scratch.folder,
  env: { ...scratch.env, RELAY_HOME: join(scratch.folder, home) },
});
const relay = (home: string, ...args: readonly string[]) => run(process.execPath, ["bin/relay.mjs", ...args], at(home));
const cdktf = (home: string, ...args: readonly string[]) => run("npx", ["cdktf", ...args], at(home));

async function start(home: string): Promise<void> {
  for (const name of ["sandbox", "serve sandbox"]) {
    const server = new Running(process.execPath, ["bin/relay.mjs", ...name.split(" "), "--port", "0"], at(home));
    servers.push(server);
    await server.says("http://127.0.0.1:");
  }
}

describe("a changed RELAY_HOME", () => {
  it("is accepted by cdktf if Gladly is a sandbox, and so is the change back", async () => {
    await start("one");
    expect(await cdktf("one", "apply", "sandbox")).toMatchObject({ code: 0 });
    await start("two");
    expect(await cdktf("two", "plan", "sandbox")).toMatchObject({
      code: 0,
      out: expect.stringContaining("Plan: 3 to add"),
      err: expect.stringMatching(
        /^sandbox: The state is now .*two\/sandbox\/terraform\.tfstate, because RELAY_HOME changed/,
      ),
    });
    expect(await relay("one", "drift", "sandbox")).toMatchObject({ code: 0 });
    expect(await cdktf("one", "plan", "sandbox")).toMatchObject({ out: expect.stringContaining("No changes.") });
  });

  it("is refused by cdktf and relay if a state with resources would be left behind", async () => {
    // The same environment with the real Gladly's address. No request goes there.
    const file = join(scratch.folder, "stacks/environments/sandbox.ts");
    const committed = readFileSync(file, "utf8");
    mkdirSync(join(scratch.folder, "three"));
    writeFileSync(file, committed.replace("url: here.gladly,", `url: "https://example.gladly.com",`));
    expect(readFileSync(file, "utf8")).not.toBe(committed);
    const words =
      /The state is .*one\/sandbox\/terraform\.tfstate, and RELAY_HOME now names .*three\/sandbox, which has none/;
    for (const command of [
      () => relay("three", "review", "sandbox"),
      () => relay("three", "drift", "sandbox"),
      () => relay("three", "ci", "plan", "sandbox", "--out", "planned"),
      () => cdktf("three", "plan", "sandbox"),
    ]) {
      expect(await command()).toMatchObject({ code: 1, err: expect.stringMatching(words) });
    }
    writeFileSync(file, committed);
    expect(await cdktf("one", "plan", "sandbox")).toMatchObject({ out: expect.stringContaining("No changes.") });
  });
});
