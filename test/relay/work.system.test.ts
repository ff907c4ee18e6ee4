import type { RelayConfigurationInput } from "../../src/contract/relay-configuration";
import { LONGEST_ASKED } from "../../src/relay/backoff";
import { PROBE, wrap } from "../../src/relay/envelope";
import { explain } from "../../src/relay/explain";
import type { GladlyFacts } from "../../src/relay/facts";
import type { Verdict } from "../../src/relay/ports";
import { readMark } from "../../src/relay/relay-time";
import { Worker } from "../../src/relay/work";
import { GladlyUnreachable } from "../../src/vendors/gladly/errors";
import type { StellaOutcome } from "../../src/vendors/stella/outcome";
import { MemoryLedger, Notes, steadyChance, TestClock } from "./support/memory";
import { configuration } from "./support/records";
import { closeEvent, contactEvent } from "./support/test-relay";

let ledger: MemoryLedger;
let clock: TestClock;
let notes: Notes;
let outcome: StellaOutcome;
let fault: Error | undefined;
let gladly: GladlyFacts | undefined;
let gladlyFault: Error | undefined;

beforeEach(() => {
  ledger = new MemoryLedger();
  clock = new TestClock();
  notes = new Notes();
  outcome = { kind: "accepted", status: 200 };
  fault = undefined;
  gladly = undefined;
  gladlyFault = undefined;
});

function work(changes: Partial<RelayConfigurationInput> = {}, body = closeEvent("c1"), replays = 0): Promise<Verdict> {
  const worker = new Worker({
    ...{ ledger, clock, chance: steadyChance(), metrics: notes, log: notes.log },
    configuration: configuration({ delivery: "forward", ...changes }),
    lookUp: {
      facts: async () => {
        if (gladlyFault) throw gladlyFault;
        return gladly;
      },
    },
    secrets: { stellaKey: async (mode) => ({ apiKey: "key", mode }) },
    stella: {
      request: async () => outcome,
      forward: async () => {
        if (fault) throw fault;
        return outcome;
      },
    },
    breaker: {
      permit: async () => ({ kind: "go" }),
      succeeded: async () => undefined,
      failed: async () => undefined,
    },
  });
  return worker.work({ envelope: { ...wrap("envelope-1", clock.now(), Buffer.from(body)), replays }, receipt: "1" });
}

test("an accepted close is done, and a PING or another event is done without a record", async () => {
  expect(await work()).toEqual({ kind: "done" });
  expect(await work({}, '{"type":"PING"}')).toEqual({ kind: "done" });
  expect(await work({}, '{"type":"CONVERSATION/CREATED"}')).toEqual({ kind: "done" });
  expect([...ledger.records.keys()]).toEqual(["conversation#c1"]);
  expect(notes.counted).toEqual(["Sent", "Ignored ping", "Ignored other"]);
});

test("the relay's time begins with Gladly's deliveries, not with the watchdog's PING", async () => {
  const begun = async () => (await readMark(ledger, undefined)).mark;
  await work({}, JSON.stringify({ type: "PING", ...PROBE }));
  expect(await begun()).toEqual({});
  await work({}, '{"type":"PING"}');
  expect(await begun()).toEqual({ pinged: clock.time });
  await work({}, '{"type":"CONVERSATION/CREATED"}');
  expect(await begun()).toEqual({ pinged: clock.time, delivered: clock.time });
});

test("an agent's call does not change the channel that the customer used", async () => {
  const contact = (channel: string, type: string, at: string) =>
    JSON.stringify({ ...JSON.parse(contactEvent("c1", channel, at)), initiator: { id: "x", type } });
  await work({}, contact("EMAIL", "CUSTOMER", "2026-01-05T09:00:00Z"));
  await work({}, contact("PHONE_CALL", "AGENT", "2026-01-05T09:05:00Z"));
  expect(ledger.records.get("conversation#c1")?.value.channel).toBe("EMAIL");
});

test("the policy's delay is waited for once, and not longer, even if Gladly's clock is ahead", async () => {
  const ahead = closeEvent("c1", { at: new Date(clock.time + 3_600_000).toISOString() });
  expect(await work({}, ahead)).toEqual({ kind: "done" });
  ledger = new MemoryLedger();
  const delayed = { policy: { delay: 10 } };
  const now = closeEvent("c1", { at: new Date(clock.time).toISOString() });
  expect(await work(delayed, ahead)).toEqual({ kind: "later", delay: 600_000 });
  // The relay does not wait for a clock that is an hour ahead.
  clock.time += 600_000;
  expect(await work(delayed, ahead)).toEqual({ kind: "done" });
  clock.time -= 600_000;
  ledger = new MemoryLedger();
  expect(await work(delayed, now)).toEqual({ kind: "later", delay: 600_000 });
  expect(await explain(ledger, "c1")).toMatchObject([{ state: "retrying", reason: "delayed", attempts: 0 }]);
  clock.time += 600_000;
  expect(await work(delayed, now)).toEqual({ kind: "done" });
});

test.each([
  ["enrich", "skipped", "conversation-gone"],
  ["forward", "sent", "eligible"],
] as const)(
  "with %s a conversation that is not found is read three times, even after other failures",
  async (...given) => {
    const [delivery, state, reason] = given;
    const changes = { delivery, policy: { exclude: { inboxes: ["Sales"] } } };
    gladlyFault = new GladlyUnreachable("GET", "https://example.gladly.com", undefined);
    for (let attempt = 0; attempt < 3; attempt += 1) expect((await work(changes)).kind).toBe("later");
    gladlyFault = undefined;
    gladly = { conversation: undefined, customer: undefined, agent: undefined };
    for (let look = 0; look < 2; look += 1) {
      expect((await work(changes)).kind).toBe("later");
      expect(await explain(ledger, "c1")).toMatchObject([{ state: "retrying", reason: "not-found" }]);
    }
    expect(await work(changes)).toEqual({ kind: "done" });
    expect(await explain(ledger, "c1")).toMatchObject([{ state, reason }]);
  },
);

test("waits double with each attempt, from fifteen seconds, half of it jitter", async () => {
  outcome = { kind: "unavailable", detail: "503" };
  const delays: number[] = [];
  for (let attempt = 0; attempt < 9; attempt += 1) {
    const verdict = await work();
    delays.push(verdict.kind === "later" ? verdict.delay / 1000 : 0);
    clock.time += 900_000;
  }
  expect(delays).toEqual([7.5, 15, 30, 60, 120, 240, 450, 450, 450]);
  expect(await explain(ledger, "c1")).toMatchObject([{ state: "retrying", attempts: 9, reason: "stella-unavailable" }]);
});

test("Stella's Retry-After is used, up to one hour", async () => {
  outcome = { kind: "unavailable", detail: "429", retryAfterSeconds: 120 };
  expect(await work()).toEqual({ kind: "later", delay: 120_000 });
  clock.time += 120_000;
  outcome = { kind: "unavailable", detail: "429", retryAfterSeconds: 1e9 };
  expect(await work()).toEqual({ kind: "later", delay: LONGEST_ASKED });
});

test("a refused key is retried rarely, from the first retry", async () => {
  outcome = { kind: "misconfigured", status: 403 };
  expect(await work()).toEqual({ kind: "later", delay: 450_000 });
});

test("after a lost answer the request is sent twice more, then parked; by policy it is parked at once", async () => {
  outcome = { kind: "ambiguous", detail: "no answer" };
  expect((await work()).kind).toBe("later");
  expect((await work()).kind).toBe("later");
  expect(await work()).toEqual({ kind: "park", reason: "answer-lost" });
  expect(notes.counted.filter((name) => name === "Ambiguous")).toHaveLength(3);
  ledger = new MemoryLedger();
  expect(await work({ policy: { ambiguous: "park" } })).toEqual({ kind: "park", reason: "answer-lost" });
});

test("a replay allows the same number of lost answers again, and the ledger counts all", async () => {
  outcome = { kind: "ambiguous", detail: "no answer" };
  for (let attempt = 0; attempt < 3; attempt += 1) await work();
  expect(await explain(ledger, "c1")).toMatchObject([{ state: "parked", reason: "answer-lost", lostAnswers: 3 }]);
  expect((await work({}, closeEvent("c1"), 1)).kind).toBe("later");
  expect((await work({}, closeEvent("c1"), 1)).kind).toBe("later");
  outcome = { kind: "accepted", status: 200 };
  expect((await work({}, closeEvent("c1"), 1)).kind).toBe("done");
  expect(await explain(ledger, "c1")).toMatchObject([{ state: "sent", lostAnswers: 5 }]);
});

test("an internal error is not thrown, is logged without its text, and keeps the event", async () => {
  fault = new Error("pat@example.net");
  expect(await work()).toEqual({ kind: "later", delay: 7_500 });
  expect(notes.logged).toEqual([{ level: "error", event: "work.failed", fields: { error: "Error" } }]);
  expect(await explain(ledger, "c1")).toMatchObject([{ state: "pending" }]);
});

test("a record has the survey mode and a fingerprint of the configuration that decided it", async () => {
  await work();
  const [first] = ledger.records.values();
  ledger = new MemoryLedger();
  await work({ surveyMode: "production" });
  const [second] = ledger.records.values();
  expect([first, second].map((stored) => stored?.value.closures[0]?.surveyMode)).toEqual(["test", "production"]);
  const fingerprints = [first, second].map((stored) => stored?.value.closures[0]?.configuration);
  expect(new Set(fingerprints).size).toBe(2);
});
