import { SandboxClock } from "../../src/sandbox/clock";
import { until } from "./support";

test("a frozen clock moves only when advanced, and then runs due actions in order", async () => {
  const clock = new SandboxClock();
  clock.change({ freeze: true });
  const start = clock.now();
  const done: string[] = [];
  clock.schedule(start + 3600_000, () => done.push("in an hour"));
  clock.schedule(start + 60_000, () => done.push("in a minute"));
  const cancel = clock.schedule(start + 1000, () => done.push("cancelled"));
  cancel();
  clock.change({ advance: 59_999 });
  expect(clock.now()).toBe(start + 59_999);
  clock.change({ advance: 2 });
  await until("the first action", () => done.length === 1);
  expect(done).toEqual(["in a minute"]);
  clock.change({ advance: 7200_000 });
  await until("the second action", () => done.length === 2);
  expect(done).toEqual(["in a minute", "in an hour"]);
});

test("a clock at 1000 times the speed reaches the next minute while a test waits", async () => {
  const clock = new SandboxClock(1000);
  let reached = 0;
  const due = clock.now() + 60_000;
  clock.schedule(due, () => {
    reached = clock.now();
  });
  await until("a minute", () => reached > 0);
  expect(reached).toBeGreaterThanOrEqual(due);
});

test("a change of the scale does not change the current time", () => {
  const clock = new SandboxClock();
  const before = clock.now();
  clock.change({ scale: 1_000_000, freeze: true });
  expect(clock.now() - before).toBeLessThan(10_000);
});

test("a scale of zero is refused", () => {
  expect(() => new SandboxClock(0)).toThrow(/above 0/);
});

test("a frozen clock keeps no timer", () => {
  const timers = () => process.getActiveResourcesInfo().filter((resource) => resource === "Timeout").length;
  const clock = new SandboxClock();
  clock.change({ freeze: true });
  const before = timers();
  clock.schedule(clock.now() + 1000, () => undefined);
  expect(timers()).toBe(before);
  clock.change({ freeze: false });
  expect(timers()).toBe(before + 1);
  clock.stop();
});
