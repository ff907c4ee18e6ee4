/**
 * Runs the built functions with AWS's runtime interface client, which runs them in Lambda. Few machines can build its native
 * part, so these tests are skipped, with a note, on machines without a copy (CONTRIBUTING.md).
 */
import { explain } from "../../../src/relay/explain";
import { describeIf } from "../../support/optional";
import { closeEvent, PASSWORD } from "../support/test-relay";
import { Upstreams } from "../support/upstreams";
import { eventually } from "../support/wait";
import { Deployment, Site } from "./support/deployment";
import { logsOf, total } from "./support/output";
import { awsClient } from "./support/runtime-clients";

const client = awsClient();
const PATIENCE = { pause: 50 };

describeIf(
  client,
  "a built copy of aws-lambda-ric",
  "install it on a machine with cmake, autoconf and a C++ compiler, and set AWS_LAMBDA_RIC to its folder",
)("the functions with AWS's runtime interface client", () => {
  let site: Site;
  let upstreams: Upstreams;
  let relay: Deployment;
  beforeAll(async () => {
    site = await Site.open();
    upstreams = await Upstreams.start();
    relay = await Deployment.start(site, upstreams, client === undefined ? {} : { client });
  });
  afterAll(async () => {
    await relay.stop();
    await upstreams.stop();
    await site.close();
  });

  it("deliver a close to Stella, and refuse wrong credentials", async () => {
    upstreams.addConversation("c1");
    expect(await relay.post(closeEvent("c1"), "wrong")).toBe(401);
    expect(await relay.post('{"type":"PING"}')).toBe(200);
    expect(await relay.post(closeEvent("c1"))).toBe(200);
    await eventually(
      () => explain(relay.operator.ledger, "c1"),
      ([first]) => first?.state === "sent",
      PATIENCE,
    );
    expect(upstreams.received).toHaveLength(1);
  });

  it("report one message of a batch as failed, and not the other", async () => {
    upstreams.moods.push(503);
    upstreams.addConversation("later");
    const envelope = (id: string, body: string) =>
      JSON.stringify({ v: 1, id, receivedAt: Date.now(), source: "webhook", replays: 0, body });
    const record = (messageId: string, body: string) => ({
      ...{ messageId, receiptHandle: messageId, body, attributes: { SentTimestamp: "1767604364310" } },
    });
    const Records = [
      record("m1", envelope("e1", closeEvent("later"))),
      record("m2", envelope("e2", '{"type":"PING"}')),
    ];
    expect(await relay.invoke("worker", { Records })).toEqual({
      kind: "response",
      value: { batchItemFailures: [{ itemIdentifier: "m1" }] },
    });
  });

  it("read Gladly's events, and fail when they cannot", async () => {
    upstreams.webhooks = [
      { id: "w1", name: "relay", url: relay.publicUrl, events: ["CONVERSATION/CLOSED"], enabled: true, version: 1 },
    ];
    expect(await relay.invoke("watchdog", {})).toMatchObject({ kind: "response", value: { reachable: true } });
    upstreams.gladlyStatus = 403;
    expect(await relay.invoke("watchdog", {})).toMatchObject({ kind: "error", type: "WatchdogFailed" });
    upstreams.gladlyStatus = undefined;
  });

  it("write logs and metrics as JSON lines, without passwords", async () => {
    await eventually(
      async () => total(relay.output(), "Sent"),
      (sum) => sum === 1,
      PATIENCE,
    );
    const output = relay.output();
    expect(logsOf(output).map(({ event }) => event)).toEqual(expect.arrayContaining(["work.sent", "ingest.refused"]));
    expect(output).not.toContain(PASSWORD);
  });
});
