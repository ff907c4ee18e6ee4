import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { GladlySetup } from "../../provider/support/gladly-core";
import { run } from "../../support/run";
import { beforeEachTest } from "./each-test";
import { type Mirror, VERSION, Workspace } from "./harness";

let setup: GladlySetup;
let mirror: Mirror;
let workspace: Workspace;
beforeEachTest((made) => {
  ({ setup, mirror, workspace } = made);
});

describe("ways to use the provider", () => {
  it("writes the configuration of imported objects, even with a leading dash in the id, and it plans no changes", async () => {
    await setup.call("POST", "/api/v1/topics", { id: "-dash_first", name: "Damaged box" });
    await setup.call("POST", "/api/v1/webhooks", {
      name: "By hand",
      url: setup.receiver.url(),
      events: ["CONVERSATION/CLOSED"],
    });
    workspace.write(
      `import {\n  to = gladly_topic.found\n  id = "-dash_first"\n}\nimport {\n  to = gladly_webhook.found\n  id = "${setup.receiver.url()}"\n}`,
    );
    await workspace.init();
    const generated = await workspace.json(["plan", "-generate-config-out=generated.tf"]);
    expect(generated).toMatchObject({ code: 0, errors: [] });
    expect(workspace.file("generated.tf")).toContain('name           = "Damaged box"');
    expect(await workspace.apply()).toMatchObject({ code: 0, errors: [] });
    expect(await workspace.plan()).toMatchObject({ code: 0 });
    expect(await workspace.resources()).toHaveLength(2);
  });

  it("lists the existing objects when an import finds nothing", async () => {
    workspace.write(
      'resource "gladly_topic" "one" {\n  name = "x"\n}\nimport {\n  to = gladly_topic.one\n  id = "none such"\n}',
    );
    await workspace.init();
    expect((await workspace.plan()).errors.join()).toMatch(/No such topic: .*"none such"/);
  });

  it("keeps an object whose resource address changes", async () => {
    workspace.write('resource "gladly_topic" "before" {\n  name = "Damaged box"\n}');
    await workspace.init();
    await workspace.apply();
    workspace.write(
      'resource "gladly_topic" "after" {\n  name = "Damaged box"\n}\nmoved {\n  from = gladly_topic.before\n  to   = gladly_topic.after\n}',
    );
    const plan = await workspace.plan();
    expect(plan.errors).toEqual([]);
    expect(plan.changes.filter((change) => !change.startsWith("move "))).toEqual([]);
  });

  it("reads objects that others manage, and defers reads that depend on a change", async () => {
    workspace.write(`resource "gladly_topic" "parent" {
  name = "Shipping desk"
}
data "gladly_topics" "below" {
  parent_id = gladly_topic.parent.id
}
data "gladly_organization" "this" {}
output "below" {
  value = data.gladly_topics.below.topics
}
output "organization" {
  value = data.gladly_organization.this.gladly_url
}`);
    await workspace.init();
    expect(await workspace.apply()).toMatchObject({ code: 0, errors: [] });
    const outputs = JSON.parse((await workspace.run(["output", "-json"])).out);
    expect(outputs).toMatchObject({ below: { value: [] }, organization: { value: setup.sandbox.gladly.url } });
  });

  it("serves several runs in debug mode", async () => {
    // Without a mirror Terraform cannot start a provider itself.
    const attached = new Workspace(undefined, setup.sandbox.gladly.url);
    const provider = attached.startProgram(mirror.program, ["--debug"]);
    try {
      await provider.says("TF_REATTACH_PROVIDERS=");
      const variable = /TF_REATTACH_PROVIDERS='(.*)'/.exec(provider.out)?.[1] ?? "";
      const env = { TF_REATTACH_PROVIDERS: variable };
      attached.write('resource "gladly_topic" "one" {\n  name = "Damaged box"\n}');
      expect((await attached.run(["init", "-input=false"], env)).code).toBe(0);
      expect(await attached.json(["apply", "-auto-approve"], env)).toMatchObject({ code: 0, errors: [] });
      expect(await attached.json(["plan", "-detailed-exitcode"], env)).toMatchObject({ code: 0 });
      provider.interrupt();
      expect((await provider.end()).code).toBe(0);
    } finally {
      attached.remove();
    }
  });

  it("runs inside a project of ES modules, without TLS where Terraform asks for that, and with an unreadable NODE_EXTRA_CA_CERTS", async () => {
    writeFileSync(join(workspace.folder, "package.json"), '{"type":"module"}');
    workspace.write('data "gladly_organization" "this" {}');
    await workspace.init();
    expect(await workspace.plan()).toMatchObject({ code: 0, errors: [] });
    expect(await workspace.json(["plan"], { TF_DISABLE_PLUGIN_TLS: "1" })).toMatchObject({ code: 0, errors: [] });
    expect(await workspace.json(["plan"], { NODE_EXTRA_CA_CERTS: "/nowhere.pem" })).toMatchObject({
      code: 0,
      errors: [],
    });
  });

  it("has a description for every attribute of every schema, and marks secrets", async () => {
    workspace.write("");
    await workspace.init();
    const { out } = await workspace.run(["providers", "schema", "-json"]);
    const schemas = Object.values(JSON.parse(out).provider_schemas)[0];
    const text = JSON.stringify(schemas);
    expect(text).toContain('"gladly_webhook"');
    const attributes = [...text.matchAll(/"(\w+)":\{("type"|"nested_type")/g)].length;
    const descriptions = [...text.matchAll(/"description":"[^"]/g)].length;
    expect(attributes).toBeGreaterThan(80);
    expect(descriptions).toBeGreaterThanOrEqual(attributes);
    expect(text).toMatch(/"password_wo":\{[^}]*"sensitive":true[^}]*"write_only":true/);
    expect(text).toMatch(/"token":\{[^}]*"sensitive":true/);
  });
});

describe("the program itself", () => {
  const start = (args: readonly string[], env: NodeJS.ProcessEnv = process.env) =>
    run(mirror.program, args, { cwd: workspace.folder, env });

  it("prints its version, and an explanation for a person who starts it", async () => {
    expect(await start(["--version"])).toMatchObject({ code: 0, out: `${VERSION}\n` });
    const { code, out, err } = await start([]);
    expect(code).toBe(1);
    expect(out).toBe("");
    expect(err).toMatch(/Terraform provider for Gladly.*Terraform starts it by itself/s);
  });

  it("says that Node.js is missing or too old on the one line that Terraform shows", async () => {
    const missing = await start([], { ...process.env, GLADLY_NODE: "no-such-node" });
    expect(missing).toMatchObject({
      code: 1,
      out: expect.stringMatching(/^The Gladly provider needs Node\.js 20 or later.*GLADLY_NODE\.\n$/),
    });
    const old = join(workspace.folder, "old");
    mkdirSync(old);
    const program = readFileSync(mirror.program, "utf8");
    // The same program with a Node.js that claims to be version 18.
    writeFileSync(
      join(old, "eighteen.cjs"),
      'Object.defineProperty(process, "versions", { value: { ...process.versions, node: "18.20.0" } });',
    );
    expect(program).toContain("process.versions.node");
    const tooOld = await start([], { ...process.env, NODE_OPTIONS: `--require ${join(old, "eighteen.cjs")}` });
    expect(tooOld).toMatchObject({
      code: 1,
      out: expect.stringMatching(/^The Gladly provider needs Node\.js 20 or later; this is /),
    });
  });

  it("shows the message about Node.js to Terraform's user", async () => {
    workspace.write('data "gladly_organization" "this" {}');
    await workspace.init();
    const { err, code } = await workspace.run(["plan", "-input=false", "-no-color"], { GLADLY_NODE: "no-such-node" });
    expect(code).toBe(1);
    expect(err.replace(/\s+/g, " ")).toContain("The Gladly provider needs Node.js 20 or later");
  });
});
