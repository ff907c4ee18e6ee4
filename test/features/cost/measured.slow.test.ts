/** Measures the measured figures of usage.ts: runs the built functions and counts what they do. */
import { setTimeout as delay } from "node:timers/promises";
import { USAGE } from "../../../src/features/cost/usage";
import { LIFETIME } from "../../../src/relay/aws/cached-secret";
import { explain } from "../../../src/relay/explain";
import { attributes, environment, integration, json } from "../../deploy/stacks/samples";
import { Deployment, Site } from "../../relay/aws/support/deployment";
import { logsOf, metricsOf } from "../../relay/aws/support/output";
import { lookedSince } from "../../relay/support/looked";
import { closeEvent, contactEvent } from "../../relay/support/test-relay";
import { Upstreams } from "../../relay/support/upstreams";
import { eventually } from "../../relay/support/wait";

type Name = "ingest" | "worker" | "watchdog";
/** CloudWatch adds these to the bytes of each line. */
const LINE = 26;
/** The usage of one step. */
interface Used {
  readonly bytes: number;
  readonly reads: number;
  readonly writes: number;
}

let site: Site;
let upstreams: Upstreams;
let relay: Deployment;
const used: Record<string, Partial<Record<Name, Used>>> = {};
/** Bytes within 10% of the figure, because ids and numbers have different lengths. */
const near = (figure: { readonly value: number }) => ({
  above: figure.value * 0.9,
  below: figure.value * 1.1,
});

beforeAll(async () => {
  site = await Site.open();
  upstreams = await Upstreams.start();
  relay = await Deployment.start(site, upstreams);
  upstreams.webhooks = [
    { id: "w1", name: "relay", url: relay.publicUrl, events: ["CONVERSATION/CLOSED"], enabled: true, version: 1 },
  ];
  await lookedSince(relay.operator.ledger, Date.now() - 3_600_000);
  upstreams.addConversation("before");
  await contact("before");
  await close("before");
  await watch();
  // The first step of each kind loads secrets and checks the relay's time. This measures a later one.
  for (const id of ["first", "second", "usual"]) {
    upstreams.addConversation(id);
    await measure("contact", () => contact(id));
    await measure("close", () => close(id));
    await measure("watchdog", watch);
  }
});
afterAll(async () => {
  await relay.stop();
  await upstreams.stop();
  await site.close();
});

/** The smallest of several results, because another process of the worker has its own first step. */
async function measure(step: string, run: () => Promise<void>): Promise<void> {
  const [lines, calls] = [linesOf(), callsOf()];
  await run();
  await settled();
  const now = difference(lines, calls);
  const before = used[step];
  used[step] = Object.fromEntries(
    NAMES.map((name) => [name, [now[name], before?.[name]].sort((a, b) => (a?.reads ?? 99) - (b?.reads ?? 99))[0]]),
  );
}

const metric = (output: string, name: string) => metricsOf(output).filter((one) => one.name === name).length;
const outputOf = (name: Name) => relay.functions.get(name)?.output.join("") ?? "";
/** Waits for late calls: a metric with labels is written before an event's processing has ended. */
async function settled(): Promise<void> {
  for (let before = -1, now = 0; before !== now; ) {
    before = now;
    await delay(1_000);
    now = NAMES.reduce((sum, name) => sum + relay.callsOf(name).length, 0);
  }
}
const worked = (name: string, times: number) =>
  eventually(
    () => metric(outputOf("worker"), name),
    (count) => count === times,
    { within: 60_000 },
  );

async function contact(id: string): Promise<void> {
  const before = metric(outputOf("worker"), "Ignored");
  await relay.post(contactEvent(id, "CHAT"));
  await worked("Ignored", before + 1);
}

async function close(id: string): Promise<void> {
  const before = metric(outputOf("worker"), "Sent");
  await relay.post(closeEvent(id));
  await worked("Sent", before + 1);
}

async function watch(): Promise<void> {
  const before = metric(outputOf("worker"), "Ignored");
  expect(await relay.invoke("watchdog", {})).toMatchObject({ value: { reachable: true } });
  // The worker drops the probe's PING.
  await worked("Ignored", before + 1);
}

const NAMES: readonly Name[] = ["ingest", "worker", "watchdog"];
const linesOf = () => new Map(NAMES.map((name) => [name, outputOf(name).length]));
const callsOf = () => new Map(NAMES.map((name) => [name, relay.callsOf(name).length]));

function difference(lines: ReadonlyMap<Name, number>, calls: ReadonlyMap<Name, number>): Partial<Record<Name, Used>> {
  return Object.fromEntries(
    NAMES.map((name) => {
      const written = outputOf(name).slice(lines.get(name));
      const own = written.split("\n").filter((line) => logsOf(line).length + metricsOf(line).length > 0);
      const made = relay.callsOf(name).slice(calls.get(name));
      const times = (action: string) => made.filter((call) => call.action === `dynamodb:${action}`).length;
      const bytes = own.reduce((sum, line) => sum + Buffer.byteLength(line) + LINE, 0);
      return [name, { bytes, reads: times("GetItem"), writes: times("UpdateItem") }];
    }),
  );
}

function expectNear(actual: number | undefined, figure: { readonly value: number }): void {
  expect(actual).toBeGreaterThan(near(figure).above);
  expect(actual).toBeLessThan(near(figure).below);
}

it("each function's log lines have the bytes of the estimate", () => {
  expectNear(used.close?.ingest?.bytes, USAGE.ingestLogBytes);
  expectNear(used.close?.worker?.bytes, USAGE.closeLogBytes);
  expectNear(used.contact?.worker?.bytes, USAGE.contactLogBytes);
  // The probe's PING is dropped like a contact.
  expectNear(used.watchdog?.worker?.bytes, USAGE.contactLogBytes);
  expectNear(used.watchdog?.watchdog?.bytes, USAGE.watchdogLogBytes);
});

it("the ledger's reads and writes match the estimate", () => {
  const index = 1;
  expect(used.close?.worker).toMatchObject({
    reads: USAGE.closeReads.value + USAGE.batchReads.value,
    writes: USAGE.closeWrites.value - index,
  });
  expect(used.contact?.worker).toMatchObject({
    reads: USAGE.contactReads.value + USAGE.batchReads.value,
    writes: USAGE.contactWrites.value,
  });
  expect(used.watchdog?.worker).toMatchObject({ reads: USAGE.batchReads.value, writes: 0 });
  expect(used.watchdog?.watchdog).toMatchObject({ reads: USAGE.watchdogReads.value });
});

it("a record has the size of the estimate, below the 1 KB of one write unit", async () => {
  const [record] = await relay.operator.ledger.recent(1);
  expect((await explain(relay.operator.ledger, "usual"))[0]?.state).toBe("sent");
  const bytes = Buffer.byteLength(JSON.stringify(record));
  expect(bytes).toBeLessThanOrEqual(USAGE.recordBytes.value);
  expect(bytes).toBeGreaterThan(USAGE.recordBytes.value / 2);
  expect(USAGE.recordBytes.value).toBeLessThanOrEqual(1024);
});

it("the metrics of a usual hour match the estimate", async () => {
  upstreams.addConversation("not wanted", { topicIds: ["topic-dns"] });
  await relay.post(closeEvent("not wanted"));
  await worked("Skipped", 1);
  await relay.post(closeEvent("usual"));
  await worked("Duplicate", 1);
  const series = NAMES.flatMap((name) =>
    metricsOf(outputOf(name)).flatMap(({ name: of, dimensions, line }) =>
      dimensions.map((names) => `${of} ${names.map((dimension) => line[dimension]).join(" ")}`),
    ),
  );
  expect([...new Set(series)].sort()).toHaveLength(USAGE.ownMetrics.value);
});

it("a copy of a secret is used as long as in the estimate", () => {
  expect(USAGE.secretSeconds.value * 1000).toBe(LIFETIME);
});

it("Lambda's log lines and the access log have the bytes of the estimate, by AWS's published formats", () => {
  const stack = json(integration(environment("staging")));
  const { access_log_settings: settings } = attributes(stack, "aws_apigatewayv2_stage", "relay_endpoint_stage");
  const format = String(Object(settings).format ?? Object(Object(settings)[0]).format);
  const values: Readonly<Record<string, string>> = {
    requestId: "LbKz9hRfIAMESFw=",
    requestTime: "27/Nov/2026:05:26:00 +0000",
    routeKey: "POST /v1/webhooks/gladly",
    status: "200",
    responseLatency: "23",
    integrationLatency: "21",
    integrationErrorMessage: "-",
  };
  const access = format.replace(/\$context\.(\w+)/g, (_, name) => values[name] ?? "");
  expect(access).not.toContain("$context");
  expectNear(access.length + LINE, USAGE.accessLogBytes);

  // https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html: at INFO, the start and the report.
  const requestId = "6f7f0961-f83c-5b1c-a1f3-9e7b1a1d2c3f";
  const lines = [
    { time: "2026-11-27T05:26:00.123Z", type: "platform.start", record: { requestId, version: "12" } },
    {
      time: "2026-11-27T05:26:00.146Z",
      type: "platform.report",
      record: {
        requestId,
        metrics: { durationMs: 21.53, billedDurationMs: 22, memorySizeMB: 512, maxMemoryUsedMB: 92 },
        status: "success",
      },
    },
  ];
  const bytes = lines.reduce((sum, line) => sum + JSON.stringify(line).length + LINE, 0);
  expectNear(bytes, USAGE.invocationLogBytes);
});
