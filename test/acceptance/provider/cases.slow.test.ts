/** Configurations that once failed, with the real terraform. Each is a file in `cases/`, named after its behaviour. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { companyNetwork } from "../../provider/support/company-network";
import { type GladlySetup, startGladlySetup, TOKEN } from "../../provider/support/gladly-core";
import { beforeEachTest } from "./each-test";
import type { Workspace } from "./harness";

let setup: GladlySetup;
let workspace: Workspace;
beforeEachTest((made) => {
  ({ setup, workspace } = made);
});

function configuration(name: string): string {
  const text = readFileSync(join(__dirname, "cases", `${name}.tf`), "utf8");
  return text.replaceAll("RECEIVER", setup.receiver.url("/case"));
}

async function start(text: string): Promise<void> {
  workspace.write(text);
  await workspace.init();
}

async function webhooks(): Promise<readonly unknown[]> {
  const all = await setup.call("GET", "/api/v1/webhooks");
  return Array.isArray(all) ? all : [];
}

describe("resources of one run", () => {
  it("cannot manage the same topic twice: the second is refused, and the topic stays enabled", async () => {
    await setup.call("POST", "/api/v1/topics", { id: "dup-id", name: "dup", disabled: true });
    await start(configuration("two_topics_of_one_name"));
    const { code, errors } = await workspace.apply();
    expect(code).toBe(1);
    expect(errors).toEqual([expect.stringMatching(/Two resources for one object in Gladly.*named "dup"/s)]);
    expect(await workspace.resources()).toEqual([expect.stringMatching(/^gladly_topic\.[bc] dup-id$/)]);
    expect(await setup.call("GET", "/api/v1/topics/dup-id")).toMatchObject({ disabled: false });
  });

  it("keep webhook and topic when their resource address changes without a moved block", async () => {
    await start(configuration("address_renamed"));
    expect(await workspace.apply()).toMatchObject({ code: 0 });
    workspace.write(configuration("address_renamed").replaceAll('"old"', '"new"'));
    expect(await workspace.apply()).toMatchObject({ code: 0, errors: [] });
    expect(await webhooks()).toMatchObject([{ name: "rn", enabled: true }]);
    expect(await workspace.plan()).toMatchObject({ code: 0, changes: [], warnings: [] });
  });

  it("always end with a webhook, even when the new resource address is created first", async () => {
    await start(configuration("address_renamed"));
    await workspace.apply();
    workspace.write(configuration("address_renamed").replaceAll('"old"', '"new"'));
    for (let run = 0; run < 2; run += 1) {
      await workspace.apply("-parallelism=1");
      expect(await webhooks()).toMatchObject([{ enabled: true }]);
    }
    expect((await workspace.apply()).code).toBe(0);
    expect(await webhooks()).toMatchObject([{ enabled: true }]);
  });

  it("get an error when two webhooks exchange their URLs, with the steps that work", async () => {
    await start(configuration("addresses_exchanged"));
    expect((await workspace.apply()).code).toBe(0);
    const text = configuration("addresses_exchanged");
    workspace.write(text.replace('case/a"', 'case/x"').replace('case/b"', 'case/a"').replace('case/x"', 'case/b"'));
    const { code, errors } = await workspace.apply();
    expect(code).toBe(1);
    for (const error of errors) expect(error).toMatch(/exchange their addresses.*third address/s);
    expect(await webhooks()).toMatchObject([{ enabled: true }, { enabled: true }]);
  });

  it("get an error for create_before_destroy with an unchanged URL, and keep the old webhook", async () => {
    const text = configuration("secret_in_gladlys_answer").replace(
      /\}\s*$/,
      "  lifecycle {\n    create_before_destroy = true\n  }\n}\n",
    );
    await start(text);
    expect((await workspace.apply()).code).toBe(0);
    const { errors } = await workspace.apply("-replace=gladly_webhook.w");
    expect(errors.join()).toMatch(/address is taken.*create_before_destroy/s);
    expect(await webhooks()).toMatchObject([{ enabled: true }]);
  });
});

describe("values that two layers used to handle differently", () => {
  it.each([
    ["long_fraction", [/more digits than a provider can keep/]],
    ["header_named_proto", [/__proto__` cannot be sent/]],
    [
      "credentials_that_cannot_work",
      [/cannot contain a colon/, /same header; give it once/, /Two ways to authenticate/],
    ],
  ])("cause a diagnostic before any request: %s", async (name, expected) => {
    await start(configuration(name));
    await setup.requests();
    const { code, errors } = await workspace.plan();
    expect(code).toBe(1);
    for (const pattern of expected) expect(errors.join("\n")).toMatch(pattern);
    expect(errors.join("\n")).not.toMatch(/Internal error/);
    expect(await setup.requests()).toEqual([]);
  });

  it("are handled alike on create and update: headers that are null are not recorded as sent", async () => {
    await start(configuration("headers_that_are_null"));
    const { code, errors } = await workspace.apply();
    expect(code).toBe(1);
    expect(errors.join()).toMatch(/headers are missing/);
    expect(await webhooks()).toEqual([]);
  });

  it("may include a token with the line break of its file", async () => {
    await start('data "gladly_organization" "this" {}');
    expect(await workspace.json(["plan"], { GLADLY_TOKEN: `${TOKEN}\n` })).toMatchObject({ code: 0, errors: [] });
    const { errors } = await workspace.json(["plan"], { GLADLY_TOKEN: `two\n${TOKEN}` });
    expect(errors.join()).toMatch(/token contains a space or a line break/);
  });
});

describe("a run with a difficult Gladly", () => {
  it("keeps the resource's time limit when it reads, lists included", async () => {
    await start(configuration("read_timeout"));
    expect((await workspace.apply()).code).toBe(0);
    const effect = { kind: "latency", milliseconds: 60_000 };
    await setup.call("POST", "/_sandbox/faults", { effect, method: "GET", path: "/api/v1/topics" });
    const { errors } = await workspace.plan();
    expect(errors.join()).toMatch(/no answer in time.*`timeouts`/s);
  });

  it("shows no secret that Gladly's answer repeats, in any form, not even in the log", async () => {
    await start(configuration("secret_in_gladlys_answer"));
    const basic = Buffer.from(`api.user@example.com:${TOKEN}`).toString("base64");
    const body = JSON.stringify({ errors: [{ detail: `WOSECRETpw1 ${TOKEN} Basic ${basic}` }] });
    const effect = { kind: "status", status: 422, body };
    await setup.call("POST", "/_sandbox/faults", { effect, method: "POST", path: "/api/v1/webhooks" });
    const log = join(workspace.folder, "log");
    const { code, out, err } = await workspace.run(["apply", "-auto-approve", "-no-color"], {
      TF_LOG_PROVIDER: "TRACE",
      TF_LOG_PATH: log,
    });
    expect(code).toBe(1);
    expect(err).toContain("(sensitive value)");
    for (const secret of ["WOSECRETpw1", TOKEN, basic])
      expect(`${out}${err}${readFileSync(log, "utf8")}`).not.toContain(secret);
  });

  it.each([
    ["a connection that is cut", { kind: "cut", when: "after" }],
    ["a 502", { kind: "status", status: 502, when: "after" }],
  ])("completes a create in spite of %s", async (_name, effect) => {
    await start(configuration("address_renamed"));
    await setup.call("POST", "/_sandbox/faults", { effect, method: "POST" });
    const applied = await workspace.apply();
    expect(applied).toMatchObject({ code: 0, errors: [] });
    expect(applied.warnings.join()).toMatch(/answer was lost/);
    await setup.call("DELETE", "/_sandbox/faults");
    expect(await workspace.plan()).toMatchObject({ code: 0 });
    expect(await webhooks()).toHaveLength(1);
  });

  it("warns of deleted objects, and stops at another organization", async () => {
    await start(configuration("address_renamed").replace("RECEIVER", setup.receiver.url()));
    await workspace.apply();
    const other = await startGladlySetup();
    try {
      await other.call("POST", "/_sandbox/faults", {
        effect: { kind: "status", status: 200, body: '{"id":"another"}' },
        method: "GET",
        path: "/api/v1/organization",
      });
      workspace.write(configuration("address_renamed"), `url = "${other.sandbox.gladly.url}"`);
      const { code, errors, changes } = await workspace.plan();
      expect({ code, changes }).toEqual({ code: 1, changes: [] });
      expect(errors.join()).toMatch(/another Gladly organization.*terraform workspace new/s);
    } finally {
      await other.close();
    }
    const [webhook] = await webhooks();
    const id = typeof webhook === "object" && webhook !== null && "id" in webhook ? String(webhook.id) : "";
    await setup.call("PATCH", `/api/v1/webhooks/${id}`, { enabled: false });
    await setup.call("DELETE", `/api/v1/webhooks/${id}`);
    workspace.write(configuration("address_renamed"));
    const plan = await workspace.plan();
    expect(plan).toMatchObject({ code: 2, changes: ["create gladly_webhook.old"] });
    expect(plan.warnings.join()).toMatch(/webhook is gone from Gladly.*same organization/s);
  });

  it("repeats the warning as long as secrets may have been replaced", async () => {
    await start(configuration("secret_in_gladlys_answer"));
    await workspace.apply();
    const [, id = ""] = /gladly_webhook\.w (\S+)/.exec((await workspace.resources()).join()) ?? [];
    await setup.call("PATCH", `/api/v1/webhooks/${id}`, { name: "x", credentials: { username: "x", password: "y" } });
    expect((await workspace.apply()).warnings.join()).toMatch(/Gladly does not show how/);
    const again = await workspace.plan();
    expect(again.code).toBe(0);
    expect(again.warnings.join()).toMatch(/Gladly does not show how.*raise `password_wo_version`/s);
    workspace.write(configuration("secret_in_gladlys_answer").replace("version = 1", "version = 2"));
    await workspace.apply();
    expect(await workspace.plan()).toMatchObject({ code: 0, warnings: [] });
  });
});

describe("a company's network", () => {
  it("is used like other providers do: proxy, exceptions, certificate authorities; an error names the proxy", async () => {
    const authority = join(workspace.folder, "company.pem");
    const network = await companyNetwork(setup.sandbox.gladly.url, authority, "canary-proxy");
    try {
      workspace.write('data "gladly_organization" "this" {}', `url = "${network.url}"`);
      await workspace.init();
      const env = { HTTPS_PROXY: network.proxyWithPassword, SSL_CERT_FILE: authority };
      expect(await workspace.json(["plan"], env)).toMatchObject({ code: 0, errors: [] });
      expect(network.asked).toContain("gladly.example.test:443");
      const refused = await workspace.json(["plan"], { ...env, HTTPS_PROXY: network.proxy });
      expect(refused.errors.join()).toMatch(/through the proxy http:\/\/127\.0\.0\.1:\d+.*407.*HTTPS_PROXY/s);
      expect(refused.errors.join()).not.toContain("sandbox running");
      const untrusted = await workspace.json(["plan"], { HTTPS_PROXY: network.proxyWithPassword });
      expect(untrusted.errors.join()).toMatch(/through the proxy.*SSL_CERT_FILE/s);
      expect(untrusted.errors.join()).not.toContain("canary-proxy");
    } finally {
      await network.close();
    }
  });

  it("causes an error that explains a TLS failure on this machine", async () => {
    const authority = join(workspace.folder, "company.pem");
    const network = await companyNetwork(setup.sandbox.gladly.url, authority, "p");
    try {
      workspace.write('data "gladly_organization" "this" {}', `url = "https://localhost:${network.port}"`);
      await workspace.init();
      const { errors } = await workspace.plan();
      expect(errors.join()).toMatch(/TLS connection failed.*SSL_CERT_FILE/s);
      expect(errors.join()).not.toContain("sandbox running");
    } finally {
      await network.close();
    }
  });
});
