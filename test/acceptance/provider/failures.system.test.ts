import type { GladlySetup } from "../../provider/support/gladly-core";
import { beforeEachTest } from "./each-test";
import type { Workspace } from "./harness";

let setup: GladlySetup;
let workspace: Workspace;
beforeEachTest((made) => {
  ({ setup, workspace } = made);
});

const TOPIC = 'resource "gladly_topic" "one" {\n  name = "Damaged box"\n}';
const DATA = 'data "gladly_organization" "this" {}';

describe("the provider's errors", () => {
  it("name the address and the sandbox's command when nothing answers there", async () => {
    workspace.write(DATA, 'url = "http://127.0.0.1:1"');
    await workspace.init();
    const { code, errors } = await workspace.plan();
    expect(code).toBe(1);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(
      /Gladly cannot be reached: .*http:\/\/127\.0\.0\.1:1\/.*ECONNREFUSED.*npx relay sandbox/s,
    );
  });

  it("name user and token when Gladly refuses them", async () => {
    workspace.write(DATA, `url = "${setup.sandbox.gladly.url}"\n  token = "wrong"`);
    await workspace.init();
    const { errors } = await workspace.plan();
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(/Gladly refused the user or the token: .*401.*`token`.*GLADLY_TOKEN/s);
    expect(errors[0]).not.toContain("wrong");
  });

  it("name a missing setting and its variable", async () => {
    workspace.write(TOPIC, "");
    await workspace.init();
    const { errors } = await workspace.json(["plan"], { GLADLY_TOKEN: "" });
    expect(errors).toEqual([
      expect.stringMatching(/The provider's url is missing: .*GLADLY_URL/),
      expect.stringMatching(/The provider's token is missing: .*GLADLY_TOKEN/),
    ]);
  });

  it("do not appear when the settings are in the environment", async () => {
    workspace.write(DATA, "");
    await workspace.init();
    expect(await workspace.json(["plan"], { GLADLY_URL: setup.sandbox.gladly.url })).toMatchObject({
      code: 0,
      errors: [],
    });
  });

  it("point at the line of a setting that is not known yet", async () => {
    workspace.write(
      `resource "terraform_data" "later" {\n  input = "x"\n}\n${TOPIC}`,
      `url = "https://$\{terraform_data.later.output}.example.com"`,
    );
    await workspace.init();
    const { errors, lines } = await workspace.plan();
    expect(errors[0]).toMatch(/The provider's url is not known yet/);
    expect(lines[0]).toContain("terraform_data.later");
  });

  it("do not appear when a setting is ephemeral", async () => {
    workspace.write(
      `variable "token" {\n  type = string\n  ephemeral = true\n}\n${DATA}`,
      `url = "${setup.sandbox.gladly.url}"\n  token = var.token`,
    );
    await workspace.init();
    expect(await workspace.json(["plan"], { GLADLY_TOKEN: "", TF_VAR_token: "canary-gladly-token" })).toMatchObject({
      code: 0,
    });
  });

  it("point at the line of every fault in one run", async () => {
    const faults: Readonly<Record<string, readonly string[]>> = {
      gladly_webhook: ['name = ""', 'url = "http://relay.example.com/"', 'events = ["PING"]', "enabled = true"],
      gladly_topic: ['name = " "', 'parent_id = ""'],
    };
    const blocks = Object.entries(faults).map(
      ([type, lines]) => `resource "${type}" "faulty" {\n${lines.join("\n")}\n}`,
    );
    const nested = [
      'resource "gladly_webhook" "nested" {',
      'name = "n"',
      'url = "https://relay.example.com/"',
      'events = ["CONVERSATION/CLOSED"]',
      "credentials = {",
      'username = ""',
      "}",
      "timeouts = {",
      'create = "soon"',
      "}",
      "headers_wo = {",
      '"no good" = "x"',
      "}",
      "}",
      'data "gladly_webhooks" "faulty" {',
      'status = "asleep"',
      "}",
      'data "gladly_agent" "faulty" {}',
    ];
    workspace.write([...blocks, ...nested].join("\n"));
    await workspace.init();
    const { out } = await workspace.run(["validate", "-json"]);
    const result: { diagnostics: { range?: { start: { line: number } } }[] } = JSON.parse(out);
    const source = workspace.configuration.split("\n");
    const lines = result.diagnostics.map(({ range }) => (source[(range?.start.line ?? 0) - 1] ?? "").trim()).sort();
    expect(lines).toEqual(
      [
        'name = ""',
        'url = "http://relay.example.com/"',
        'events = ["PING"]',
        'name = " "',
        'parent_id = ""',
        "credentials = {",
        "timeouts = {",
        "headers_wo = {",
        // A second error: headers without a version would never be sent again.
        "headers_wo = {",
        'status = "asleep"',
        'data "gladly_agent" "faulty" {}',
      ].sort(),
    );
  });
});
