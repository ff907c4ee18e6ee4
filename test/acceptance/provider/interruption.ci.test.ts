import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { GladlySetup } from "../../provider/support/gladly-core";
import { beforeEachTest } from "./each-test";
import type { Workspace } from "./harness";

let setup: GladlySetup;
let workspace: Workspace;
beforeEachTest((made) => {
  ({ setup, workspace } = made);
});

const topics = (count: number) =>
  `resource "gladly_topic" "many" {\n  count = ${count}\n  name  = "Topic \${count.index}"\n}`;

/** The ids in Gladly of the topics that this test created. */
async function atGladly(): Promise<readonly string[]> {
  const all = await setup.call("GET", "/api/v1/topics");
  if (!Array.isArray(all)) throw new Error("no list of topics");
  return all
    .filter(({ name }) => String(name).startsWith("Topic "))
    .map(({ id }) => String(id))
    .sort();
}

async function inState(): Promise<readonly string[]> {
  return (await workspace.resources()).map((line) => line.split(" ").slice(1).join(" ")).sort();
}

const slow = { effect: { kind: "latency", milliseconds: 300 }, method: "POST", path: "/api/v1/topics" };

const FAULT = `
const http = require("node:http");
const { request } = http;
http.request = (...args) => {
  if (args[1].method === "POST") setImmediate(() => { throw new TypeError("made to fail"); });
  return request(...args);
};
`;

describe("an interrupted run", () => {
  it("leaves state and Gladly in agreement after Ctrl-C in the middle of 50 creates", async () => {
    workspace.write(topics(50));
    await workspace.init();
    await setup.call("POST", "/_sandbox/faults", slow);
    const running = workspace.start(["apply", "-input=false", "-auto-approve", "-no-color"]);
    await running.says("Creation complete");
    running.interrupt();
    const { out, err } = await running.end();
    await running.leavesNothing();
    const made = await atGladly();
    expect(made.length).toBeGreaterThan(0);
    expect(made.length).toBeLessThan(50);
    expect(await inState()).toEqual(made);
    expect(`${out}${err}`).toMatch(/[Ii]nterrupt/);
    await setup.call("DELETE", "/_sandbox/faults");
    expect((await workspace.apply()).code).toBe(0);
    expect(await atGladly()).toHaveLength(50);
    expect(await inState()).toEqual(await atGladly());
  });

  it("leaves no provider behind when Terraform is killed", async () => {
    workspace.write(topics(10));
    await workspace.init();
    await setup.call("POST", "/_sandbox/faults", { ...slow, effect: { kind: "latency", milliseconds: 60_000 } });
    const running = workspace.start(["apply", "-input=false", "-auto-approve", "-no-color"]);
    await running.says("Creating...");
    running.killAlone();
    await running.end();
    // The provider is in the same process group as Terraform, so the group exists as long as the provider runs.
    await running.leavesNothing();
  });

  it("reports a crash of the provider with its stack", async () => {
    workspace.write(topics(1));
    await workspace.init();
    // Node.js loads this into the provider: an exception during a create, from outside the provider's code.
    writeFileSync(join(workspace.folder, "fault.cjs"), FAULT);
    const running = workspace.start(["apply", "-input=false", "-auto-approve", "-no-color"], {
      NODE_OPTIONS: `--require ${workspace.folder}/fault.cjs`,
    });
    const { code, err } = await running.end();
    expect(code).toBe(1);
    expect(err).toMatch(/Stack trace from the .*gladly.* plugin:\s+panic: TypeError: made to fail/);
    expect(err).toContain("plugin crashed");
  });
});
