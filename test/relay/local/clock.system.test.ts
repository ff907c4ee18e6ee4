/** A served relay while its clock is changed: it loses nothing, sends nothing twice, and reports it. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ClockWatch, type Leap } from "../../../src/relay/local/clock-watch";
import { keepHouse } from "../../../src/relay/local/housekeeping";
import { openLocalStores, systemChance } from "../../../src/relay/local/stores";
import { closure, envelope, record } from "../contract/envelopes";
import { TestRelay } from "../support/test-relay";
import { Upstreams } from "../support/upstreams";
import { clockOffForAWhile } from "./clock-off";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

test("after a clock error of two days, waiting closes are sent when the clock is right again", () =>
  clockOffForAWhile(2 * DAY));

test("a start with a clock behind the ledger is reported", async () => {
  const upstreams = await Upstreams.start();
  const home = new TestRelay(upstreams);
  home.configure();
  try {
    const store = openLocalStores(home.path);
    await store.ledger.saveConversation(record("k", closure("e")), undefined);
    store.close();
    await home.serve(0.001, { clock: { now: () => Date.now() - 2 * DAY } });
    expect(home.log).toContainEqual(expect.objectContaining({ event: "clock.leaped", level: "error" }));
  } finally {
    await home.remove();
  }
});

describe("the watch over the clock", () => {
  const clock = { time: 0, now: () => clock.time };
  let steady: number;
  let leaps: Leap[];
  let watch: ClockWatch;
  beforeEach(() => {
    [clock.time, steady, leaps] = [Date.parse("2026-03-01T12:00:00Z"), 0, []];
    watch = new ClockWatch({ clock, steady: () => steady, leaped: (leap) => leaps.push(leap) });
  });
  const run = (wall: number, real: number) => {
    clock.time += wall;
    steady += real;
    watch.look();
  };

  it("reports each leap in either direction once, and nothing for a steady clock, even after a long pause", () => {
    run(3 * DAY, 3 * DAY);
    expect(leaps).toEqual([]);
    run(HOUR + 1000, 1000);
    run(1000, 1000);
    run(-HOUR, 1000);
    expect(leaps.map(({ by }) => Math.round(by / 60_000))).toEqual([60, -60]);
  });

  it("stops work for a minute after a leap, and health reports the leap for a day", () => {
    expect([watch.settled, watch.recent]).toEqual([true, undefined]);
    run(2 * DAY, 1000);
    expect(watch.settled).toBe(false);
    run(60_000, 60_000);
    expect(watch.settled).toBe(true);
    expect(watch.recent).toMatchObject({ noticedAt: "2026-03-03T12:00:00.000Z" });
    run(DAY, DAY);
    expect(watch.recent).toBeUndefined();
  });
});

describe("the store", () => {
  const clock = { time: Date.now(), now: () => clock.time };
  const metrics = {
    counted: 0,
    count: () => {
      metrics.counted += 1;
    },
    observe: () => undefined,
  };
  let path: string;
  let store: ReturnType<typeof openLocalStores>;
  beforeEach(() => {
    path = mkdtempSync(join(tmpdir(), "relay-clock-"));
    metrics.counted = 0;
    store = openLocalStores(path, clock, systemChance);
  });
  afterEach(() => {
    store.close();
    rmSync(path, { recursive: true, force: true });
  });
  const keep = (days = 35) => keepHouse(days, { ...store, clock, metrics });
  const looks = async (count: number, every: number) => {
    for (let look = 0; look < count; look += 1) {
      clock.time += every;
      await keep();
    }
  };

  it.each([HOUR, 2 * DAY, 40 * DAY])(
    "delivers waiting messages on time when the clock is set back by %i ms",
    async (by) => {
      await store.queue.send([envelope("waits"), envelope("handed-out")]);
      const [first] = await store.queue.receive(1);
      await store.queue.receive(1);
      if (first === undefined) throw new Error("nothing was handed out");
      await store.queue.settle(first, { kind: "later", delay: 10_000 });
      clock.time -= by;
      expect(await store.queue.receive(10)).toEqual([]);
      clock.time += 10_001;
      expect((await store.queue.receive(10)).map((message) => message.envelope.id)).toEqual(["waits"]);
      clock.time += 180_000;
      expect(await store.queue.receive(10)).toHaveLength(2);
    },
  );

  it("delivers messages that wait for a clock that was ahead when the relay starts again", async () => {
    await store.queue.send([envelope("e")]);
    clock.time -= 2 * DAY;
    store.close();
    store = openLocalStores(path, clock, systemChance);
    await store.queue.takeBack();
    expect(await store.queue.receive(10)).toHaveLength(1);
  });

  it("deletes nothing while the clock is 40 days ahead for a moment, and nothing in the first day after a start", async () => {
    await store.ledger.saveConversation(record("k", closure("e")), undefined);
    await looks(30, HOUR);
    clock.time += 40 * DAY;
    await keep();
    await looks(2, HOUR);
    clock.time -= 40 * DAY;
    await looks(30, HOUR);
    expect(await store.ledger.conversation("k")).toBeDefined();
    expect(metrics.counted).toBe(0);
  });

  it("deletes records and parked events, including bodies, at the end of their retention", async () => {
    await store.ledger.saveConversation(record("old", closure("e")), undefined);
    await store.queue.send([envelope("parked"), envelope("waiting")]);
    for (const message of await store.queue.receive(1)) {
      await store.queue.settle(message, { kind: "park", reason: "gave-up" });
    }
    await looks(34, DAY);
    await store.ledger.saveConversation(record("young", closure("e")), undefined);
    expect(await store.ledger.conversation("old")).toBeDefined();
    expect(store.queue.depth()).toMatchObject({ parked: 1 });
    await looks(2, DAY);
    expect(await store.ledger.conversation("old")).toBeUndefined();
    expect(await store.ledger.conversation("young")).toBeDefined();
    expect(store.queue.depth()).toMatchObject({ parked: 0, waiting: 1 });
    expect(metrics.counted).toBe(2);
  });
});
