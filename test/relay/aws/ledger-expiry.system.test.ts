/** DynamoDB deletes expired records by its own clock. The ledger never ignores a record because of the relay's clock. */
import { GetItemCommand } from "@aws-sdk/client-dynamodb";
import { DynamoDbLedger, KEPT } from "../../../src/relay/aws/dynamodb-ledger";
import { dynamoDbClient } from "../../../src/relay/aws/sdk-clients";
import { closure, envelope, record } from "../contract/envelopes";
import { closeEvent } from "../support/test-relay";
import { LocalAws, REGION } from "./support/local-aws";
import { createLedgerTable } from "./support/resources";

let aws: LocalAws;
let client: ReturnType<typeof dynamoDbClient>;
const clock = { time: Date.now(), now: () => clock.time };
let ledger: DynamoDbLedger;

beforeAll(async () => {
  aws = await LocalAws.start();
  Object.assign(process.env, aws.variables("test"), { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" });
  client = dynamoDbClient(REGION);
  await createLedgerTable(client, "ledger");
  ledger = new DynamoDbLedger(client, "ledger", clock);
});
afterAll(async () => {
  client.destroy();
  await aws.stop();
});

it("a record expires 35 days after its last change, and counts until DynamoDB has deleted it", async () => {
  const expiry = async (key: string) => {
    const { Item } = await client.send(new GetItemCommand({ TableName: "ledger", Key: { pk: { S: key } } }));
    return Number(Item?.expiresAt?.N);
  };
  await ledger.saveConversation(record("old", closure("e1")), undefined);
  expect(await expiry("old")).toBe(Math.floor((clock.time + KEPT) / 1000));
  clock.time += KEPT - 10_000;
  const version = (await ledger.conversation("old"))?.version;
  expect(await ledger.saveConversation(record("old", closure("e2")), version)).toBe(true);
  clock.time += KEPT - 10_000;
  expect((await ledger.conversation("old"))?.value).toEqual(record("old", closure("e2")));
  expect(await expiry("old")).toBe(Math.floor((clock.time - KEPT + 10_000 + KEPT) / 1000));
  // The clock is 40 days ahead for a moment. If the record were ignored, the customer would get a second survey.
  clock.time += 40 * 86_400_000;
  expect((await ledger.conversation("old"))?.value).toEqual(record("old", closure("e2")));
  expect(await ledger.saveConversation(record("old", closure("e3")), undefined)).toBe(false);
  // A writer with an older version cannot overwrite it.
  expect(await ledger.saveConversation(record("old", closure("stale")), version)).toBe(false);
});

it("a note never expires", async () => {
  await ledger.saveNote("paused", "true", undefined);
  clock.time += 10 * KEPT;
  expect((await ledger.note("paused"))?.value).toBe("true");
  expect(await ledger.saveNote("paused", "false", undefined)).toBe(false);
});

it("an enqueued close is remembered for a day, or until it is processed", async () => {
  const enqueued = envelope("e1", closeEvent("c1"));
  await ledger.enqueued.add([enqueued, envelope("e2", '{"type":"PING"}')]);
  expect(await ledger.waiting("c1")).toEqual([enqueued]);
  expect(await ledger.waiting("c2")).toEqual([]);
  expect(await ledger.waiting(undefined)).toEqual([]);
  clock.time += 86_400_000;
  expect(await ledger.waiting("c1")).toEqual([]);
  await ledger.enqueued.add([enqueued]);
  await ledger.saveConversation(record("conversation#c1", closure("event-c1")), undefined);
  expect(await ledger.waiting("c1")).toEqual([]);
});
