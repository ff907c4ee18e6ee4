import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type GladlySetup, TOKEN } from "../../provider/support/gladly-core";
import { beforeEachTest } from "./each-test";
import type { Workspace } from "./harness";

const PASSWORD = "canary-password-4711";
const HEADER = "canary-header-4711";

let setup: GladlySetup;
let workspace: Workspace;
beforeEachTest(
  (made) => {
    ({ setup, workspace } = made);
  },
  { variables: { TF_VAR_password: PASSWORD, TF_VAR_header: HEADER } },
);

const webhook = (changes = "") => `
variable "password" {
  type      = string
  ephemeral = true
  default   = null
}
variable "header" {
  type      = string
  ephemeral = true
  default   = null
}
resource "gladly_webhook" "relay" {
  name   = "Survey relay"
  url    = "${setup.receiver.url()}"
  events = ["CONVERSATION/CREATED", "CONVERSATION/CLOSED"]
  credentials = {
    username            = "gladly"
    password_wo         = var.password
    password_wo_version = 1
  }
  headers_wo         = var.header == null ? null : { "X-Relay-Key" = var.header }
  headers_wo_version = 1
  ${changes}
}
output "status" {
  value = gladly_webhook.relay.status
}
`;

describe("gladly_webhook with the real terraform", () => {
  it("is created, planned without changes, imported with the same state, updated, found drifted, and destroyed", async () => {
    workspace.write(webhook());
    await workspace.init();
    const created = await workspace.apply();
    expect(created).toMatchObject({ code: 0, errors: [], changes: ["create gladly_webhook.relay"] });
    expect(await workspace.plan()).toMatchObject({ code: 0, changes: [], warnings: [] });

    const state = await workspace.state();
    const id = /"id": "([^"]+)"/.exec(state)?.[1] ?? "";
    await workspace.run(["state", "rm", "gladly_webhook.relay"]);
    expect((await workspace.run(["import", "-input=false", "gladly_webhook.relay", setup.receiver.url()])).code).toBe(
      0,
    );
    expect((await workspace.resources())[0]).toBe(`gladly_webhook.relay ${id}`);
    // Gladly returns no secrets, so after an import only the secrets remain to be applied.
    expect(await workspace.plan()).toMatchObject({ code: 2, changes: ["update gladly_webhook.relay"] });
    expect((await workspace.apply()).code).toBe(0);

    workspace.write(webhook().replace("Survey relay", "Surveys"));
    expect(await workspace.apply()).toMatchObject({ code: 0, changes: ["update gladly_webhook.relay"] });

    await setup.call("PATCH", `/api/v1/webhooks/${id}`, { events: ["CONVERSATION/CLOSED"] });
    const drifted = await workspace.plan();
    expect(drifted).toMatchObject({
      code: 2,
      drift: ["update gladly_webhook.relay"],
      changes: ["update gladly_webhook.relay"],
    });
    expect((await workspace.apply()).code).toBe(0);
    expect(await workspace.plan()).toMatchObject({ code: 0, drift: [] });

    expect((await workspace.destroy()).code).toBe(0);
    expect(await setup.call("GET", "/api/v1/webhooks")).toEqual([]);
  });

  it("keeps every secret out of plan, state, output and logs, even at the log level TRACE", async () => {
    workspace.write(webhook());
    await workspace.init();
    const log = join(workspace.folder, "trace.log");
    const env = { TF_LOG: "TRACE", TF_LOG_PATH: log };
    const planned = await workspace.run(["plan", "-input=false", "-no-color", "-out=plan.bin"], env);
    const shown = await workspace.run(["show", "-json", "plan.bin"]);
    const applied = await workspace.run(["apply", "-input=false", "-no-color", "-auto-approve"], env);
    expect([planned.code, shown.code, applied.code]).toEqual([0, 0, 0]);
    expect(setup.receiver.received[0]?.headers.authorization).toContain("Basic ");
    expect(setup.receiver.received[0]?.headers["x-relay-key"]).toBe(HEADER);
    const trace = readFileSync(log, "utf8");
    expect(trace).toContain("Gladly answered");
    const seen = [planned.out, planned.err, shown.out, applied.out, applied.err, trace, await workspace.state()];
    for (const text of seen) {
      for (const secret of [PASSWORD, HEADER, TOKEN]) expect(text.includes(secret)).toBe(false);
    }
  });

  it("can be planned with placeholders for its secrets, which only an apply needs", async () => {
    workspace.write(webhook());
    await workspace.init();
    // If an ephemeral variable is set at apply, Terraform requires any value for it at plan.
    const without = { TF_VAR_password: "not-needed-at-plan", TF_VAR_header: "not-needed-at-plan" };
    expect(await workspace.json(["plan", "-out=plan.bin"], without)).toMatchObject({
      code: 0,
      changes: ["create gladly_webhook.relay"],
    });
    const applied = await workspace.run(["apply", "-input=false", "plan.bin"]);
    expect(applied.code).toBe(0);
    expect(setup.receiver.received[0]?.headers["x-relay-key"]).toBe(HEADER);
  });

  it("shows that Gladly disabled it, with the cause, and is enabled again when the receiver answers", async () => {
    workspace.write(webhook());
    await workspace.init();
    expect((await workspace.apply()).code).toBe(0);
    const [resource = ""] = await workspace.resources();
    await setup.deactivate(resource.split(" ")[1] ?? "");
    const plan = await workspace.plan();
    expect(plan).toMatchObject({
      code: 2,
      drift: ["update gladly_webhook.relay"],
      changes: ["update gladly_webhook.relay"],
    });
    expect(plan.warnings.join()).toMatch(/Gladly switched this webhook off: .* after the fourth failed retry/);
    setup.receiver.status = 404;
    expect((await workspace.apply()).errors.join()).toMatch(/The receiver did not answer the PING: .*404/s);
    setup.receiver.status = 200;
    expect((await workspace.apply()).code).toBe(0);
    expect(await workspace.plan()).toMatchObject({ code: 0, warnings: [] });
  });

  it("is created again when it was deleted manually, and nothing is created when the PING is refused", async () => {
    workspace.write(webhook("enabled = false"));
    await workspace.init();
    expect((await workspace.apply()).code).toBe(0);
    const [resource = ""] = await workspace.resources();
    await setup.call("DELETE", `/api/v1/webhooks/${resource.split(" ")[1]}`);
    expect(await workspace.plan()).toMatchObject({
      code: 2,
      drift: ["delete gladly_webhook.relay"],
      changes: ["create gladly_webhook.relay"],
    });
    workspace.write(webhook());
    setup.receiver.status = 500;
    const refused = await workspace.apply();
    expect(refused.code).toBe(1);
    expect(refused.lines).toEqual([`url    = "${setup.receiver.url()}"`]);
    expect(await workspace.resources()).toEqual([]);
    expect(await setup.call("GET", "/api/v1/webhooks")).toEqual([]);
  });

  it("is tainted when a step after its creation fails, and replaced by the next apply", async () => {
    workspace.write(webhook());
    await workspace.init();
    await setup.call("POST", "/_sandbox/faults", {
      effect: { kind: "status", status: 403 },
      method: "GET",
      path: "/api/v1/webhooks/",
    });
    expect((await workspace.apply()).code).toBe(1);
    await setup.call("DELETE", "/_sandbox/faults");
    expect((await workspace.resources())[0]).toMatch(/^gladly_webhook.relay \S+ \(tainted\)$/);
    expect(await workspace.apply()).toMatchObject({ code: 0, changes: ["replace gladly_webhook.relay"] });
    expect(await setup.call("GET", "/api/v1/webhooks")).toHaveLength(1);
  });
});

describe("gladly_topic with the real terraform", () => {
  const topic = (arguments_: string) => `resource "gladly_topic" "one" {\n  ${arguments_}\n}`;

  it("is created, planned without changes, imported with the same state, updated, found drifted, and destroyed", async () => {
    workspace.write(topic('name = "Damaged box"'));
    await workspace.init();
    expect(await workspace.apply()).toMatchObject({ code: 0, changes: ["create gladly_topic.one"] });
    expect(await workspace.plan()).toMatchObject({ code: 0, changes: [] });
    const before = await workspace.resources();
    const id = before[0]?.split(" ")[1] ?? "";
    await workspace.run(["state", "rm", "gladly_topic.one"]);
    expect((await workspace.run(["import", "-input=false", "gladly_topic.one", "Damaged box"])).code).toBe(0);
    expect(await workspace.resources()).toEqual(before);
    expect(await workspace.plan()).toMatchObject({ code: 0, changes: [] });
    workspace.write(topic('name = "Damaged"'));
    expect(await workspace.apply()).toMatchObject({ code: 0, changes: ["update gladly_topic.one"] });
    await setup.call("PATCH", `/api/v1/topics/${id}`, { name: "Renamed by hand", disabled: true });
    expect(await workspace.plan()).toMatchObject({ code: 2, drift: ["update gladly_topic.one"] });
    const destroyed = await workspace.destroy();
    expect(destroyed.code).toBe(0);
    expect(await setup.call("GET", `/api/v1/topics/${id}`)).toMatchObject({ disabled: true });
    workspace.write(topic('name = "Renamed by hand"'));
    const adopted = await workspace.apply();
    expect(adopted.code).toBe(0);
    expect(adopted.warnings.join()).toMatch(/Took over a disabled topic/);
    expect(await workspace.resources()).toEqual(before);
  });
});
