import {
  beginSending,
  type ClaimPolicy,
  claim,
  finish,
  LEASE,
  MOST_CRASHES,
  SURVEYED_KEPT,
} from "../../src/relay/claim";
import type { ConversationRecord } from "../../src/relay/record";
import { claimant, NOON, written } from "./support/records";

const MANY: ClaimPolicy = { oncePerConversation: false, surveyMode: "production" };
const ONCE: ClaimPolicy = { ...MANY, oncePerConversation: true };

const granted = (record?: ConversationRecord, changes = {}, now = NOON) => claim(record, claimant(changes), now, MANY);
const sent = (record: ConversationRecord, eventId = "event-1", owner = "worker-1", now = NOON) =>
  finish(record, eventId, owner, { state: "sent", reason: "eligible", surveyMode: "production" }, now);
const retrying = (record: ConversationRecord, dueAt = NOON) =>
  finish(record, "event-1", "worker-1", { state: "retrying", reason: "stella-unavailable", dueAt }, NOON);

test("the first delivery of a close claims it with a lease", () => {
  const first = granted();
  expect(first).toMatchObject({
    kind: "granted",
    lost: false,
    closure: { state: "working", claims: 1, owner: "worker-1" },
  });
  expect(written(first).closures[0]?.leaseUntil).toBe(NOON + LEASE);
});

test("another delivery of the same event counts as a duplicate, during and after its processing", () => {
  const record = written(granted());
  const during = claim(record, claimant({ envelopeId: "envelope-2", owner: "worker-2" }), NOON, MANY);
  expect(during.kind).toBe("duplicate");
  const after = claim(sent(written(during)), claimant({ envelopeId: "envelope-3" }), NOON, MANY);
  expect(after.kind).toBe("duplicate");
  expect(written(after).closures).toMatchObject([{ state: "sent", duplicates: 2 }]);
});

test("an event with another id but the same second is the same close", () => {
  const record = written(granted());
  const twin = { eventId: "twin", envelopeId: "envelope-2" };
  expect(granted(record, { ...twin, closedAt: NOON + 999 }).kind).toBe("duplicate");
  expect(granted(record, { ...twin, closedAt: NOON - 999 }).kind).toBe("duplicate");
  expect(granted(record, { ...twin, closedAt: NOON + 1000 }).kind).toBe("granted");
});

test("two events in the same second are two closes if there is a reopening between them", () => {
  const record = written(granted());
  const next = { eventId: "event-2", envelopeId: "envelope-2", closedAt: NOON + 800 };
  const reopened = (...reopenings: number[]) => granted({ ...record, reopenings }, next).kind;
  expect(reopened(NOON + 500)).toBe("granted");
  expect(reopened(NOON - 500, NOON + 900)).toBe("duplicate");
});

test.each(["no-agent", "reopened", "do-not-send-topic", "agent-without-email"] as const)(
  "a close that ended as %s never takes the place of the next one, however soon that comes",
  (reason) => {
    const skipped = finish(written(granted()), "event-1", "worker-1", { state: "skipped", reason }, NOON);
    const next = granted(skipped, { eventId: "event-2", envelopeId: "envelope-2", closedAt: NOON + 60_000 });
    expect(next).toMatchObject({ kind: "granted", closure: { eventId: "event-2" } });
    // The second close has the survey. Another delivery of either close, with any id, gets none.
    const surveyed = sent(written(next), "event-2");
    for (const [index, closedAt] of [NOON, NOON + 60_000].entries()) {
      const twin = { eventId: `twin-${index}`, envelopeId: `envelope-${index + 3}`, closedAt };
      expect(granted(surveyed, twin).kind).toBe("duplicate");
    }
  },
);

test("the same event id is the same close, whatever its time", () => {
  expect(granted(written(granted()), { envelopeId: "envelope-2", closedAt: NOON + 3_600_000 }).kind).toBe("duplicate");
});

test("a later close after a reopening is a new close", () => {
  const record = sent(written(granted()));
  const later = granted(record, { eventId: "event-2", envelopeId: "envelope-2", closedAt: NOON + 600_000 });
  expect(later.kind).toBe("granted");
  expect(written(later).closures.map((closure) => closure.state)).toEqual(["sent", "working"]);
});

test("an older close that comes after a newer one is superseded", () => {
  const record = written(granted(undefined, { closedAt: NOON + 600_000 }));
  const older = granted(record, { eventId: "event-0", envelopeId: "envelope-0" });
  expect(older).toMatchObject({
    kind: "closed",
    closure: { state: "skipped", reason: "superseded", finishedAt: NOON },
  });
});

test("a close that waits for its next attempt is superseded by a newer close", () => {
  const record = retrying(written(granted()));
  const newer = written(granted(record, { eventId: "event-2", envelopeId: "envelope-2", closedAt: NOON + 600_000 }));
  expect(granted(newer)).toMatchObject({ kind: "closed", closure: { eventId: "event-1", reason: "superseded" } });
});

test("with oncePerConversation a second close gets no survey, and waits while the first is processed", () => {
  const second = claimant({ eventId: "event-2", envelopeId: "envelope-2", closedAt: NOON + 600_000 });
  const working = written(granted());
  expect(claim(working, second, NOON, ONCE)).toEqual({ kind: "busy", until: NOON + LEASE });
  expect(claim(sent(working), second, NOON, ONCE)).toMatchObject({
    kind: "closed",
    closure: { state: "skipped", reason: "already-surveyed" },
  });
  expect(claim(retrying(working), second, NOON, ONCE).kind).toBe("granted");
});

/** Closes a conversation again and again, and sends each allowed survey. @returns the number of surveys */
function surveysOf(closes: number, policies: readonly ClaimPolicy[]): number {
  let record: ConversationRecord | undefined;
  let surveys = 0;
  for (let index = 0; index < closes; index += 1) {
    const policy = policies[index % policies.length] ?? ONCE;
    const now = NOON + index * 600_000;
    const id = { eventId: `event-${index}`, envelopeId: `envelope-${index}`, closedAt: now };
    const claimed = claim(record, claimant(id), now, policy);
    record = written(claimed);
    if (claimed.kind !== "granted") continue;
    surveys += 1;
    const outcome = { state: "sent", reason: "eligible", surveyMode: policy.surveyMode } as const;
    record = finish(record, id.eventId, "worker-1", outcome, now, policy) ?? record;
  }
  return surveys;
}

test("oncePerConversation allows one survey, even after more closes than a record keeps", () => {
  expect(surveysOf(120, [ONCE])).toBe(1);
});

test("a survey in test mode does not count for oncePerConversation", () => {
  expect(surveysOf(10, [{ ...ONCE, surveyMode: "test" }, ONCE])).toBe(2);
});

test("a conversation counts as surveyed for a year, and its record is kept for a year", () => {
  const outcome = { state: "sent", reason: "eligible", surveyMode: "production" } as const;
  const surveyed = finish(written(granted()), "event-1", "worker-1", outcome, NOON, ONCE);
  expect(surveyed?.keepUntil).toBe(NOON + SURVEYED_KEPT);
  const later = claimant({ eventId: "event-2", envelopeId: "envelope-2", closedAt: NOON + 1e9 });
  const log = surveyed && { ...surveyed, closures: [] };
  expect(claim(log, later, NOON + SURVEYED_KEPT - 1, ONCE)).toMatchObject({ closure: { reason: "already-surveyed" } });
  expect(claim(log, later, NOON + SURVEYED_KEPT, ONCE).kind).toBe("granted");
  expect(finish(written(granted()), "event-1", "worker-1", outcome, NOON, MANY)?.keepUntil).toBeUndefined();
});

test("the same delivery received twice waits for the lease to end, then takes over", () => {
  const record = written(granted());
  const again = { owner: "worker-2" };
  expect(granted(record, again, NOON + LEASE - 1)).toEqual({ kind: "busy", until: NOON + LEASE });
  expect(granted(record, again, NOON + LEASE)).toMatchObject({ kind: "granted", lost: false, closure: { claims: 2 } });
});

test("a worker that died during a request has lost an answer, one that died before has not", () => {
  const record = beginSending(written(granted()), "event-1", "worker-1", NOON);
  const taken = granted(record, { owner: "worker-2" }, NOON + LEASE);
  expect(taken).toMatchObject({ kind: "granted", lost: true, closure: { lostAnswers: 1, sending: false } });
});

test("the mark renews the claim, so no other worker starts a request during a request", () => {
  const marked = beginSending(written(granted()), "event-1", "worker-1", NOON + LEASE - 1);
  const until = NOON + 2 * LEASE - 1;
  expect(granted(marked, { owner: "worker-2" }, until - 1)).toEqual({ kind: "busy", until });
  expect(granted(marked, { owner: "worker-2" }, until)).toMatchObject({ kind: "granted", lost: true });
});

test("no request is sent after the claim has expired or another worker has it", () => {
  const record = written(granted());
  expect(beginSending(record, "event-1", "worker-1", NOON + LEASE)).toBeUndefined();
  const taken = written(granted(record, { owner: "worker-2" }, NOON + LEASE));
  expect(beginSending(taken, "event-1", "worker-1", NOON + LEASE)).toBeUndefined();
  expect(beginSending(taken, "event-1", "worker-2", NOON + LEASE)).toBeDefined();
});

test("a worker whose claim was taken over cannot write its outcome", () => {
  const taken = written(granted(written(granted()), { owner: "worker-2" }, NOON + LEASE));
  expect(sent(taken)).toBeUndefined();
  expect(sent(taken, "event-1", "worker-2")).toMatchObject({ closures: [{ state: "sent", finishes: 1 }] });
  expect(finish(undefined, "event-1", "worker-1", { state: "sent", reason: "eligible" }, NOON)).toBeUndefined();
});

test("a delivery that is received again after its final state is deleted and not counted as a duplicate", () => {
  const record = sent(written(granted()));
  expect(granted(record)).toMatchObject({ kind: "settled", closure: { state: "sent", duplicates: 0 } });
});

test("only a replay processes a parked close again, from the start, but with its lost answers", () => {
  const parked = finish(
    written(granted()),
    "event-1",
    "worker-1",
    { state: "parked", reason: "refused-by-stella", lostAnswer: true },
    NOON,
  );
  expect(granted(parked).kind).toBe("settled");
  const replayed = granted(parked, { replays: 1 }, NOON + 5000);
  expect(replayed).toMatchObject({
    kind: "granted",
    closure: {
      attempts: 0,
      lostAnswers: 1,
      lostBeforeReplay: 1,
      replays: 1,
      since: NOON + 5000,
      claims: 1,
      finishes: 0,
    },
  });
  const again = finish(
    written(replayed),
    "event-1",
    "worker-1",
    { state: "parked", reason: "refused-by-stella" },
    NOON,
  );
  expect(granted(again, { replays: 1 }).kind).toBe("settled");
});

test("a close that crashed its worker five times is parked", () => {
  let record: ConversationRecord | undefined;
  let now = NOON;
  for (let death = 0; death < MOST_CRASHES; death += 1) {
    record = written(granted(record, { owner: `worker-${death}` }, now));
    now += LEASE;
  }
  expect(granted(record, { owner: "last" }, now)).toMatchObject({
    kind: "closed",
    closure: { state: "parked", reason: "keeps-crashing" },
  });
});

test("attempts that end do not count as crashes", () => {
  let record: ConversationRecord | undefined;
  for (let attempt = 0; attempt < 3 * MOST_CRASHES; attempt += 1) record = retrying(written(granted(record)));
  expect(granted(record)).toMatchObject({ kind: "granted", closure: { attempts: 3 * MOST_CRASHES } });
});

test("another delivery takes over a close whose delivery is an hour overdue", () => {
  const record = retrying(written(granted()), NOON + 60_000);
  const other = { envelopeId: "envelope-2" };
  expect(granted(record, other, NOON + 3_660_000).kind).toBe("duplicate");
  expect(granted(record, other, NOON + 3_660_001)).toMatchObject({ kind: "granted", closure: other });
});

test("a delivery that was dropped once never takes over, because it may still be deleted", () => {
  const record = retrying(written(granted()), NOON + 60_000);
  const other = { envelopeId: "envelope-2" };
  const dropped = granted(record, other, NOON);
  expect(dropped.kind).toBe("duplicate");
  expect(granted(written(dropped), other, NOON + 3_660_001).kind).toBe("duplicate");
  expect(granted(written(dropped), { envelopeId: "envelope-3" }, NOON + 3_660_001).kind).toBe("granted");
  expect(granted(written(dropped), {}, NOON + 3_660_001).kind).toBe("granted");
});

test("only the latest fifty closes of a conversation are kept, and every unfinished one", () => {
  let record = written(granted());
  for (let index = 1; index <= 60; index += 1) {
    const id = { eventId: `event-${index + 1}`, envelopeId: `envelope-${index + 1}` };
    record = written(granted(record, { ...id, closedAt: NOON + index * 600_000 }));
    record = sent(record, id.eventId) ?? record;
  }
  expect(record.closures).toHaveLength(50);
  expect(record.closures[0]).toMatchObject({ eventId: "event-1", state: "working" });
  expect(record.closures.at(-1)?.eventId).toBe("event-61");
});
