/** What only the functions on AWS do: their calls, faults and logs. What every relay does is in the contract. */
import { request } from "node:http";
import { FUNCTIONS } from "../../../src/contract/functions";
import { METRIC_NAMESPACE, METRICS, metricDimensions } from "../../../src/contract/metrics";
import { explain } from "../../../src/relay/explain";
import { PARALLEL } from "../../../src/relay/in-parallel";
import { setPaused } from "../../../src/relay/pause";
import { conversationKey } from "../../../src/relay/record";
import { lookedSince } from "../support/looked";
import { closeEvent, PASSWORD, PRODUCTION_KEY, TEST_KEY } from "../support/test-relay";
import { Upstreams } from "../support/upstreams";
import { eventually } from "../support/wait";
import { Deployment, GLADLY_TOKEN, Site } from "./support/deployment";
import { logsOf, metricsOf, total } from "./support/output";

const DIMENSIONS = Object.keys(metricDimensions("staging"));

const PATIENCE = { pause: 50 };

let site: Site;
let upstreams: Upstreams;
let relay: Deployment;

beforeAll(async () => {
  site = await Site.open();
});
afterAll(() => site.close());

beforeEach(async () => {
  upstreams = await Upstreams.start();
  relay = await Deployment.start(site, upstreams);
});
afterEach(async () => {
  site.aws.fault = () => undefined;
  await relay.stop();
  await upstreams.stop();
});

const stateOf = async (conversation: string) => (await explain(relay.operator.ledger, conversation))[0]?.state;
const until = (conversation: string, state: string) =>
  eventually(
    () => stateOf(conversation),
    (seen) => seen === state,
    PATIENCE,
  );
/** Waits for a metric: a function writes metrics at the end of the invocation, after its effects are visible. */
const counted = (name: string, times: number, labels: Readonly<Record<string, string>> = {}) =>
  eventually(
    () => total(relay.output(), name, labels),
    (sum) => sum === times,
    PATIENCE,
  );
const answered = (method: string, path: string, authorization: readonly string[]) =>
  new Promise<number | undefined>((resolve, reject) => {
    const outgoing = request(new URL(path, relay.publicUrl), { method }, (response) =>
      resolve(response.resume().statusCode),
    );
    if (authorization.length > 0) outgoing.setHeader("authorization", authorization);
    outgoing.on("error", reject).end();
  });
/** Ends the 45 seconds for which a worker claims a close, as if they had passed. */
async function passLease(conversation: string): Promise<void> {
  const { ledger } = relay.operator;
  const stored = await ledger.conversation(conversationKey(conversation));
  if (stored === undefined) throw new Error(`the ledger does not know ${conversation}`);
  const closures = stored.value.closures.map((closure) => ({ ...closure, leaseUntil: 0 }));
  if (!(await ledger.saveConversation({ ...stored.value, closures }, stored.version))) return passLease(conversation);
}
const recordOf = (id: string, body: string) => ({
  messageId: id,
  receiptHandle: `receipt-${id}`,
  body,
  attributes: { SentTimestamp: "1767604364310" },
});

/** An ordinary day: a survey, a refusal, a retry, wrong credentials, a check for missed closes. */
async function day(): Promise<void> {
  upstreams.addConversation("sent");
  upstreams.addConversation("refused");
  await relay.post('{"type":"PING"}');
  await relay.post(closeEvent("sent"), "wrong-password-of-a-stranger");
  await relay.post(closeEvent("sent"));
  await until("sent", "sent");
  upstreams.moods.push(503, 422);
  await relay.post(closeEvent("refused"));
  await until("refused", "parked");
  upstreams.webhooks = [
    { id: "w1", name: "relay", url: relay.publicUrl, events: ["CONVERSATION/CLOSED"], enabled: true, version: 1 },
  ];
  await lookedSince(relay.operator.ledger, Date.now() - 3_600_000);
  upstreams.events = [JSON.parse(closeEvent("missed", { at: new Date(Date.now() - 600_000).toISOString() }))];
  upstreams.addConversation("missed");
  expect(await relay.invoke("watchdog", {})).toMatchObject({ kind: "response", value: { reachable: true } });
  await until("missed", "sent");
}

describe("on an ordinary day, the functions", () => {
  it("make exactly the declared AWS calls, log no secret, and use the metric names of both relays", async () => {
    await day();
    expectDeclaredCalls(false);
    expectNothingInClear();
    await expectCounts();
  });

  it("make exactly the declared AWS calls when they sync survey answers", async () => {
    relay.setSecret("stella-api-secret", { apiSecret: "stella-api-secret-for-tests" });
    await relay.deploy({ surveyMode: "production", policy: { feedback: true } });
    await day();
    // The first sync only stores where the next one starts.
    await relay.invoke("watchdog", {});
    expectDeclaredCalls(true);
  });

  /** Expects exactly the calls and resources that the functions declare. */
  function expectDeclaredCalls(syncsAnswers: boolean): void {
    const kindOf = (resource: string) =>
      new Map([
        [relay.resources.main, "queue"],
        [relay.resources.parked, "parked-queue"],
        [relay.resources.table, "ledger"],
        [relay.secret(syncsAnswers ? "stella-production" : "stella-test"), "stella-secret"],
        [relay.secret("stella-api-secret"), "stella-api-secret"],
        ...["inbound", "gladly", "probe"].map((name): [string, string] => [relay.secret(name), `${name}-secret`]),
      ]).get(resource) ?? resource;
    for (const { name, permissions } of FUNCTIONS) {
      const said = permissions.filter(
        (permission) => !("byLambda" in permission) && (syncsAnswers || !("forFeedback" in permission)),
      );
      const made = relay.callsOf(name).map(({ action, resource }) => {
        // IAM has one permission for both calls.
        return `${action.replace("SendMessageBatch", "SendMessage")} ${kindOf(resource)}`;
      });
      expect([name, ...new Set(made)].sort()).toEqual(
        [name, ...said.map(({ action, on }) => `${action} ${on}`)].sort(),
      );
    }
  }

  /** Expects no secret, address, body or id in the logs. */
  function expectNothingInClear(): void {
    const output = relay.output();
    expect(logsOf(output).map(({ event }) => event)).toEqual(expect.arrayContaining(["work.sent", "ingest.refused"]));
    const canaries = [PASSWORD, TEST_KEY, PRODUCTION_KEY, GLADLY_TOKEN, "wrong-password-of-a-stranger"];
    const encoded = canaries.map((canary) => Buffer.from(`connect:${canary}`).toString("base64"));
    const ids = ["customer-sent", "event-sent", "sent@example.net", "robin@example.com", "Customer of", "agent-1"];
    for (const canary of [...canaries, ...encoded, ...ids]) expect(output).not.toContain(canary);
  }

  /** Expects metrics in CloudWatch's embedded metric format. */
  async function expectCounts(): Promise<void> {
    // PING, two closes, and the watchdog's PING. The missed close was not delivered over the gateway.
    await counted("Accepted", 4);
    await counted("AuthFailed", 1);
    await counted("VerifierUsed", 4, { verifier: "password-0" });
    await counted("Enqueued", 1);
    await counted("Sent", 2);
    await counted("Retried", 1, { reason: "stella-unavailable" });
    await counted("Parked", 1, { reason: "refused-by-stella" });
    const output = relay.output();
    for (const { name, namespace, dimensions, line } of metricsOf(output)) {
      expect(Object.keys(METRICS)).toContain(name);
      expect(namespace).toBe(METRIC_NAMESPACE);
      expect(dimensions[0]).toEqual([...DIMENSIONS]);
      expect(line).toMatchObject({ service: "relay", environment: "sandbox" });
    }
    const labelled = metricsOf(output).find(({ name }) => name === "Parked");
    expect(labelled?.dimensions).toEqual([[...DIMENSIONS], [...DIMENSIONS, "reason"]]);
  }
});

describe("the ingest function", () => {
  it.each([
    ["fails", 500],
    ["does not answer", "hang"],
  ] as const)("answers 503 when the queue %s, and 200 when it is back", async (_case, fault) => {
    site.aws.fault = ({ action }) => (action === "sqs:SendMessageBatch" ? fault : undefined);
    expect(await relay.post(closeEvent("c1"))).toBe(503);
    expect(logsOf(relay.output())).toContainEqual(
      expect.objectContaining({ event: "ingest.unavailable", part: "store", error: expect.stringContaining("SQS") }),
    );
    site.aws.fault = () => undefined;
    expect(await relay.post(closeEvent("c1"))).toBe(200);
  });

  it.each([
    ["fails", 500],
    ["does not answer", "hang"],
  ] as const)(
    "answers 503, never 401, when Secrets Manager %s and there is no copy of the secret",
    async (_case, fault) => {
      site.aws.fault = ({ action }) => (action === "secretsmanager:GetSecretValue" ? fault : undefined);
      expect(await relay.post(closeEvent("c1"), "wrong")).toBe(503);
    },
  );

  it("stores an event again when the queue's answer was lost, and only one survey is sent", async () => {
    upstreams.addConversation("c1");
    let cuts = 0;
    site.aws.fault = ({ action }) => (action === "sqs:SendMessageBatch" && cuts++ === 0 ? "cut" : undefined);
    expect(await relay.post(closeEvent("c1"))).toBe(200);
    await until("c1", "sent");
    await eventually(
      () => relay.callsOf("ingest").filter(({ action }) => action === "sqs:SendMessageBatch").length,
      (calls) => calls === 2,
    );
    expect(upstreams.received).toHaveLength(1);
  });

  it("answers requests that are not deliveries without further AWS calls", async () => {
    const two = ["Basic Y29ubmVjdDp3ZWJob29r", "Basic Y29ubmVjdDp3ZWJob29r"];
    const answers = [
      await answered("POST", "/v1/webhooks/gladly", two),
      await answered("POST", "/v1/webhooks/gladly", []),
      await answered("GET", "/v1/webhooks/gladly", []),
      await answered("POST", "/elsewhere", []),
      await answered("GET", "/healthz", []),
    ];
    expect(answers).toEqual([401, 401, 405, 404, 200]);
    expect(relay.callsOf("ingest").map(({ action }) => action)).toEqual(["secretsmanager:GetSecretValue"]);
  });

  it("refuses two Authorization headers even when both are right", async () => {
    const right = `Basic ${Buffer.from(`connect:${PASSWORD}`).toString("base64")}`;
    const event = (authorization: string) => ({
      ...{ version: "2.0", rawPath: "/v1/webhooks/gladly", headers: { authorization }, body: "{}" },
      requestContext: { http: { method: "POST" } },
    });
    expect(await relay.invoke("ingest", event(right))).toMatchObject({ value: { statusCode: 200 } });
    expect(await relay.invoke("ingest", event(`${right},${right}`))).toMatchObject({ value: { statusCode: 401 } });
  });

  it("answers 503 to events that are not from the gateway, and while its environment is unusable", async () => {
    expect(await relay.invoke("ingest", { hello: 1 })).toMatchObject({ value: { statusCode: 503 } });
    await relay.deploy({}, { variables: { RELAY_CONFIGURATION: "{}" } });
    expect(await relay.post(closeEvent("c1"))).toBe(503);
    expect(logsOf(relay.output())).toContainEqual(expect.objectContaining({ event: "configuration.unusable" }));
  });
});

describe("the worker function", () => {
  it.each([
    ["fails", 500],
    ["does not answer", "hang"],
  ] as const)("sends nothing while the ledger %s, and one survey when it is back", async (_case, fault) => {
    upstreams.addConversation("c1");
    site.aws.fault = ({ caller, action }) =>
      caller === "worker" && action.startsWith("dynamodb:") ? fault : undefined;
    await relay.post(closeEvent("c1"));
    const postponed = () => relay.callsOf("worker").filter(({ action }) => action === "sqs:ChangeMessageVisibility");
    await eventually(postponed, (calls) => calls.length > 0, PATIENCE);
    expect(upstreams.received).toEqual([]);
    expect(relay.workerErrors).toEqual([]);
    site.aws.fault = () => undefined;
    await until("c1", "sent");
    expect(upstreams.received).toHaveLength(1);
  });

  it("recognizes its own write when the ledger's answer was lost", async () => {
    upstreams.addConversation("c1");
    let writes = 0;
    site.aws.fault = ({ caller, action }) =>
      caller === "worker" && action === "dynamodb:UpdateItem" && writes++ % 2 === 0 ? "cut" : undefined;
    await relay.post(closeEvent("c1"));
    await until("c1", "sent");
    expect(writes).toBeGreaterThanOrEqual(5);
    expect(upstreams.received).toHaveLength(1);
    expect(total(relay.output(), "Fenced")).toBe(0);
    expect((await explain(relay.operator.ledger, "c1"))[0]).toMatchObject({ attempts: 1, duplicates: 0 });
  });

  it("reports each message of a batch separately", async () => {
    upstreams.addConversation("good");
    const envelope = (id: string, body: string) =>
      JSON.stringify({ v: 1, id, receivedAt: Date.now(), source: "webhook", replays: 0, body });
    const result = await relay.invoke("worker", {
      Records: [
        recordOf("m1", envelope("e1", closeEvent("good"))),
        recordOf("m2", "nobody's message"),
        recordOf("m3", envelope("e3", '{"type":"PING"}')),
      ],
    });
    expect(result).toEqual({ kind: "response", value: { batchItemFailures: [] } });
    expect(await stateOf("good")).toBe("sent");
    expect(relay.callsOf("worker").map(({ resource }) => resource)).toContain(relay.resources.parked);
    upstreams.addConversation("bad");
    upstreams.moods.push(503);
    const again = await relay.invoke("worker", {
      Records: [recordOf("m4", envelope("e4", closeEvent("bad"))), recordOf("m5", envelope("e5", "{}"))],
    });
    expect(again).toMatchObject({ value: { batchItemFailures: [{ itemIdentifier: "m4" }] } });
  });

  it("starts no message without enough time to finish it", async () => {
    upstreams.addConversation("c1");
    await relay.deploy({}, { workerTimeout: 14 });
    await relay.post(closeEvent("c1"));
    const postponed = () => relay.callsOf("worker").filter(({ action }) => action === "sqs:ChangeMessageVisibility");
    await eventually(postponed, (calls) => calls.length >= 2, PATIENCE);
    expect(upstreams.reads).toEqual([]);
    await relay.deploy();
    await until("c1", "sent");
  });

  it("finishes a full batch within its time limit, and records each attempt, while Stella does not answer", async () => {
    upstreams.mood = "hold";
    const records = Array.from({ length: 10 }, (_, index) => {
      upstreams.addConversation(`c${index}`);
      const body = closeEvent(`c${index}`);
      const envelope = { v: 1, id: `e${index}`, receivedAt: Date.now(), source: "webhook", replays: 0, body };
      return recordOf(`m${index}`, JSON.stringify(envelope));
    });
    // A timeout of Lambda would be an error, and no attempt would be recorded.
    expect(await relay.invoke("worker", { Records: records })).toMatchObject({ kind: "response" });
    // After the first requests fail, the breaker stops the others.
    expect(upstreams.received.length).toBeGreaterThanOrEqual(PARALLEL);
    for (let index = 0; index < PARALLEL; index += 1) {
      expect((await explain(relay.operator.ledger, `c${index}`))[0]).toMatchObject({ attempts: 1, state: "retrying" });
    }
  });

  it("leaves everything on the queue while the relay is paused", async () => {
    upstreams.addConversation("c1");
    await setPaused(relay.operator.ledger, true);
    expect(await relay.post(closeEvent("c1"))).toBe(200);
    const postponed = () => relay.callsOf("worker").filter(({ action }) => action === "sqs:ChangeMessageVisibility");
    await eventually(postponed, (calls) => calls.length > 0, PATIENCE);
    expect(upstreams.reads).toEqual([]);
    await setPaused(relay.operator.ledger, false);
    await until("c1", "sent");
  });

  it("sends nothing with a key of the other survey mode", async () => {
    upstreams.addConversation("c1");
    relay.setSecret("stella-test", { apiKey: PRODUCTION_KEY, mode: "production" });
    await relay.post(closeEvent("c1"));
    await until("c1", "retrying");
    expect(upstreams.received).toEqual([]);
    await eventually(
      () => total(relay.output(), "GuardTripped"),
      (times) => times > 0,
      PATIENCE,
    );
  });

  it.each([
    ["gets the request again, by default", "retry", { state: "sent", lostAnswers: 1, attempts: 2 }, 2],
    [
      "does not get it again, and the close is parked, by policy",
      "park",
      { state: "parked", reason: "answer-lost", lostAnswers: 1 },
      1,
    ],
  ] as const)(
    "records and counts a lost answer when it is killed while Stella answers: Stella %s",
    async (_case, ambiguous, ending, requests) => {
      await relay.stop();
      relay = await Deployment.start(site, upstreams, { handOut: 5 });
      await relay.deploy({ policy: { ambiguous } });
      upstreams.addConversation("c1");
      upstreams.moods.push("hold");
      await relay.post(closeEvent("c1"));
      await eventually(
        () => upstreams.received.length,
        (count) => count === 1,
        PATIENCE,
      );
      relay.crash();
      await passLease("c1");
      const [explanation] = await eventually(
        () => explain(relay.operator.ledger, "c1"),
        ([first]) => first?.state === ending.state,
        PATIENCE,
      );
      expect(explanation).toMatchObject(ending);
      expect(upstreams.received).toHaveLength(requests);
      await counted("Ambiguous", 1);
    },
  );

  it("fails for an event that is not a batch, because any other answer would delete messages", async () => {
    expect(await relay.invoke("worker", { hello: 1 })).toMatchObject({ kind: "error", type: "TypeError" });
    await relay.deploy({}, { variables: { RELAY_SURVEY_MODE: "neither" } });
    const result = await relay.invoke("worker", { Records: [recordOf("m1", "{}"), recordOf("m2", "{}")] });
    expect(result).toMatchObject({
      value: { batchItemFailures: [{ itemIdentifier: "m1" }, { itemIdentifier: "m2" }] },
    });
  });
});

it("a replay moves each event once, even when it is parked again in the meantime", async () => {
  for (const body of ["first", "second"]) await relay.post(body);
  const parked = () => relay.callsOf("worker").filter(({ resource }) => resource === relay.resources.parked).length;
  await eventually(parked, (count) => count === 2, PATIENCE);
  expect(await relay.operator.queue.replay("malformed-event", 100)).toBe(2);
  await eventually(parked, (count) => count === 4, PATIENCE);
});

describe("the watchdog function", () => {
  const webhook = (fields: Record<string, unknown>) => ({
    ...{ id: "w1", name: "relay", url: relay.publicUrl, events: ["CONVERSATION/CLOSED"], enabled: false, version: 1 },
    ...fields,
  });

  it("enqueues a missed close once, however long it waits", async () => {
    upstreams.addConversation("missed");
    await setPaused(relay.operator.ledger, true);
    await lookedSince(relay.operator.ledger, Date.now() - 3_600_000);
    upstreams.events = [JSON.parse(closeEvent("missed", { at: new Date(Date.now() - 600_000).toISOString() }))];
    for (const enqueued of [1, 0, 0]) {
      expect(await relay.invoke("watchdog", {})).toMatchObject({ value: { reconciled: { closes: 1, enqueued } } });
    }
    expect(await stateOf("missed")).toBe("pending");
    await setPaused(relay.operator.ledger, false);
    await until("missed", "sent");
    expect(await explain(relay.operator.ledger, "missed")).toHaveLength(1);
  });

  it("reports a webhook that Gladly disabled, but not in its first run, when an apply may be in progress", async () => {
    upstreams.webhooks = [webhook({ disabledAtDueToRetryLimit: "2026-01-05T09:12:44.310Z" })];
    for (const _look of ["first", "second"]) {
      expect(await relay.invoke("watchdog", {})).toMatchObject({ value: { reconciled: { webhook: "off-by-gladly" } } });
    }
    await counted("WebhookDisabled", 1, { state: "off-by-gladly" });
  });

  it("reports that the public address refuses what Gladly sends", async () => {
    upstreams.webhooks = [webhook({ enabled: true })];
    relay.setSecret("probe", { password: "not-the-one" });
    expect(await relay.invoke("watchdog", {})).toMatchObject({ value: { reachable: false } });
    await counted("ProbeFailed", 1);
    expect(logsOf(relay.output())).toContainEqual(expect.objectContaining({ event: "probe.failed", answer: 401 }));
  });

  it.each(["gladly", "probe"])(
    "reports no error until the secret %s has a value, unless Gladly has delivered",
    async (name) => {
      const value = site.aws.secrets.get(relay.secret(name)) ?? "";
      upstreams.webhooks = [webhook({ enabled: true })];
      site.aws.secrets.delete(relay.secret(name));
      expect(await relay.invoke("watchdog", {})).toMatchObject({ value: { waiting: "secrets have no value yet" } });
      expect(logsOf(relay.output())).toContainEqual(expect.objectContaining({ level: "INFO", event: "setup.waiting" }));
      expect(total(relay.output(), "ProbeFailed")).toBe(0);
      site.aws.secrets.set(relay.secret(name), value);
      expect(await relay.invoke("watchdog", {})).toMatchObject({ value: { reachable: true } });

      await lookedSince(relay.operator.ledger, Date.now() - 3_600_000);
      site.aws.secrets.delete(relay.secret(name));
      // A new process has no copy of the value.
      await relay.deploy();
      const result = await relay.invoke("watchdog", {});
      if (name === "gladly") expect(result).toMatchObject({ kind: "error", type: "WatchdogFailed" });
      else await counted("ProbeFailed", 1);
    },
  );

  it("fails when it cannot read Gladly, without text of Gladly's answer in the log", async () => {
    upstreams.gladlyStatus = 403;
    const result = await relay.invoke("watchdog", {});
    expect(result).toMatchObject({ kind: "error", type: "WatchdogFailed" });
    expect(logsOf(relay.output())).toContainEqual(
      expect.objectContaining({ event: "reconcile.failed", error: expect.stringContaining("Gladly answered 403") }),
    );
  });

  it("syncs survey answers in the remaining time, and fails when it cannot", async () => {
    await relay.deploy({ surveyMode: "production", policy: { feedback: true } });
    // There is no API secret yet. The first sync only stores where the next one starts, and reads nothing.
    expect(await relay.invoke("watchdog", {})).toMatchObject({ value: { feedback: { read: 0, more: false } } });
    await lookedSince(relay.operator.ledger, Date.now() - 3_600_000);
    upstreams.events = [JSON.parse(closeEvent("missed", { at: new Date(Date.now() - 600_000).toISOString() }))];
    upstreams.addConversation("missed");
    const result = await relay.invoke("watchdog", {});
    expect(result).toMatchObject({ kind: "error", type: "WatchdogFailed" });
    expect(logsOf(relay.output())).toContainEqual(
      expect.objectContaining({ event: "feedback.failed", error: expect.stringContaining("stella-api-secret") }),
    );
    // The check for missed closes still runs.
    await until("missed", "sent");
  });

  it("does not start with an unusable environment", async () => {
    await relay.deploy({}, { variables: { RELAY_PUBLIC_URL: "" } });
    const result = await relay.invoke("watchdog", {});
    expect(result).toMatchObject({ kind: "error", type: "ConfigurationUnusable" });
  });
});
