import { randomUUID } from "node:crypto";
import { type OperatorStores, openOperatorStores } from "../../../src/relay/aws/operator";
import { dynamoDbClient, sqsClient } from "../../../src/relay/aws/sdk-clients";
import type { ConversationRecord } from "../../../src/relay/record";
import { closure, envelope, record } from "../contract/envelopes";
import { closeEvent } from "../support/test-relay";
import { LocalAws, REGION } from "./support/local-aws";
import { createLedgerTable, createQueue } from "./support/resources";

let aws: LocalAws;
const sqs = () => sqsClient(REGION);

beforeAll(async () => {
  aws = await LocalAws.start();
  Object.assign(process.env, aws.variables("person"), { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" });
});
afterAll(() => aws.stop());

let home: OperatorStores;
beforeEach(async () => {
  const name = randomUUID();
  const clients = { sqs: sqs(), dynamoDb: dynamoDbClient(REGION) };
  await createLedgerTable(clients.dynamoDb, name);
  home = openOperatorStores({
    region: REGION,
    queueUrl: await createQueue(clients.sqs, `${name}-main`, 180),
    parkedQueueUrl: await createQueue(clients.sqs, `${name}-dlq`, 180),
    ledgerTable: name,
    clock: { now: () => Date.now() },
  });
  clients.sqs.destroy();
  clients.dynamoDb.destroy();
});
afterEach(() => home.close());

/** A close of the customer's conversation. */
const theirs = (conversation: string) => closeEvent(conversation).replaceAll(`customer-${conversation}`, "their-id");
const saved = (value: ConversationRecord) => home.ledger.saveConversation(value, undefined);
const known = async (key: string) => (await home.ledger.conversation(key)) !== undefined;

it("deletes a customer's events, records and notes, and nothing of other customers", async () => {
  const many = Array.from({ length: 25 }, (_, index) => envelope(`other-${index}`, closeEvent(`other-${index}`)));
  await home.queue.send([...many, envelope("waits", theirs("waits"))]);
  await home.queue.park(envelope("parked", theirs("parked")), "gave-up");
  await home.queue.park(envelope("broken", '{"content":{"customerId":"their-id"'), "malformed-event");
  await home.queue.park(envelope("another", closeEvent("another")), "gave-up");
  await home.ledger.enqueued.add([envelope("waits", theirs("waits")), envelope("other-1", closeEvent("other-1"))]);
  await saved({ ...record("conversation#old", closure("old")), customerId: "their-id" });
  // From an older version, whose records do not name the customer: the parked event does.
  await saved({ ...record("conversation#parked", closure("parked", { state: "parked" })), conversationId: "parked" });
  // A record of another customer, whose id starts with this customer's id.
  await saved({ ...record("conversation#longer", closure("longer")), customerId: "their-id-and-more" });
  await home.ledger.saveNote("paused", '{"by":"their-id"}', undefined);

  expect(await home.erase("their-id")).toEqual({ events: 3, records: 2, working: 0, unseen: 0 });

  expect(await known("conversation#old")).toBe(false);
  expect(await known("conversation#parked")).toBe(false);
  expect(await known("conversation#longer")).toBe(true);
  expect(await home.ledger.note("paused")).toBeDefined();
  expect(await home.ledger.enqueued.find("waits")).toBeUndefined();
  expect(await home.ledger.enqueued.find("other-1")).toBeDefined();
  // The other messages are visible again at once.
  const left = new Set<string>();
  for (let messages = await home.queue.receive(10); messages.length > 0; messages = await home.queue.receive(10)) {
    for (const message of messages) left.add(message.envelope.id);
  }
  expect([...left].sort()).toEqual(many.map(({ id }) => id).sort());
  expect(await home.queue.replay("gave-up", 10)).toBe(1);
  expect(await home.queue.replay("malformed-event", 10)).toBe(0);
});

it("reports what it could not delete: a close in progress, whose record must stay, and hidden SQS messages", async () => {
  await home.queue.send([envelope("envelope-busy", theirs("busy"))]);
  const [message] = await home.queue.receive(1);
  await saved({ ...record("conversation#busy", closure("busy", { state: "working" })), customerId: "their-id" });
  expect(await home.erase("their-id")).toEqual({ events: 0, records: 0, working: 1, unseen: 1 });
  expect(await known("conversation#busy")).toBe(true);

  // The close is no longer in progress and its message is visible: both are deleted.
  if (message === undefined) throw new Error("nothing was received");
  await home.queue.settle(message, { kind: "later", delay: 0 });
  expect(await home.erase("their-id")).toEqual({ events: 1, records: 1, working: 0, unseen: 0 });
});

it("keeps a record that a worker changes at the same time", async () => {
  const old = { ...record("conversation#old", closure("old")), customerId: "their-id" };
  await saved(old);
  aws.fault = async ({ action }) => {
    if (action !== "dynamodb:DeleteItem") return undefined;
    await home.ledger.saveConversation(old, 1);
    return undefined;
  };
  expect(await home.erase("their-id")).toMatchObject({ records: 0, working: 1 });
  aws.fault = () => undefined;
  expect(await known("conversation#old")).toBe(true);
});

it("makes the other messages visible again when it fails", async () => {
  await home.queue.send([envelope("one", closeEvent("one")), envelope("waits", theirs("waits"))]);
  aws.fault = ({ action }) => (action === "sqs:DeleteMessage" ? 400 : undefined);
  await expect(home.erase("their-id")).rejects.toThrow();
  aws.fault = () => undefined;
  const left = await home.queue.receive(10);
  expect(left.map((message) => message.envelope.id)).toContain("one");
});
