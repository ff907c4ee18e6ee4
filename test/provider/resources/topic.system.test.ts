import type { Value } from "../../../src/provider/protocol/values/value";
import { gladlyCore, startWorld, type World } from "../support/gladly-core";

const TOPIC = "gladly_topic";
let world: World;

beforeAll(async () => {
  world = await startWorld();
});
afterEach(() => world.reset());
afterAll(() => world.close());

const core = () => gladlyCore(world.sandbox.gladly.url);

async function created(config: Record<string, Value>) {
  const { state, errors } = await (await core()).apply(TOPIC, null, config);
  expect(errors).toEqual([]);
  if (!state) throw new Error("nothing was created");
  return { state, id: String(state.id) };
}

describe("a topic", () => {
  it("is created with one request, and the next plan changes nothing", async () => {
    await world.requests();
    const { state } = await created({ name: "Damaged box" });
    expect(await world.requests()).toEqual(["POST /api/v1/topics"]);
    const next = await core();
    const refreshed = await next.refresh(TOPIC, state);
    expect(refreshed.state).toEqual(state);
    expect(await next.plan(TOPIC, refreshed.state, { name: "Damaged box" })).toMatchObject({ action: "none" });
  });

  it("is refreshed with one request, however many there are", async () => {
    const states = [];
    for (let count = 0; count < 30; count += 1) states.push((await created({ name: `Topic ${count}` })).state);
    await world.requests();
    const next = await core();
    await Promise.all(states.map((state) => next.refresh(TOPIC, state)));
    expect(await world.requests()).toEqual(["GET /api/v1/topics"]);
  });

  it("is renamed and moved in place", async () => {
    const parent = await created({ name: "Shipping desk" });
    const { state, id } = await created({ name: "Damaged box" });
    const next = await core();
    const moved = await next.apply(TOPIC, state, { name: "Damaged", parent_id: parent.id });
    expect(moved).toMatchObject({ errors: [], state: { id, name: "Damaged", parent_id: parent.id } });
    expect(await world.call("GET", `/api/v1/topics/${id}`)).toMatchObject({ name: "Damaged", parentId: parent.id });
    const back = await next.apply(TOPIC, moved.state, { name: "Damaged" });
    expect(back).toMatchObject({ errors: [], state: { parent_id: null } });
    expect((await (await core()).refresh(TOPIC, back.state ?? {})).state).toEqual(back.state);
  });

  it("is disabled by destroy, under the name it has by then, and the warning says that it stays", async () => {
    const { state, id } = await created({ name: "Damaged box" });
    await world.call("PATCH", `/api/v1/topics/${id}`, { name: "Renamed by hand" });
    const gone = await (await core()).apply(TOPIC, state, null);
    expect(gone).toMatchObject({ state: null, errors: [] });
    expect(gone.warnings.join()).toMatch(/disabled, not deleted/);
    expect(await world.call("GET", `/api/v1/topics/${id}`)).toEqual({ id, name: "Renamed by hand", disabled: true });
  });

  it("takes over a disabled topic of its name and enables it, with a warning", async () => {
    const first = await created({ name: "Damaged box" });
    await (await core()).apply(TOPIC, first.state, null);
    const again = await (await core()).apply(TOPIC, null, { name: "Damaged box" });
    expect(again).toMatchObject({ errors: [], state: { id: first.id, disabled: false } });
    expect(again.warnings.join()).toMatch(/Took over a disabled topic.*enabled again/);
    expect((await (await core()).refresh(TOPIC, again.state ?? {})).state).toEqual(again.state);
  });

  it("takes over an enabled topic only where adopt_existing allows it", async () => {
    const first = await created({ name: "Damaged box" });
    const refused = await (await core()).apply(TOPIC, null, { name: "Damaged box" });
    expect(refused.state).toBeNull();
    expect(refused.errors.join()).toMatch(/^name: A topic of this name exists/);
    expect(refused.errors.join()).toContain(first.id);
    const adopted = await (await core()).apply(TOPIC, null, { name: "Damaged box", adopt_existing: true });
    expect(adopted).toMatchObject({ errors: [], state: { id: first.id } });
    expect(adopted.warnings.join()).toMatch(/Took over an existing topic/);
  });

  it("leaves no difference behind when it takes over a topic from below another one", async () => {
    const parent = await created({ name: "Shipping desk" });
    await created({ name: "Damaged box", parent_id: parent.id });
    const adopted = await (await core()).apply(TOPIC, null, { name: "Damaged box", adopt_existing: true });
    const next = await core();
    const refreshed = await next.refresh(TOPIC, adopted.state ?? {});
    expect(await next.plan(TOPIC, refreshed.state, { name: "Damaged box", adopt_existing: true })).toMatchObject({
      action: "none",
    });
  });

  it("names the topic that has the new name of a rename", async () => {
    const other = await created({ name: "Wrong box" });
    const { state } = await created({ name: "Damaged box" });
    const { errors, state: after } = await (await core()).apply(TOPIC, state, { name: "Wrong box" });
    expect(errors.join()).toMatch(/^name: The name is taken/);
    expect(errors.join()).toContain(other.id);
    expect(after).toEqual(state);
  });

  it("is imported by id, also one that begins with a dash, and by name", async () => {
    await world.call("POST", "/api/v1/topics", { id: "-dash_first", name: "Damaged box" });
    for (const mark of ["-dash_first", "Damaged box"]) {
      const { state, errors } = await (await core()).import(TOPIC, mark);
      expect(errors).toEqual([]);
      expect(state).toMatchObject({ id: "-dash_first", name: "Damaged box", disabled: false });
    }
    expect((await (await core()).import(TOPIC, "damaged box")).errors.join()).toMatch(
      /no topic with the id or the name/,
    );
  });

  it("is read anew after a write, and not from what was read before it", async () => {
    const { state } = await created({ name: "Damaged box" });
    const terraform = await core();
    await terraform.refresh(TOPIC, state);
    const renamed = await terraform.apply(TOPIC, state, { name: "Broken box" });
    expect((await terraform.refresh(TOPIC, renamed.state ?? {})).state).toMatchObject({ name: "Broken box" });
  });

  it("is not taken for gone when the list is cut short", async () => {
    const { state } = await created({ name: "Damaged box" });
    const effect = { kind: "status", status: 200, body: "[]" };
    await world.call("POST", "/_sandbox/faults", { effect, method: "GET", path: "/api/v1/topics", times: 1 });
    expect((await (await core()).refresh(TOPIC, state)).state).toEqual(state);
  });

  it("is gone from the state once Gladly does not know it any more", async () => {
    const { state } = await created({ name: "Damaged box" });
    expect((await (await core()).refresh(TOPIC, { ...state, id: "gone" })).state).toBeNull();
  });
});
