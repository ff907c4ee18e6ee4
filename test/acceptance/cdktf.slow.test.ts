import { existsSync, mkdirSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { ENGINE } from "../support/engine";
import { closedAddress } from "../support/loopback";
import { Running, run } from "../support/run";
import { type Scratch, scratchProject } from "../support/scratch";

let scratch: Scratch;
const started: Running[] = [];
beforeAll(() => {
  scratch = scratchProject("fresh");
});
afterAll(() => {
  for (const server of started) server.kill();
  scratch.remove();
});

const cdktf = (...args: readonly string[]) => run("npx", ["cdktf", ...args], { cwd: scratch.folder, env: scratch.env });

async function start(...args: readonly string[]): Promise<Running> {
  const server = new Running(process.execPath, ["bin/relay.mjs", ...args], { cwd: scratch.folder, env: scratch.env });
  started.push(server);
  await server.says("http://127.0.0.1:");
  return server;
}

const read = (file: string) => readFileSync(join(scratch.folder, ".relay/sandbox", file), "utf8");

/** Changes something in Gladly over its API, as a person would. */
async function gladly(method: string, path: string, body?: unknown): Promise<unknown> {
  const { gladly: url, gladlyUser } = JSON.parse(read("sandbox.json"));
  const token = read("secrets/gladly-token").trim();
  const headers = {
    authorization: `Basic ${Buffer.from(`${gladlyUser}:${token}`).toString("base64")}`,
    "content-type": "application/json",
  };
  const response = await fetch(url + path, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
  expect(response.status).toBeLessThan(300);
  return response.status === 204 ? undefined : response.json();
}

describe("the daily commands on a fresh clone, one after another", () => {
  it("say that the sandbox is not running, and at which address, before its first start", async () => {
    // Another sandbox may use the default port. The file of a killed sandbox names a port where nothing listens.
    const gladly = await closedAddress();
    const home = join(scratch.folder, ".relay/sandbox");
    mkdirSync(home, { recursive: true });
    const left = { gladly, stella: gladly, gladlyUser: "relay@example.com" };
    writeFileSync(join(home, "sandbox.json"), JSON.stringify(left));
    const { code, out, err } = await cdktf("plan", "sandbox");
    expect(code).toBe(1);
    expect(out + err).toContain(gladly);
    expect(out + err).toContain("npx relay sandbox");
  });

  it("list the stacks", async () => {
    await start("sandbox", "--port", "0");
    await start("serve", "sandbox", "--port", "0");
    const { code, out } = await cdktf("list");
    expect(code).toBe(0);
    expect(out).toMatch(/^sandbox\s+cdktf\.out\/stacks\/sandbox$/m);
  });

  it("plan without a warning although the CLI configuration file is missing", async () => {
    const { code, out, err } = await cdktf("plan", "sandbox");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain("Plan: 3 to add, 0 to change, 0 to destroy.");
    expect(out).not.toMatch(/CLI configuration|checkpoint|ERROR|Warning/i);
    expect(out).not.toContain("\u001b[");
  });

  it("apply, and the next plan says no changes", async () => {
    const applied = await cdktf("apply", "sandbox");
    expect(applied.code).toBe(0);
    expect(applied.out).toContain("3 added, 0 changed, 0 destroyed");
    expect((await cdktf("plan", "sandbox")).out).toContain("No changes.");
    expect(await gladly("GET", "/api/v1/webhooks")).toEqual([
      expect.objectContaining({
        name: "Send Stella Survey",
        events: ["CONTACT/STARTED", "CONVERSATION/CLOSED"],
        enabled: true,
        hasCredentials: true,
      }),
    ]);
  });

  it("show only the topic that was renamed in Gladly", async () => {
    const topics = (await gladly("GET", "/api/v1/topics")) as readonly { readonly id: string; readonly name: string }[];
    const topic = topics.find(({ name }) => name === "do_not_send_stella");
    await gladly("PATCH", `/api/v1/topics/${topic?.id}`, { name: "renamed by hand" });
    const { out } = await cdktf("plan", "sandbox");
    expect(out).toContain('~ name           = "renamed by hand" -> "do_not_send_stella"');
    expect(out).toContain("Plan: 0 to add, 1 to change, 0 to destroy.");
  });

  it("keep the state and the plan free of secrets", async () => {
    const stack = {
      cwd: join(scratch.folder, "cdktf.out/stacks/sandbox"),
      env: { ...scratch.env, TF_CLI_CONFIG_FILE: "/dev/null" },
    };
    const state = await run(ENGINE, ["state", "pull"], stack);
    const plan = await run(ENGINE, ["show", "-json", "plan"], stack);
    expect(JSON.parse(state.out).resources).not.toHaveLength(0);
    expect(JSON.parse(plan.out).resource_changes).not.toHaveLength(0);
    for (const name of ["gladly-token", "webhook-password", "stella-test-key", "stella-production-key"]) {
      const secret = read(`secrets/${name}`).trim();
      expect({ name, leaked: (state.out + plan.out).includes(secret) }).toEqual({ name, leaked: false });
    }
  });

  it("destroy the webhook first, then what it needs, and disable the topic", async () => {
    const { code, out } = await cdktf("destroy", "sandbox");
    expect(code).toBe(0);
    const place = (text: string) => out.indexOf(text);
    expect(place("survey_webhook/Resource): Destruction complete")).toBeGreaterThan(0);
    expect(place("survey_webhook/Resource): Destruction complete")).toBeLessThan(
      place("relay/Configuration): Destroying"),
    );
    expect(await gladly("GET", "/api/v1/webhooks")).toEqual([]);
    expect(await gladly("GET", "/api/v1/topics")).toContainEqual(
      expect.objectContaining({ name: "renamed by hand", disabled: true }),
    );
    expect(JSON.parse(read("terraform.tfstate")).resources).toEqual([]);
  });
});

describe("wrong input", () => {
  it("the error for an environment file with three faults lists all three with remedies and no stack trace", async () => {
    const path = join(scratch.folder, "stacks/environments/sandbox.ts");
    const good = readFileSync(path, "utf8");
    const bad = good
      .replace('"test"', '"tets"')
      .replace('"enrich"', '"enrihc"')
      .replace("passwordVersion: 1", "passwordVersion: 0");
    writeFileSync(path, bad);
    // From a subfolder, as a person who edits the file may.
    const below = join(scratch.folder, "stacks");
    const { code, out, err } = await run("npx", ["cdktf", "plan", "sandbox"], { cwd: below, env: scratch.env });
    writeFileSync(path, good);
    const output = out + err;
    expect(code).toBe(1);
    // The error appears once and without cdktf's frames.
    expect(output.match(/There are 3 faults in the environment files/g)).toHaveLength(1);
    expect(output).not.toMatch(/[╷│╵]|\[ERROR\]|cdktf encountered an error/);
    for (const where of ["surveyMode", "delivery", "webhook.passwordVersion"])
      expect(output).toContain(`sandbox.ts  ${where}`);
    expect(output).toContain('must be "test" or "production"');
    expect(output).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m);
  });

  it.each([
    ["npm", ["start"]],
    ["npx", ["cdktf", "plan", "sandbox"]],
  ])("%s %p reports a missing terraform on the PATH in one message", async (command, args) => {
    const env = { ...scratch.env, PATH: pathWith("node", "npm", "npx", "sh"), RELAY_NO_DOWNLOAD: "1" };
    const { code, out, err } = await run(command, args, { cwd: scratch.folder, env });
    expect(code).toBe(1);
    expect(out).toBe("");
    expect(err).toContain(
      "Terraform 1.11 or later, or OpenTofu, is needed: there is no `terraform` on the PATH, and there is no `tofu` on the PATH.",
    );
    expect(err).toContain("https://developer.hashicorp.com/terraform/install");
  });

  it("apply without a terminal is refused for everything but the sandbox", async () => {
    const { code, err } = await cdktf("apply", "production");
    expect(code).toBe(1);
    expect(err).toContain("--auto-approve");
  });
});

/** A PATH with only these programs. */
function pathWith(...programs: readonly string[]): string {
  const bin = join(scratch.folder, "only-these");
  rmSync(bin, { recursive: true, force: true });
  mkdirSync(bin);
  const folders = (process.env.PATH ?? "").split(delimiter);
  for (const program of programs) {
    const folder = folders.find((candidate) => existsSync(join(candidate, program)));
    if (folder === undefined) throw new Error(`there is no ${program} on the PATH`);
    symlinkSync(realpathSync(join(folder, program)), join(bin, program));
  }
  return bin;
}
