/** `relay replay --release` on a running relay, for each way in which a close can be stuck. */
import { openLocalStores } from "../../../src/relay/local/stores";
import { runRelay } from "../../support/relay";
import { closure, envelope, record } from "../contract/envelopes";
import { closeEvent, TestRelay } from "../support/test-relay";
import { Upstreams } from "../support/upstreams";
import { eventually } from "../support/wait";

let upstreams: Upstreams;
let home: TestRelay;
beforeEach(async () => {
  upstreams = await Upstreams.start();
  home = new TestRelay(upstreams);
  home.configure();
});
afterEach(() => home.remove());

const release = (conversation: string) => runRelay(["replay", "--release", conversation], { RELAY_HOME: home.root });
const stateOf = async (id: string) => (await home.explain(`conversation=${id}`))[0]?.state;

/** Puts a close into the ledger as a killed worker leaves it, without an event in the queue. */
async function withoutEvent(id: string, fields: Parameters<typeof closure>[1] = {}): Promise<void> {
  upstreams.addConversation(id);
  const store = openLocalStores(home.path);
  const known = closure(`event-${id}`, { state: "working", finishes: 0, attempts: 0, ...fields });
  await store.ledger.saveConversation(
    { ...record(`conversation#${id}`, known), conversationId: id, customerId: `customer-${id}` },
    undefined,
  );
  store.close();
}

it("releases a close whose event was lost: one survey, and a later delivery is dropped", async () => {
  await withoutEvent("c1");
  await home.serve();
  expect(await stateOf("c1")).toBe("pending");
  const { code, out } = await release("c1");
  expect(code).toBe(0);
  expect(out).toContain("a copy from the ledger replaces its event");
  expect(out).toContain("exclude.closedBy does not apply");
  expect(out).not.toContain("two surveys");
  await eventually(
    () => stateOf("c1"),
    (state) => state === "sent",
  );
  expect(await home.post(closeEvent("c1", { at: new Date(1_767_604_364_310).toISOString() }))).toBe(200);
  expect((await release("c1")).out).toContain("finished (sent)");
  expect(upstreams.received).toHaveLength(1);
});

it("releases an event that waits for a wrong time", async () => {
  upstreams.addConversation("c2");
  const store = openLocalStores(home.path);
  await store.queue.send([envelope("waits", closeEvent("c2"))]);
  for (const message of await store.queue.receive(1))
    await store.queue.settle(message, { kind: "later", delay: 3_600_000 });
  store.close();
  await home.serve();
  expect(await release("c2")).toMatchObject({ code: 0, out: expect.stringContaining("1, processed now") });
  await eventually(
    () => stateOf("c2"),
    (state) => state === "sent",
  );
  expect(upstreams.received).toHaveLength(1);
});

it("warns that a lost answer can cause a second survey", async () => {
  await withoutEvent("c3", { sending: true });
  const { code, out } = await release("c3");
  expect(code).toBe(0);
  expect(out).toContain("the customer may get two surveys");
});

it("does not release closes in progress, parked closes, or unknown closes", async () => {
  await withoutEvent("busy", { leaseUntil: Date.now() + 40_000 });
  await withoutEvent("parked", { state: "parked", reason: "gave-up" });
  expect(await release("busy")).toMatchObject({ code: 1, out: expect.stringContaining("a worker has it") });
  expect(await release("parked")).toMatchObject({ code: 1, out: expect.stringContaining("relay replay --reason") });
  expect(await release("none")).toMatchObject({ code: 1, err: expect.stringContaining("knows no close") });
  const store = openLocalStores(home.path);
  expect(store.queue.depth()).toEqual({ waiting: 0, handedOut: 0, parked: 0 });
  store.close();
});
