import { rmSync } from "node:fs";
import { join } from "node:path";
import { Periodic } from "../../../src/relay/local/periodic";
import { PrometheusMetrics } from "../../../src/relay/local/prometheus";
import { openLocalStores } from "../../../src/relay/local/stores";
import { isPaused, setPaused } from "../../../src/relay/pause";
import { closeEvent, TestRelay } from "../support/test-relay";
import { Upstreams } from "../support/upstreams";
import { eventually } from "../support/wait";

let upstreams: Upstreams;
let home: TestRelay;

beforeEach(async () => {
  upstreams = await Upstreams.start();
  home = new TestRelay(upstreams);
  home.configure();
  await home.serve();
});

afterEach(() => home.remove());

const get = async (path: string) => {
  const response = await fetch(`${home.relay?.operationsUrl}${path}`);
  return { status: response.status, body: await response.text() };
};

test("events are accepted and wait while paused, and are processed when resumed, even from another process", async () => {
  const other = openLocalStores(home.path);
  try {
    expect(await setPaused(other.ledger, true)).toBe(false);
    upstreams.addConversation("c1");
    expect(await home.post(closeEvent("c1"))).toBe(200);
    expect(await home.explain("conversation=c1")).toMatchObject([{ state: "pending", attempts: 0 }]);
    expect(upstreams.received).toEqual([]);
    expect(await setPaused(other.ledger, false)).toBe(true);
    expect(await isPaused(other.ledger)).toBe(false);
    await eventually(
      () => home.explain("conversation=c1"),
      (list) => list[0]?.state === "sent",
    );
  } finally {
    other.close();
  }
});

test("health reports waiting messages, and is 503 without a usable configuration", async () => {
  expect(JSON.parse((await get("/health")).body)).toMatchObject({
    ...{ ok: true, waiting: 0, handedOut: 0, parked: 0 },
    findings: [],
  });
  rmSync(join(home.path, "terraform.tfstate"));
  const unapplied = await get("/health");
  expect(unapplied.status).toBe(503);
  expect(JSON.parse(unapplied.body).findings).toEqual([expect.objectContaining({ id: "not-applied" })]);
});

test("metrics are in Prometheus' format and include the depth of the queue", async () => {
  await home.post("no json");
  const metrics = await eventually(
    () => home.metrics(),
    (text) => text.includes("relay_queue_parked 1"),
  );
  expect(metrics).toMatch(/^# TYPE relay_parked_total counter$/m);
  expect(metrics).toMatch(/^relay_parked_total\{reason="malformed-event"\} 1$/m);
  expect(metrics).toMatch(/^relay_accepted_total 1$/m);
});

test("explanations are for one conversation, or for the latest ones, newest first", async () => {
  for (const id of ["c1", "c2", "c3"]) {
    upstreams.addConversation(id);
    await home.post(closeEvent(id));
    await eventually(
      () => home.explain(`conversation=${id}`),
      (list) => list[0]?.state === "sent",
    );
  }
  expect((await home.explain("limit=2")).map((entry) => entry.conversationId)).toEqual(["c3", "c2"]);
  expect(await home.explain("conversation=unknown")).toEqual([]);
  expect((await home.explain("limit=all")).length).toBe(3);
});

test("unknown paths are refused with a list of the known ones", async () => {
  expect(await get("/nowhere")).toMatchObject({ status: 404, body: expect.stringContaining("/explain?conversation=") });
  expect((await fetch(`${home.relay?.operationsUrl}/health`, { method: "POST" })).status).toBe(405);
});

test("label values are escaped, and seconds are summed", () => {
  const metrics = new PrometheusMetrics();
  metrics.count("Skipped", { reason: 'a"b\\c\nd' });
  metrics.observe("AcceptToSentSeconds", 1.5);
  metrics.observe("AcceptToSentSeconds", 2);
  const text = metrics.render({ gauge: { help: "a gauge", value: 3 } });
  expect(text).toContain('relay_skipped_total{reason="a\\"b\\\\c\\nd"} 1');
  expect(text).toContain("relay_accept_to_sent_seconds_sum 3.5\nrelay_accept_to_sent_seconds_count 2");
  expect(text).toContain("# HELP gauge a gauge\n# TYPE gauge gauge\ngauge 3");
});

test("a periodic task is repeated, even after a failure, but not after it was stopped", async () => {
  let runs = 0;
  const failures: unknown[] = [];
  const chore = new Periodic(
    async () => {
      runs += 1;
      if (runs === 1) throw new Error("first");
      return true;
    },
    1,
    (error) => failures.push(error),
  );
  await eventually(
    () => runs,
    (count) => count >= 3,
  );
  await chore.stop();
  const after = runs;
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(runs).toBe(after);
  expect(failures).toEqual([new Error("first")]);
});
