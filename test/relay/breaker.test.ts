import { Breaker, FAILURES_TO_OPEN } from "../../src/relay/breaker";
import { MemoryLedger, Notes, TestClock } from "./support/memory";

let ledger: MemoryLedger;
let clock: TestClock;
let notes: Notes;

beforeEach(() => {
  ledger = new MemoryLedger();
  clock = new TestClock();
  notes = new Notes();
});

const breaker = () => new Breaker({ ledger, clock, metrics: notes, log: notes.log });

async function fail(of: Breaker, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) await of.failed();
}

test("five failures in a row suspend calls for half a minute, four and a success do not", async () => {
  const one = breaker();
  await fail(one, FAILURES_TO_OPEN - 1);
  await one.succeeded();
  await fail(one, FAILURES_TO_OPEN - 1);
  expect(await one.permit()).toEqual({ kind: "go" });
  await one.failed();
  expect(await one.permit()).toEqual({ kind: "wait", delay: 30_000 });
  expect(notes.counted).toEqual(["BreakerOpened"]);
});

test("afterwards one call of any worker may probe while the others wait", async () => {
  const one = breaker();
  const other = breaker();
  await fail(one, FAILURES_TO_OPEN);
  clock.time += 30_000;
  const permits = await Promise.all([one.permit(), other.permit()]);
  expect(permits.map((permit) => permit.kind).sort()).toEqual(["go", "wait"]);
  clock.time += 10_000;
  expect((await other.permit()).kind).toBe("wait");
});

test("a probe that fails doubles the pause up to five minutes, one that succeeds ends it for all", async () => {
  const one = breaker();
  await fail(one, FAILURES_TO_OPEN);
  const pauses: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    const wait = await one.permit();
    pauses.push(wait.kind === "wait" ? wait.delay : 0);
    clock.time += wait.kind === "wait" ? wait.delay : 0;
    expect((await one.permit()).kind).toBe("go");
    await one.failed();
  }
  expect(pauses).toEqual([30_000, 60_000, 120_000, 240_000, 300_000]);
  clock.time += 300_000;
  await one.permit();
  await one.succeeded();
  expect(await one.permit()).toEqual({ kind: "go" });
  expect(await breaker().permit()).toEqual({ kind: "go" });
});

test("when a probe never ends, another probe is allowed after a minute", async () => {
  const one = breaker();
  await fail(one, FAILURES_TO_OPEN);
  clock.time += 30_000;
  expect((await one.permit()).kind).toBe("go");
  expect((await one.permit()).kind).toBe("wait");
  clock.time += 60_000;
  expect((await one.permit()).kind).toBe("go");
});
