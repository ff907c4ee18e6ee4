import { UNKNOWN, type Value } from "../../../src/provider/protocol/values/value";
import { withPrivateOf } from "../support/core";
import { type GladlySetup, gladlyCore, startGladlySetup } from "../support/gladly-core";

const TOPIC = "gladly_topic";
const NO_LIMITS = { create: null, read: null, update: null, delete: null };
let setup: GladlySetup;

beforeAll(async () => {
  setup = await startGladlySetup();
});
afterEach(() => setup.reset());
afterAll(() => setup.close());

const core = () => gladlyCore(setup.sandbox.gladly.url);

async function created(config: Record<string, Value>) {
  const { state, errors } = await (await core()).apply(TOPIC, null, config);
  expect(errors).toEqual([]);
  if (!state) throw new Error("nothing was created");
  return { state, id: String(state.id) };
}

describe("a topic", () => {
  it("is created with one request and one for the organization in each run, and the next plan has no changes", async () => {
    await setup.requests();
    const { state } = await created({ name: "Damaged box" });
    expect(await setup.requests()).toEqual(["GET /api/v1/topics", "POST /api/v1/topics", "GET /api/v1/organization"]);
    const next = await core();
    const refreshed = await next.refresh(TOPIC, state);
    expect(refreshed.state).toEqual(state);
    expect(await next.plan(TOPIC, refreshed.state, { name: "Damaged box" })).toMatchObject({ action: "none" });
  });

  it("is refreshed with one request for any number of topics", async () => {
    const states = [];
    for (let count = 0; count < 30; count += 1) states.push((await created({ name: `Topic ${count}` })).state);
    await setup.requests();
    const next = await core();
    await Promise.all(states.map((state) => next.refresh(TOPIC, state)));
    expect(await setup.requests()).toEqual(["GET /api/v1/topics"]);
  });

  it("is renamed and moved in place", async () => {
    const parent = await created({ name: "Shipping desk" });
    const { state, id } = await created({ name: "Damaged box" });
    const next = await core();
    const moved = await next.apply(TOPIC, state, { name: "Damaged", parent_id: parent.id });
    expect(moved).toMatchObject({ errors: [], state: { id, name: "Damaged", parent_id: parent.id } });
    expect(await setup.call("GET", `/api/v1/topics/${id}`)).toMatchObject({ name: "Damaged", parentId: parent.id });
    const back = await (await core()).apply(TOPIC, moved.state, { name: "Damaged" });
    expect(back).toMatchObject({ errors: [], state: { parent_id: null } });
    expect((await (await core()).refresh(TOPIC, back.state ?? {})).state).toEqual(back.state);
  });

  it("is disabled by destroy with its current name, and a warning says that it stays", async () => {
    const { state, id } = await created({ name: "Damaged box" });
    await setup.call("PATCH", `/api/v1/topics/${id}`, { name: "Renamed by hand" });
    const gone = await (await core()).apply(TOPIC, state, null);
    expect(gone).toMatchObject({ state: null, errors: [] });
    expect(gone.warnings.join()).toMatch(/disabled, not deleted/);
    expect(await setup.call("GET", `/api/v1/topics/${id}`)).toEqual({ id, name: "Renamed by hand", disabled: true });
  });

  it("takes over a disabled topic with its name and enables it, with a warning", async () => {
    const first = await created({ name: "Damaged box" });
    await (await core()).apply(TOPIC, first.state, null);
    const again = await (await core()).apply(TOPIC, null, { name: "Damaged box" });
    expect(again).toMatchObject({ errors: [], state: { id: first.id, disabled: false } });
    expect(again.warnings.join()).toMatch(/Took over a disabled topic.*enabled again/);
    expect((await (await core()).refresh(TOPIC, again.state ?? {})).state).toEqual(again.state);
  });

  it("takes over an enabled topic only if adopt_existing allows it", async () => {
    const first = await created({ name: "Damaged box" });
    const refused = await (await core()).apply(TOPIC, null, { name: "Damaged box" });
    expect(refused.state).toBeNull();
    expect(refused.errors.join()).toMatch(/^name: A topic of this name exists/);
    expect(refused.errors.join()).toContain(first.id);
    const adopted = await (await core()).apply(TOPIC, null, { name: "Damaged box", adopt_existing: true });
    expect(adopted).toMatchObject({ errors: [], state: { id: first.id } });
    expect(adopted.warnings.join()).toMatch(/Took over an existing topic/);
  });

  it("leaves no difference when it takes over a topic that is below another one", async () => {
    const parent = await created({ name: "Shipping desk" });
    await created({ name: "Damaged box", parent_id: parent.id });
    const adopted = await (await core()).apply(TOPIC, null, { name: "Damaged box", adopt_existing: true });
    const next = await core();
    const refreshed = await next.refresh(TOPIC, adopted.state ?? {});
    expect(await next.plan(TOPIC, refreshed.state, { name: "Damaged box", adopt_existing: true })).toMatchObject({
      action: "none",
    });
  });

  it("is refused at plan when a topic that Terraform does not manage has its name", async () => {
    const { id } = await created({ name: "Damaged box" });
    const mine = await created({ name: "Mine" });
    const run = await core();
    expect((await run.plan(TOPIC, null, { name: "Damaged box" })).errors.join()).toMatch(
      /^name: A topic of this name exists.*import it/,
    );
    expect(await run.plan(TOPIC, null, { name: "Damaged box", adopt_existing: true })).toMatchObject({ errors: [] });
    expect((await run.plan(TOPIC, mine.state, { name: "Damaged box" })).errors.join()).toMatch(
      /^name: The name is taken/,
    );
    await setup.call("PATCH", `/api/v1/topics/${id}`, { name: "Damaged box", disabled: true });
    const later = await core();
    expect(await later.plan(TOPIC, null, { name: "Damaged box" })).toMatchObject({ errors: [], action: "create" });
    expect((await later.plan(TOPIC, mine.state, { name: "Damaged box" })).errors.join()).toMatch(/name is taken/);
  });

  it("is checked by the apply when its name is not known yet, or when a topic in the state has it", async () => {
    const { state } = await created({ name: "Damaged box" });
    const run = await core();
    expect(await run.plan(TOPIC, null, { name: UNKNOWN })).toMatchObject({ errors: [] });
    const [renamed, fresh] = await Promise.all([
      run.plan(TOPIC, null, { name: "Damaged box" }),
      run.plan(TOPIC, state, { name: "Broken box" }),
    ]);
    expect([renamed.errors, fresh.errors]).toEqual([[], []]);
  });

  it("is planned without Gladly's answer, with a warning, when Gladly cannot be reached", async () => {
    const offline = await gladlyCore("http://127.0.0.1:1");
    const { errors, warnings } = await offline.plan(TOPIC, null, { name: "n", timeouts: { ...NO_LIMITS, read: "1s" } });
    expect(errors).toEqual([]);
    expect(warnings.join()).toMatch(/could not be asked for the topic's name.*If another topic has the name "n"/);
  });

  it("reads all names with one request in each run, for any number of topics", async () => {
    await setup.requests();
    const run = await core();
    await Promise.all(["a", "b", "c", "d"].map((name) => run.apply(TOPIC, null, { name })));
    const asked = (await setup.requests()).filter((request) => request === "GET /api/v1/topics");
    expect(asked).toHaveLength(1);
  });

  it("names the topic that already has the new name", async () => {
    const other = await created({ name: "Wrong box" });
    const { state } = await created({ name: "Damaged box" });
    const { errors, state: after } = await (await core()).apply(TOPIC, state, { name: "Wrong box" });
    expect(errors.join()).toMatch(/^name: The name is taken/);
    expect(errors.join()).toContain(other.id);
    expect(after).toEqual(state);
  });

  it("is imported by name, and by id, even one that starts with a dash", async () => {
    await setup.call("POST", "/api/v1/topics", { id: "-dash_first", name: "Damaged box" });
    for (const mark of ["-dash_first", "Damaged box"]) {
      const { state, errors } = await (await core()).import(TOPIC, mark);
      expect(errors).toEqual([]);
      expect(state).toMatchObject({ id: "-dash_first", name: "Damaged box", disabled: false });
    }
    expect((await (await core()).import(TOPIC, "damaged box")).errors.join()).toMatch(
      /no topic with the id or the name/,
    );
  });

  it("is read again after a write", async () => {
    const { state } = await created({ name: "Damaged box" });
    const terraform = await core();
    await terraform.refresh(TOPIC, state);
    const renamed = await terraform.apply(TOPIC, state, { name: "Broken box" });
    expect((await terraform.refresh(TOPIC, renamed.state ?? {})).state).toMatchObject({ name: "Broken box" });
  });

  it("does not count as deleted when the list is cut", async () => {
    const { state } = await created({ name: "Damaged box" });
    const effect = { kind: "status", status: 200, body: "[]" };
    await setup.call("POST", "/_sandbox/faults", { effect, method: "GET", path: "/api/v1/topics", times: 1 });
    expect((await (await core()).refresh(TOPIC, state)).state).toEqual(state);
  });

  it("is removed from the state when Gladly no longer has it", async () => {
    const { state } = await created({ name: "Damaged box" });
    expect((await (await core()).refresh(TOPIC, { ...state, id: "gone" })).state).toBeNull();
  });

  it("says that it is deleted, or in another organization if the state has none", async () => {
    const { state } = await created({ name: "Damaged box" });
    const unknown = await (await core()).refresh(TOPIC, { ...state, id: "gone" });
    expect(unknown.warnings.join()).toMatch(/topic is gone from Gladly.*or the provider's `url` points to another/);
    const known = await (await core()).refresh(TOPIC, withPrivateOf(state, { ...state, id: "gone" }));
    expect(known.warnings.join()).toMatch(/topic is gone from Gladly.*same organization as before/);
  });

  it("is not planned again in another organization", async () => {
    const { state } = await created({ name: "Damaged box" });
    const other = await startGladlySetup();
    try {
      await other.call("POST", "/_sandbox/faults", {
        effect: { kind: "status", status: 200, body: '{"id":"another","name":"Another"}' },
        method: "GET",
        path: "/api/v1/organization",
      });
      const moved = await gladlyCore(other.sandbox.gladly.url);
      const refreshed = await moved.refresh(TOPIC, state);
      expect(refreshed.errors.join()).toMatch(/another Gladly organization.*terraform workspace new.*state rm/s);
      expect(refreshed.state).toEqual(state);
      expect((await moved.apply(TOPIC, state, null)).errors.join()).toMatch(/another Gladly organization/);
    } finally {
      await other.close();
    }
  });

  it.each([
    ["cut off", { kind: "cut", when: "after" }],
    ["a 502 of a proxy", { kind: "status", status: 502, when: "after" }],
    ["an answer without its id", { kind: "status", status: 200, when: "after" }],
  ])("is found by its id when the answer to its create is lost: %s", async (_name, effect) => {
    await setup.call("POST", "/_sandbox/faults", { effect, method: "POST", path: "/api/v1/topics", times: 1 });
    const { state, errors, warnings } = await (await core()).apply(TOPIC, null, { name: "Damaged box" });
    expect(errors).toEqual([]);
    expect(warnings.join()).toMatch(/answer was lost/);
    expect(await setup.call("GET", `/api/v1/topics/${String(state?.id)}`)).toMatchObject({ name: "Damaged box" });
  });

  it("says that nothing was created when the request did not arrive", async () => {
    const effect = { kind: "cut", when: "before" };
    await setup.call("POST", "/_sandbox/faults", { effect, method: "POST", path: "/api/v1/topics", times: 1 });
    const { state, errors } = await (await core()).apply(TOPIC, null, { name: "Damaged box" });
    expect(state).toBeNull();
    expect(errors.join()).toMatch(/Gladly did not create it.*nothing was created/);
  });

  it("has one resource in a run: a second resource with its name is refused, in any order", async () => {
    const first = await created({ name: "dup" });
    await (await core()).apply(TOPIC, first.state, null);
    const run = await core();
    const both = await Promise.all([
      run.apply(TOPIC, null, { name: "dup" }),
      run.apply(TOPIC, null, { name: "dup", adopt_existing: true }),
    ]);
    const [made, refused] = both[0].state ? both : both.toReversed();
    expect(made).toMatchObject({ errors: [], state: { id: first.id } });
    expect(refused?.state).toBeNull();
    expect(refused?.errors.join()).toMatch(/Two resources for one object in Gladly.*topic resource named "dup"/);
  });

  it("is taken over, not disabled, when its old resource is removed in the same run, in any order", async () => {
    for (const [index, order] of ["create first", "delete first"].entries()) {
      const { state, id } = await created({ name: `rn ${index}` });
      const run = await core();
      const create = () => run.apply(TOPIC, null, { name: `rn ${index}` });
      const destroy = () => run.apply(TOPIC, state, null);
      const [made] = await (order === "create first"
        ? Promise.all([create(), destroy()])
        : Promise.all([destroy(), create()]).then(([a, b]) => [b, a]));
      expect(made).toMatchObject({ errors: [], state: { id, disabled: false } });
      expect(await setup.call("GET", `/api/v1/topics/${id}`)).toMatchObject({ disabled: false });
    }
  });

  it("stays when its successor was refused because it still existed", async () => {
    const { state, id } = await created({ name: "rn" });
    const run = await core();
    expect((await run.apply(TOPIC, null, { name: "rn" })).errors.join()).toMatch(/A topic of this name exists/);
    expect((await run.apply(TOPIC, state, null)).errors.join()).toMatch(/Kept the topic/);
    expect(await setup.call("GET", `/api/v1/topics/${id}`)).toMatchObject({ disabled: false });
  });

  it("gets a name that another topic releases in the same run, and says why two cannot exchange names", async () => {
    const a = await created({ name: "a" });
    const b = await created({ name: "b" });
    const run = await core();
    const [, taken] = await Promise.all([
      run.apply(TOPIC, a.state, { name: "c" }),
      run.apply(TOPIC, b.state, { name: "a" }),
    ]);
    expect(taken).toMatchObject({ errors: [], state: { name: "a" } });
    const swap = await core();
    const [x, y] = await Promise.all([
      swap.apply(TOPIC, withPrivateOf(a.state, { ...a.state, name: "c" }), { name: "a" }),
      swap.apply(TOPIC, withPrivateOf(b.state, { ...b.state, name: "a" }), { name: "c" }),
    ]);
    for (const { errors } of [x, y]) expect(errors.join()).toMatch(/name is taken.*waits in turn.*third name/);
  });

  it("warns of two resources that have it", async () => {
    const { state } = await created({ name: "dup" });
    const run = await core();
    expect((await run.refresh(TOPIC, state)).warnings).toEqual([]);
    expect((await run.refresh(TOPIC, state)).warnings.join()).toMatch(/Two resources manage one topic/);
  });

  it("is found by its composed name when Gladly has a decomposed one", async () => {
    await setup.call("POST", "/api/v1/topics", { id: "nfd", name: "Cafe\u0301" });
    const { state, errors } = await (await core()).import(TOPIC, "Caf\u00e9");
    expect(errors).toEqual([]);
    expect(state).toMatchObject({ id: "nfd", name: "Caf\u00e9" });
  });

  it("keeps its time limit when lists are slow, and waits longer if the limit allows", async () => {
    const { state } = await created({ name: "slow" });
    const effect = { kind: "latency", milliseconds: 1500 };
    await setup.call("POST", "/_sandbox/faults", { effect, method: "GET", path: "/api/v1/topics" });
    const timeouts = (read: string) => ({ timeouts: { create: null, update: null, delete: null, read } });
    const run = await core();
    const [short, long] = await Promise.all([
      run.refresh(TOPIC, withPrivateOf(state, { ...state, ...timeouts("300ms") })),
      run.refresh(TOPIC, withPrivateOf(state, { ...state, ...timeouts("20s") })),
    ]);
    expect(short.errors.join()).toMatch(/no answer in time.*raise the resource's `timeouts`/);
    expect(long.errors).toEqual([]);
  });
});
