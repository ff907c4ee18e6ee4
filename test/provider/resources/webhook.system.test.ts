import type { Value } from "../../../src/provider/protocol/values/value";
import { type GladlySetup, gladlyCore, startGladlySetup } from "../support/gladly-core";

const WEBHOOK = "gladly_webhook";
let setup: GladlySetup;

beforeAll(async () => {
  setup = await startGladlySetup();
});
afterEach(() => setup.reset());
afterAll(() => setup.close());

function config(changes: Record<string, Value> = {}): Record<string, Value> {
  return {
    name: "Survey relay",
    url: setup.receiver.url(),
    events: ["CONVERSATION/CLOSED"],
    credentials: { username: "gladly", password_wo: "canary-password", password_wo_version: 1, realm: null },
    ...changes,
  };
}

async function core() {
  return gladlyCore(setup.sandbox.gladly.url);
}

async function created(changes: Record<string, Value> = {}) {
  const terraform = await core();
  const { state, errors } = await terraform.apply(WEBHOOK, null, config(changes));
  expect(errors).toEqual([]);
  if (!state) throw new Error("nothing was created");
  return { state, id: String(state.id) };
}

describe("a webhook", () => {
  it("is created enabled after its receiver answers the PING, and the next plan has no changes", async () => {
    const { state } = await created();
    expect(state).toMatchObject({ enabled: true, status: "active", has_credentials: true, header_keys: [] });
    expect(setup.receiver.received.map(({ body }) => JSON.parse(body).type)).toEqual(["PING"]);
    expect(setup.receiver.received[0]?.headers.authorization).toBe(
      `Basic ${Buffer.from("gladly:canary-password").toString("base64")}`,
    );
    const next = await core();
    const refreshed = await next.refresh(WEBHOOK, state);
    expect(refreshed).toMatchObject({ errors: [], warnings: [] });
    expect(await next.plan(WEBHOOK, refreshed.state, config())).toMatchObject({ action: "none" });
  });

  it("is not created when the receiver refuses the PING, and the error names receiver and answer", async () => {
    setup.receiver.status = 503;
    const { state, errors } = await (await core()).apply(WEBHOOK, null, config());
    expect(state).toBeNull();
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(/^url: The receiver did not answer the PING/);
    expect(errors[0]).toContain(setup.receiver.url());
    expect(errors[0]).toContain("503");
    expect(await setup.call("GET", "/api/v1/webhooks")).toEqual([]);
  });

  it("shows that Gladly disabled it, with the cause, and is enabled again when the receiver answers", async () => {
    const { state, id } = await created({ events: ["CONVERSATION/CREATED"] });
    await setup.deactivate(id);
    const next = await core();
    const refreshed = await next.refresh(WEBHOOK, state);
    expect(refreshed.state).toMatchObject({ enabled: false, status: "deactivated_by_gladly" });
    expect(refreshed.warnings.join()).toMatch(/Gladly switched this webhook off .*after the fourth failed retry/);
    expect(refreshed.warnings.join()).toContain(String(refreshed.state?.disabled_at_due_to_retry_limit));
    expect((await next.plan(WEBHOOK, refreshed.state, config())).planned).toMatchObject({ enabled: true });

    setup.receiver.status = 500;
    const refused = await next.apply(WEBHOOK, refreshed.state, config());
    expect(refused.errors.join()).toMatch(/did not answer the PING.*500/);
    expect(refused.state).toMatchObject({ enabled: false });

    setup.receiver.status = 200;
    const healed = await next.apply(WEBHOOK, refreshed.state, config());
    expect(healed).toMatchObject({
      errors: [],
      state: { enabled: true, status: "active", disabled_at_due_to_retry_limit: null },
    });
  });

  it("distinguishes a webhook that a person disabled from one that Gladly disabled", async () => {
    const { state, id } = await created();
    await setup.call("PATCH", `/api/v1/webhooks/${id}`, { enabled: false });
    const refreshed = await (await core()).refresh(WEBHOOK, state);
    expect(refreshed.state).toMatchObject({ enabled: false, status: "disabled" });
    expect(refreshed.warnings.join()).toMatch(/switched off by hand/);
  });

  it("sends only changed fields, to avoid unnecessary PINGs", async () => {
    const { state } = await created();
    await setup.requests();
    setup.receiver.received.length = 0;
    const changed = await (await core()).apply(
      WEBHOOK,
      state,
      config({ name: "Surveys", events: ["CONVERSATION/CLOSED", "CONVERSATION/REOPENED"] }),
    );
    expect(changed.errors).toEqual([]);
    expect(changed.state).toMatchObject({ name: "Surveys", id: state.id });
    const journal = await setup.call("GET", "/_sandbox/journal");
    if (!Array.isArray(journal)) throw new Error("the journal is no list");
    const sent = journal.filter(({ method }) => method === "PATCH").map(({ body }) => JSON.parse(body));
    expect(sent).toEqual([{ name: "Surveys", events: ["CONVERSATION/CLOSED", "CONVERSATION/REOPENED"] }]);
    expect(setup.receiver.received).toEqual([]);
  });

  it("sends the password again only when its version changes", async () => {
    const { state, id } = await created();
    const credentials = (password: string, version: number) => ({
      credentials: { username: "gladly", password_wo: password, password_wo_version: version, realm: null },
    });
    const terraform = await core();
    expect(await terraform.plan(WEBHOOK, state, config(credentials("another", 1)))).toMatchObject({ action: "none" });
    const rotated = await terraform.apply(WEBHOOK, state, config(credentials("rotated", 2)));
    expect(rotated.errors).toEqual([]);
    await setup.call("PATCH", `/api/v1/webhooks/${id}`, { enabled: false });
    await setup.call("PATCH", `/api/v1/webhooks/${id}`, { enabled: true });
    expect(setup.receiver.received.at(-1)?.headers.authorization).toBe(
      `Basic ${Buffer.from("gladly:rotated").toString("base64")}`,
    );
  });

  it("can be planned without its password, and reports a missing password at apply", async () => {
    const without = config({
      credentials: { username: "gladly", password_wo: null, password_wo_version: 1, realm: null },
    });
    const terraform = await core();
    expect(await terraform.plan(WEBHOOK, null, without)).toMatchObject({ action: "create", errors: [] });
    expect((await terraform.apply(WEBHOOK, null, config(), without)).errors).toEqual([]);
    const { errors } = await (await core()).apply(WEBHOOK, null, without);
    expect(errors.join()).toMatch(/^credentials: The webhook's password is missing.*At credentials\.password_wo\./s);
  });

  it("plans to restore credentials that someone removed", async () => {
    const { state, id } = await created();
    await setup.call("PATCH", `/api/v1/webhooks/${id}`, { credentials: null });
    const next = await core();
    const refreshed = await next.refresh(WEBHOOK, state);
    expect(refreshed.warnings.join()).toMatch(/credentials were removed/);
    expect((await next.plan(WEBHOOK, refreshed.state, config())).action).toBe("update");
    expect((await next.apply(WEBHOOK, refreshed.state, config())).state).toMatchObject({ has_credentials: true });
  });

  it("removes credentials that were removed from the configuration", async () => {
    const { state } = await created();
    const changed = await (await core()).apply(WEBHOOK, state, config({ credentials: null }));
    expect(changed).toMatchObject({ errors: [], warnings: [], state: { credentials: null, has_credentials: false } });
  });

  it("sends headers without storing their values, and plans to restore a missing header", async () => {
    const headers = { headers_wo: { "X-Relay-Key": "canary-header" }, headers_wo_version: 1 };
    const { state, id } = await created(headers);
    expect(state).toMatchObject({ headers_wo: null, header_keys: ["X-Relay-Key"] });
    expect(setup.receiver.received[0]?.headers["x-relay-key"]).toBe("canary-header");
    await setup.call("PATCH", `/api/v1/webhooks/${id}`, { headers: {} });
    const next = await core();
    const refreshed = await next.refresh(WEBHOOK, state);
    expect(refreshed.warnings.join()).toMatch(/headers were changed.*X-Relay-Key.*none/);
    const healed = await next.apply(WEBHOOK, refreshed.state, config(headers));
    expect(healed.state).toMatchObject({ header_keys: ["X-Relay-Key"], headers_wo_version: 1 });
  });

  it("warns about a change that Gladly does not show, such as a replaced password, and only then", async () => {
    const { state, id } = await created();
    expect((await (await core()).refresh(WEBHOOK, state)).warnings).toEqual([]);
    await setup.call("PATCH", `/api/v1/webhooks/${id}`, { credentials: { username: "gladly", password: "other" } });
    expect((await (await core()).refresh(WEBHOOK, state)).warnings.join()).toMatch(/Gladly does not show how/);
  });

  it("warns about a hidden change until the secrets are sent again, even next to a visible one", async () => {
    const { state, id } = await created();
    await setup.call("PATCH", `/api/v1/webhooks/${id}`, {
      name: "renamed",
      credentials: { username: "gladly", password: "other" },
    });
    const refreshed = await (await core()).refresh(WEBHOOK, state);
    expect(refreshed.warnings.join()).toMatch(/Gladly does not show how.*not all of it may be shown.*credentials/);
    const restored = await (await core()).apply(WEBHOOK, refreshed.state, config());
    expect(restored).toMatchObject({ errors: [], state: { name: "Survey relay" } });
    const later = await (await core()).refresh(WEBHOOK, restored.state ?? {});
    expect(later.warnings.join()).toMatch(/Gladly does not show how.*raise `password_wo_version`/);
    const credentials = { username: "gladly", password_wo: "new", password_wo_version: 2, realm: null };
    const handed = await (await core()).apply(WEBHOOK, later.state, config({ credentials }));
    expect((await (await core()).refresh(WEBHOOK, handed.state ?? {})).warnings).toEqual([]);
  });

  it("warns about a change between plan and apply", async () => {
    const { state, id } = await created();
    await setup.call("PATCH", `/api/v1/webhooks/${id}`, { credentials: { username: "gladly", password: "other" } });
    const applied = await (await core()).apply(WEBHOOK, state, config({ name: "Surveys" }));
    expect((await (await core()).refresh(WEBHOOK, applied.state ?? {})).warnings.join()).toMatch(/does not show how/);
  });

  it("warns about added credentials and headers as long as they exist", async () => {
    const { state, id } = await created({ credentials: null });
    await setup.call("PATCH", `/api/v1/webhooks/${id}`, {
      credentials: { username: "x", password: "y" },
      headers: { "X-Added": "z" },
    });
    const first = await (await core()).refresh(WEBHOOK, state);
    expect(first.warnings.join()).toMatch(/Credentials were added/);
    expect(first.warnings.join()).toMatch(/headers were changed.*none, and are X-Added/);
    const second = await (await core()).refresh(WEBHOOK, first.state ?? {});
    expect(second.warnings.join()).toMatch(/Credentials were added.*headers were changed/s);
    await setup.call("PATCH", `/api/v1/webhooks/${id}`, { credentials: null, headers: {} });
    expect((await (await core()).refresh(WEBHOOK, second.state ?? {})).warnings).toEqual([]);
  });

  it("does not warn about its own write whose answer was lost", async () => {
    const { state } = await created();
    const fault = { kind: "status", status: 403 };
    await setup.call("POST", "/_sandbox/faults", { effect: fault, method: "GET", path: "/api/v1/webhooks/", times: 1 });
    const failed = await (await core()).apply(WEBHOOK, state, config({ name: "Surveys" }));
    expect(failed.errors).toHaveLength(1);
    const refreshed = await (await core()).refresh(WEBHOOK, failed.state ?? {});
    expect(refreshed).toMatchObject({ warnings: [], state: { name: "Surveys" } });
  });

  it("requires its headers on create and update if they have a version", async () => {
    const { errors, state } = await (await core()).apply(WEBHOOK, null, config({ headers_wo_version: 1 }));
    expect(errors.join()).toMatch(/headers are missing.*`headers_wo` is null/);
    expect(state).toBeNull();
    expect(await setup.call("GET", "/api/v1/webhooks")).toEqual([]);
  });

  it("is disabled before it is deleted, and a webhook that is already deleted is no error", async () => {
    const { state, id } = await created();
    await setup.requests();
    expect(await (await core()).apply(WEBHOOK, state, null)).toMatchObject({ state: null, errors: [] });
    expect(await setup.requests()).toEqual([
      `GET /api/v1/webhooks/${id}`,
      `PATCH /api/v1/webhooks/${id}`,
      `DELETE /api/v1/webhooks/${id}`,
    ]);
    expect(await (await core()).apply(WEBHOOK, state, null)).toMatchObject({ state: null, errors: [] });
  });

  it("is planned again if someone deleted it", async () => {
    const { state, id } = await created({ enabled: false });
    await setup.call("DELETE", `/api/v1/webhooks/${id}`);
    expect((await (await core()).refresh(WEBHOOK, state)).state).toBeNull();
  });

  it("names the webhook that already has the address", async () => {
    const { id } = await created();
    await setup.requests();
    const { errors } = await (await core()).apply(WEBHOOK, null, config({ name: "Second" }));
    expect(errors.join()).toMatch(/^url: The address is taken/);
    expect(errors.join()).toContain(id);
    expect(new Set(await setup.requests())).toEqual(new Set(["GET /api/v1/webhooks"]));
  });

  it("names the limit of webhooks when it is reached", async () => {
    await setup.call("POST", "/_sandbox/settings", { webhookLimit: 20 });
    for (let count = 0; count < 20; count += 1) {
      await setup.call("POST", "/api/v1/webhooks", {
        url: setup.receiver.url(`/${count}`),
        events: ["CONVERSATION/CLOSED"],
      });
    }
    await setup.requests();
    const { errors } = await (await core()).apply(WEBHOOK, null, config());
    expect(errors.join()).toMatch(/Too many webhooks.*20 webhooks in one organization/);
    expect(new Set(await setup.requests())).toEqual(new Set(["GET /api/v1/webhooks"]));
  });

  it("stores its id when a step after the create fails, so that no webhook is lost", async () => {
    await setup.call("POST", "/_sandbox/faults", {
      effect: { kind: "status", status: 403 },
      method: "GET",
      path: "/api/v1/webhooks/",
    });
    const { state, errors } = await (await core()).apply(WEBHOOK, null, config());
    expect(errors).toHaveLength(1);
    await setup.call("DELETE", "/_sandbox/faults");
    const there = await setup.call("GET", "/api/v1/webhooks");
    expect(there).toMatchObject([{ id: state?.id }]);
  });

  it.each([
    ["cut off", { kind: "cut", when: "after" }],
    ["a 502 of a proxy", { kind: "status", status: 502, when: "after" }],
  ])("is found by its address when the answer to its create is lost, and not sent twice: %s", async (_name, effect) => {
    await setup.call("POST", "/_sandbox/faults", { effect, method: "POST", path: "/api/v1/webhooks" });
    const { state, errors, warnings } = await (await core()).apply(WEBHOOK, null, config());
    expect(errors).toEqual([]);
    expect(warnings.join()).toMatch(/answer was lost/);
    expect(await setup.call("GET", "/api/v1/webhooks")).toMatchObject([{ id: state?.id, enabled: true }]);
    expect((await setup.requests()).filter((request) => request === "POST /api/v1/webhooks")).toHaveLength(1);
  });

  it("is read again when the first list after its create does not have it yet", async () => {
    const effect = { kind: "status", status: 404 };
    await setup.call("POST", "/_sandbox/faults", { effect, method: "GET", path: "/api/v1/webhooks/", times: 2 });
    expect(await (await core()).apply(WEBHOOK, null, config())).toMatchObject({ errors: [], state: { enabled: true } });
  });

  it("is read again when a refresh right after its create does not find it", async () => {
    const { state } = await created();
    const none = { effect: { kind: "status", status: 200, body: "[]" }, method: "GET", path: "/api/v1/webhooks" };
    await setup.call("POST", "/_sandbox/faults", { ...none, times: 1 });
    const missing = { kind: "status", status: 404 };
    await setup.call("POST", "/_sandbox/faults", {
      effect: missing,
      method: "GET",
      path: "/api/v1/webhooks/",
      times: 1,
    });
    expect((await (await core()).refresh(WEBHOOK, state)).state).toEqual(state);
  });

  it("gets the address of a webhook that is removed in the same run, in any order", async () => {
    for (const order of ["create first", "delete first"]) {
      const { state, id } = await created();
      const run = await core();
      const create = () => run.apply(WEBHOOK, null, config({ name: "new" }));
      const destroy = () => run.apply(WEBHOOK, state, null);
      const [made] = await (order === "create first"
        ? Promise.all([create(), destroy()])
        : Promise.all([destroy(), create()]).then(([a, b]) => [b, a]));
      expect(made).toMatchObject({ errors: [], state: { name: "new", enabled: true } });
      expect(made?.state?.id).not.toBe(id);
      await (await core()).apply(WEBHOOK, made?.state ?? null, null);
    }
  });

  it("stays when its successor was refused because it still existed", async () => {
    const { state, id } = await created();
    const run = await core();
    expect((await run.apply(WEBHOOK, null, config())).errors.join()).toMatch(/address is taken.*moved.*create_before/);
    expect((await run.apply(WEBHOOK, state, null)).errors.join()).toMatch(/Kept the webhook.*Apply again/);
    expect(await setup.call("GET", `/api/v1/webhooks/${id}`)).toMatchObject({ enabled: true });
  });

  it("gets an address that another webhook releases in the same run, and says why two cannot exchange addresses", async () => {
    const a = await created({ url: setup.receiver.url("/a") });
    const b = await created({ url: setup.receiver.url("/b"), name: "B" });
    const run = await core();
    const [left, taken] = await Promise.all([
      run.apply(WEBHOOK, a.state, config({ url: setup.receiver.url("/c") })),
      run.apply(WEBHOOK, b.state, config({ name: "B", url: setup.receiver.url("/a") })),
    ]);
    expect(left.errors).toEqual([]);
    expect(taken).toMatchObject({ errors: [], state: { url: setup.receiver.url("/a") } });
    const swap = await core();
    const swapped = await Promise.all([
      swap.apply(WEBHOOK, left.state, config({ url: setup.receiver.url("/a") })),
      swap.apply(WEBHOOK, taken.state, config({ name: "B", url: setup.receiver.url("/c") })),
    ]);
    for (const { errors } of swapped) expect(errors.join()).toMatch(/exchange their addresses.*third address/);
    expect(await setup.call("GET", "/api/v1/webhooks")).toMatchObject([{ enabled: true }, { enabled: true }]);
  });

  it("is imported by id, url and name, and then only its secrets are planned", async () => {
    const { state, id } = await created();
    for (const mark of [id, setup.receiver.url(), "Survey relay"]) {
      const imported = await (await core()).import(WEBHOOK, mark);
      expect(imported.errors).toEqual([]);
      expect(imported.state).toEqual({ ...state, credentials: null });
    }
    const missing = await (await core()).import(WEBHOOK, "-no-such");
    expect(missing.errors.join()).toMatch(/no webhook with the id, the url or the name "-no-such".*There are:/s);
  });

  it("is imported with the credentials that a person enters, and then nothing is planned", async () => {
    const { state, id } = await created({ headers_wo: null });
    const imported = await (await core()).import(WEBHOOK, `${id},gladly,1`);
    expect(imported).toMatchObject({ errors: [], state });
    if (!imported.state) throw new Error("nothing was imported");
    const next = await core();
    const refreshed = await next.refresh(WEBHOOK, imported.state);
    expect(refreshed).toMatchObject({ errors: [], warnings: [] });
    expect(await next.plan(WEBHOOK, refreshed.state, config())).toMatchObject({ action: "none" });
    // Another password than the entered one is a change, as always.
    const rotated = { username: "gladly", password_wo: "new", password_wo_version: 2, realm: null };
    expect(await next.plan(WEBHOOK, refreshed.state, config({ credentials: rotated }))).toMatchObject({
      action: "update",
    });
  });

  it("is not imported with credentials when Gladly has none, nor by an ambiguous name", async () => {
    const { id } = await created({ credentials: null });
    const refused = await (await core()).import(WEBHOOK, `${id},gladly,1`);
    expect(refused.errors.join()).toMatch(/has no credentials.*Gladly says that it has none.*Import it by/s);
    const named = await (await core()).import(WEBHOOK, "Survey relay,gladly,1");
    expect(named.errors.join()).toMatch(/no webhook with .*"Survey relay".*There are:/s);
    await created({ name: "a,b,1", url: `${setup.receiver.url()}/other` });
    expect((await (await core()).import(WEBHOOK, "a,b,1")).state).toMatchObject({ name: "a,b,1", credentials: null });
  });

  it.each([
    ["a name that is empty", { name: " " }, /^name: Invalid value \(It must not be empty/],
    ["a name of 201 characters", { name: "é".repeat(201) }, /^name: .*201 characters/],
    ["an invalid url", { url: "relay" }, /^url: .*not an absolute address/],
    ["a url with a space", { url: "https://relay.example.com/ " }, /^url: .*must not contain spaces/],
    ["200 emoji, which Gladly counts twice", { name: "😀".repeat(200) }, /^name: .*400 characters/],
    ["the same header twice", { headers_wo: { "X-A": "1", "x-a": "2" } }, /^headers_wo: .*same header; give it once/],
    ["__proto__ as a header", { headers_wo: Object.fromEntries([["__proto__", "x"]]) }, /^headers_wo: .*__proto__/],
    [
      "a fraction as a version",
      { headers_wo: {}, headers_wo_version: 0.5 },
      /^headers_wo_version: .*not a whole number/,
    ],
    [
      "a colon in a user name",
      { credentials: { username: "a:b", password_wo: "x", password_wo_version: 1, realm: null } },
      /^credentials: .*cannot contain a colon/,
    ],
    [
      "a password with the line break of its file",
      { credentials: { username: "a", password_wo: "x\n", password_wo_version: 1, realm: null } },
      /^credentials: .*ends with a line break.*trimspace/,
    ],
    [
      "Authorization beside credentials",
      { headers_wo: { authorization: "x" }, headers_wo_version: 1 },
      /^headers_wo: Two ways to authenticate/,
    ],
    ["a url in the clear", { url: "http://relay.example.com/" }, /^url: .*https:/],
    ["a url with a password", { url: "https://a:b@relay.example.com/" }, /^url: .*must not hold a user name/],
    ["no events", { events: [] }, /^events: .*At least one/],
    ["a PING subscription", { events: ["PING"] }, /^events: .*cannot be subscribed/],
    ["a malformed event", { events: ["closed"] }, /^events: .*"closed" is not an event type/],
    [
      "an empty user name",
      { credentials: { username: "", password_wo: null, password_wo_version: null, realm: null } },
      /^credentials: .*At credentials\.username\./s,
    ],
    ["an invalid header", { headers_wo: { "no good": "x" } }, /^headers_wo: .*not the name of a header/],
    [
      "an invalid timeout",
      { timeouts: { create: "soon", read: null, update: null, delete: null } },
      /^timeouts: .*not a duration.*At timeouts\.create\./s,
    ],
  ])("refuses %s before any request", async (_what, changes, message) => {
    const { errors } = await (await core()).validate(WEBHOOK, config(changes));
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(message);
  });
});
