/** How the core handles times that a wrong clock wrote. */
import { LONGEST_WAIT } from "../../src/relay/backoff";
import { Breaker } from "../../src/relay/breaker";
import { claim, LEASE } from "../../src/relay/claim";
import { isFromAhead, type Mark, planLook } from "../../src/relay/relay-time";
import { MemoryLedger, Notes, TestClock } from "./support/memory";
import { claimant, NOON, written } from "./support/records";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MANY = { oncePerConversation: false, surveyMode: "test" } as const;
const AHEAD = [HOUR, 2 * DAY, 40 * DAY];

test.each(AHEAD)("a lease from a clock %i ms ahead is valid for only one lease time", (ahead) => {
  const working = written(claim(undefined, claimant(), NOON + ahead, MANY));
  const other = claimant({ owner: "worker-2" });
  const busy = claim(working, other, NOON, MANY);
  expect(busy).toMatchObject({ kind: "busy", until: NOON + LEASE });
  // The refusal restarts the lease from now. Otherwise it would never end for later claims.
  const stored = written(busy);
  expect(claim(stored, other, NOON + LEASE - 1, MANY).kind).toBe("busy");
  expect(claim(stored, other, NOON + LEASE + 1, MANY)).toMatchObject({ kind: "granted", lost: false });
});

test("a plausible lease is not written again", () => {
  const working = written(claim(undefined, claimant(), NOON, MANY));
  const busy = claim(working, claimant({ owner: "worker-2" }), NOON + 1, MANY);
  expect(busy).toEqual({ kind: "busy", until: NOON + LEASE });
});

test("an event that was received with a clock ahead is given up at the same age as others", () => {
  const record = written(claim(undefined, claimant({ receivedAt: NOON + 40 * DAY }), NOON, MANY));
  expect(record.closures[0]?.since).toBe(NOON);
});

test("a wait from a clock ahead delays another delivery no longer than the longest wait", () => {
  const working = written(claim(undefined, claimant(), NOON, MANY));
  const waiting = {
    ...working,
    closures: working.closures.map((closure) => ({ ...closure, state: "retrying" as const, dueAt: NOON + 40 * DAY })),
  };
  const again = written(claim(waiting, claimant({ owner: "worker-2" }), NOON, MANY));
  expect(again.closures[0]?.dueAt).toBe(NOON + LONGEST_WAIT);
});

test.each(AHEAD)("a breaker opened by a clock %i ms ahead allows a probe at the right time", async (ahead) => {
  const [ledger, clock, notes] = [new MemoryLedger(), new TestClock(), new Notes()];
  const breaker = new Breaker({ ledger, clock, metrics: notes, log: notes.log });
  clock.time = NOON + ahead;
  for (let failure = 0; failure < 5; failure += 1) await breaker.failed();
  expect((await breaker.permit()).kind).toBe("wait");
  clock.time = NOON;
  expect((await breaker.permit()).kind).toBe("go");
  // That was the probe. Others wait for its end, which closes or opens the breaker.
  expect(await breaker.permit()).toMatchObject({ kind: "wait", delay: 60_000 });
  await breaker.succeeded();
  expect((await breaker.permit()).kind).toBe("go");
});

describe("a check of Gladly's history after a check with a clock ahead", () => {
  const relay = { to: "relay", createdAt: NOON - 10 * DAY } as const;
  const settled: Mark = { at: NOON - 60_000, begin: NOON - 9 * DAY, since: NOON - 9 * DAY };
  const look = (mark: Mark, now: number) => planLook(mark, relay, { now, to: now - 120_000 });
  const TO = NOON - 120_000;

  test.each(AHEAD)("%i ms: reads the whole history and sets the mark to now", (ahead) => {
    const marked = look(settled, NOON + ahead).next;
    expect(isFromAhead(marked, NOON)).toBe(true);
    const { next, from } = look(marked, NOON);
    expect(from).toBeLessThanOrEqual(TO - DAY);
    expect(next).toEqual({ ...settled, at: TO });
    expect(isFromAhead(next, NOON)).toBe(false);
  });

  test("the start of the relay's time does not change", () => {
    const young: Mark = { at: NOON + 40 * DAY, begin: NOON - HOUR, since: NOON - HOUR };
    expect(look(young, NOON).from).toBe(NOON - HOUR);
  });

  test("a start of the relay's time by that clock moves to now, because earlier closes may not be this relay's", () => {
    const wrong: Mark = { at: NOON + 40 * DAY, begin: NOON + 40 * DAY, since: NOON + 40 * DAY };
    expect(look(wrong, NOON)).toMatchObject({ from: TO, next: { at: TO, begin: TO, since: TO } });
  });

  test("an arrival with that clock's time does not start the relay's time, the next arrival does", () => {
    const arrived: Mark = { since: NOON - HOUR, pinged: NOON + 2 * DAY };
    const { next, from } = look(arrived, NOON);
    expect(from).toBeUndefined();
    expect(next).toEqual({ since: NOON - HOUR });
    expect(look({ ...next, delivered: NOON }, NOON + HOUR).next.begin).toBe(NOON);
  });
});

test("after a lost ledger, a check can be given an earlier start", () => {
  const relay = { to: "relay", createdAt: NOON - 10 * DAY } as const;
  const times = { now: NOON, to: NOON, wanted: NOON - DAY };
  const fresh: Mark = { begin: NOON - 60_000, since: NOON - 60_000 };
  expect(planLook(fresh, relay, times).from).toBe(NOON - 60_000);
  expect(planLook(fresh, relay, { ...times, lostLedger: true }).from).toBe(NOON - DAY);
  expect(planLook({}, relay, times).from).toBeUndefined();
  expect(planLook({}, relay, { ...times, lostLedger: true }).from).toBe(NOON - DAY);
});
