import { METRICS } from "../../../src/contract/metrics";
import {
  type AlarmDefinition,
  type AlarmTargets,
  alarmDefinitions,
} from "../../../src/deploy/constructs/alarm-definitions";

const TARGETS: AlarmTargets = {
  apiId: "api",
  functions: { ingest: "relay-a-ingest", worker: "relay-a-worker", watchdog: "relay-a-watchdog" },
  queues: { main: "relay-a-main", parked: "relay-a-dlq" },
  table: "relay-a-ledger",
  workerTimeout: 30,
  busyHours: { from: 14, to: 22, weekends: false },
};

const all = alarmDefinitions(TARGETS);

function named(id: string, targets = TARGETS): AlarmDefinition {
  const found = alarmDefinitions(targets).find((definition) => definition.id === id);
  if (found === undefined) throw new Error(`there is no alarm ${id}`);
  return found;
}

/** The part of CloudWatch's metric math that the alarms use, at one point in time. A missing metric has no data. */
function value(definition: AlarmDefinition, data: Readonly<Record<string, number>>, at = new Date(0)): unknown {
  const names = Object.keys(definition.measures);
  const functions = {
    FILL: (measured: number | undefined, otherwise: number) => measured ?? otherwise,
    MAX: (values: readonly number[]) => Math.max(...values),
    IF: (condition: boolean, yes: unknown, no: unknown) => (condition ? yes : no),
    // Both have a data point only if their metric has one (AWS, "Enhance CloudWatch metrics").
    HOUR: (of: number | undefined) => (of === undefined ? missing() : at.getUTCHours()),
    // 1 is Monday, 7 is Sunday.
    DAY: (of: number | undefined) => (of === undefined ? missing() : ((at.getUTCDay() + 6) % 7) + 1),
  };
  const run = new Function(...Object.keys(functions), ...names, `return ${definition.expression ?? names[0]};`);
  try {
    return run(...Object.values(functions), ...names.map((name) => data[name]));
  } catch (error) {
    if (error === MISSING) return Number.NaN;
    throw error;
  }
}

const MISSING = new Error("no data point");
function missing(): never {
  throw MISSING;
}

function isAlarm(definition: AlarmDefinition, data: Readonly<Record<string, number>>, at?: Date): boolean {
  const measured = Number(value(definition, data, at));
  if (Number.isNaN(measured)) return definition.missing === "alarm";
  const { when, threshold } = definition;
  if (when === "at least") return measured >= threshold;
  return when === "more than" ? measured > threshold : measured < threshold;
}

/** Metrics without an alarm, and why. */
const UNWATCHED: Readonly<Record<string, string>> = {
  VerifierUsed: "says which password is used: looked at when one is changed",
  Enqueued: "a close that was missed and is fetched: `silence` and `webhook_disabled` tell of the cause",
  Duplicate: "Gladly delivers twice by design",
  Ignored: "events that are no closes",
  Fenced: "the claim did what it is for",
  SurveyUndelivered: "mostly what customers chose: suppression, unsubscribing, a mailbox that is gone",
  FeedbackPosted: "survey answers: a number for people",
  Crowded: "counted on one machine only: AWS has API Gateway's throttling",
  Forgotten: "counted on one machine only: DynamoDB deletes by itself",
  AcceptToSentSeconds: "shown on the dashboard; `pending` tells of what waits",
};

describe("the alarms", () => {
  it("use every metric of the relay, except those that need no alarm", () => {
    const watched = new Set(all.flatMap(({ measures }) => Object.values(measures).map(({ metric }) => metric)));
    expect(
      Object.keys(METRICS)
        .filter((name) => !watched.has(name))
        .sort(),
    ).toEqual(Object.keys(UNWATCHED).sort());
  });

  it("report a leap of the clock", () => {
    expect(isAlarm(named("clock_leaped"), { leaped: 1 })).toBe(true);
    expect(isAlarm(named("clock_leaped"), {})).toBe(false);
  });

  it("page for faults that lose surveys within an hour, and leave the rest for working hours", () => {
    const ids = (severity: string) => all.filter((alarm) => alarm.severity === severity).map(({ id }) => id);
    expect(ids("page").sort()).toEqual([
      "credentials_refused",
      "deliveries_fail",
      "pending_for_hours",
      "probe_failed",
      "silence",
      "stella_refuses_key",
      "survey_mode_guard",
      "watchdog_silent",
      "webhook_disabled",
    ]);
    expect(ids("ticket")).toHaveLength(all.length - 9);
  });

  it.each(all.map((definition) => [definition.id, definition] as const))(
    "%s uses each of its metrics, with ids that CloudWatch accepts",
    (_, { measures, expression, description }) => {
      const names = Object.keys(measures);
      for (const name of names) {
        expect(name).toMatch(/^[a-z][a-zA-Z0-9_]*$/);
        if (expression !== undefined) expect(expression).toMatch(new RegExp(`\\b${name}\\b`));
      }
      if (expression === undefined) expect(names).toHaveLength(1);
      // CloudWatch allows ten in one alarm.
      expect(names.length).toBeLessThanOrEqual(10);
      expect(description.length).toBeGreaterThan(60);
      expect(description.length).toBeLessThanOrEqual(1024);
    },
  );

  it.each([
    ["on a Tuesday at 15 UTC", "2026-11-24T15:00:00Z", false, true],
    ["on a Tuesday at 13 UTC, before the day begins", "2026-11-24T13:59:00Z", false, false],
    ["on a Tuesday at 22 UTC, after its end", "2026-11-24T22:00:00Z", false, false],
    ["on a Sunday", "2026-11-22T15:00:00Z", false, false],
    ["on a Sunday with busy weekends", "2026-11-22T15:00:00Z", true, true],
  ])("report silence %s only when closes are expected", (_, at, weekends, alarm) => {
    const silence = named("silence", { ...TARGETS, busyHours: { ...TARGETS.busyHours, weekends } });
    expect(isAlarm(silence, { runs: 12 }, new Date(at))).toBe(alarm);
    // Another alarm reports hours without a run of the watchdog.
    expect(isAlarm(silence, {}, new Date(at))).toBe(false);
    // A single skipped close is enough.
    expect(isAlarm(silence, { runs: 12, skipped: 1 }, new Date(at))).toBe(false);
  });

  it.each([
    ["one refused of ten", { refused: 1, accepted: 9 }, false],
    ["every one refused", { refused: 1 }, true],
    ["three refused of ten", { refused: 3, accepted: 7 }, true],
    ["none at all", {}, false],
  ])("report wrong passwords by their share: %s", (_, data, alarm) => {
    expect(isAlarm(named("credentials_refused"), data)).toBe(alarm);
  });

  it("report throttled and failed reads and writes of the ledger", () => {
    const trouble = named("ledger_trouble");
    expect(isAlarm(trouble, {})).toBe(false);
    for (const name of Object.keys(trouble.measures)) expect(isAlarm(trouble, { [name]: 1 })).toBe(true);
  });

  it("report a waiting event, by the relay's own metric if AWS has no data", () => {
    expect(isAlarm(named("pending"), { age: 901 })).toBe(true);
    expect(isAlarm(named("pending"), { oldest: 901 })).toBe(true);
    expect(isAlarm(named("pending"), { age: 60, oldest: 60 })).toBe(false);
  });

  it("treat a silent watchdog as a failing one", () => {
    expect(isAlarm(named("watchdog_silent"), {})).toBe(true);
    expect(isAlarm(named("watchdog_silent"), { runs: 3 })).toBe(false);
  });
});
