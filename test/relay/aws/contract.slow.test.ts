/** Runs the contract of both relays against the relay on AWS: the built functions with emulated SQS and DynamoDB. */
import { setTimeout as delay } from "node:timers/promises";
import { DynamoDbLedger } from "../../../src/relay/aws/dynamodb-ledger";
import { dynamoDbClient, sqsClient } from "../../../src/relay/aws/sdk-clients";
import { SqsQueue } from "../../../src/relay/aws/sqs-queue";
import { explain } from "../../../src/relay/explain";
import { conversationKey } from "../../../src/relay/record";
import { ledgerContract } from "../contract/ledger-contract";
import { queueContract } from "../contract/queue-contract";
import { API_SECRET, type RunningRelay, relayContract } from "../contract/relay-contract";
import { lookedSince } from "../support/looked";
import type { Upstreams } from "../support/upstreams";
import { Deployment, Site } from "./support/deployment";
import { REGION } from "./support/local-aws";
import { createLedgerTable, createQueue } from "./support/resources";

let site: Site;

beforeAll(async () => {
  site = await Site.open();
});
afterAll(() => site.close());

/** SQS has its own clock, so this test waits in real time. */
async function openQueue() {
  const name = site.nextName();
  const client = sqsClient(REGION);
  const main = await createQueue(client, `${name}-main`, 1);
  const parked = await createQueue(client, `${name}-parked`, 1);
  return {
    queue: new SqsQueue(client, { main, parked }),
    handOut: 1000,
    pass: (milliseconds: number) => delay(milliseconds),
    close: async () => client.destroy(),
  };
}

async function openLedger() {
  const name = site.nextName();
  const client = dynamoDbClient(REGION);
  await createLedgerTable(client, name);
  const clock = { time: Date.now(), now: () => clock.time };
  return {
    ledger: new DynamoDbLedger(client, name, clock),
    pass: async (milliseconds: number) => {
      clock.time += milliseconds;
    },
    close: async () => client.destroy(),
  };
}

async function startRelay(upstreams: Upstreams): Promise<RunningRelay> {
  // Short enough for a test to get a killed worker's messages again, but longer than a busy machine needs for one message.
  const deployment = await Deployment.start(site, upstreams, { handOut: 10 });
  // One function does both.
  const watch = async () => {
    const result = await deployment.invoke("watchdog", {});
    if (result.kind === "error") throw new Error(result.message);
  };
  deployment.setSecret("stella-api-secret", { apiSecret: API_SECRET });
  return {
    post: (body, password, username) => deployment.post(body, password, username),
    explain: (conversation) => explain(deployment.operator.ledger, conversation),
    channelOf: async (conversation) =>
      (await deployment.operator.ledger.conversation(conversationKey(conversation)))?.value.channel,
    replay: (reason) => deployment.operator.queue.replay(reason, 100),
    apply: (changes) => deployment.deploy(changes),
    setPasswords: async (...passwords) => deployment.setPasswords(passwords),
    reconcile: watch,
    syncSurveyAnswers: watch,
    lookedSince: (at) => lookedSince(deployment.operator.ledger, at),
    crash: async () => deployment.crash(),
    stop: () => deployment.stop(),
  };
}

queueContract("AWS", openQueue);
ledgerContract("AWS", openLedger);
relayContract("AWS", startRelay);
