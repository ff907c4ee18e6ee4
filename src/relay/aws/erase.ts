/**
 * Deletes a customer's data from the relay on AWS, with the permissions of the person who runs it. The relay may be running.
 *
 * SQS has no search, so this reads both queues completely. Each event is hidden during that time and then visible again.
 * DynamoDB scans the whole table and returns only items that name the customer.
 */
import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  paginateScan,
} from "@aws-sdk/client-dynamodb";
import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import * as z from "zod/mini";
import { Envelope, readEnvelope } from "../envelope";
import { type Erased, mentions } from "../erase";
import { ConversationRecord, conversationKey, isFinished } from "../record";
import { decodeMessage } from "./message-body";
import type { SqsQueueUrls } from "./sqs-queue";

/** Visibility timeout of the events while the queue is read, in seconds. SQS shows them again even if this process dies. */
const READING = 300;
/** Most messages in one call to SQS. */
const BATCH = 10;

const Item = z.object({
  pk: z.object({ S: z.string() }),
  value: z.object({ S: z.string() }),
  version: z.optional(z.object({ N: z.string() })),
});
type Item = z.infer<typeof Item>;

export interface EraseDeps {
  readonly sqs: SQSClient;
  readonly dynamoDb: DynamoDBClient;
  readonly queues: SqsQueueUrls;
  readonly table: string;
}

/** @param customerId Gladly's id */
export async function erase(deps: EraseDeps, customerId: string): Promise<Erased> {
  const envelopes: Envelope[] = [];
  for (const url of [deps.queues.main, deps.queues.parked]) {
    envelopes.push(...(await eraseFromQueue(deps.sqs, url, customerId)));
  }
  const ledger = await eraseFromLedger(deps, customerId, envelopes);
  return { events: envelopes.length, ...ledger, unseen: await hidden(deps) };
}

/** Deletes the customer's events from a queue and makes the others visible again. @returns the deleted events */
async function eraseFromQueue(client: SQSClient, QueueUrl: string, customerId: string): Promise<readonly Envelope[]> {
  const erased: Envelope[] = [];
  const seen = new Set<string>();
  const others: string[] = [];
  try {
    for (;;) {
      const { Messages: messages = [] } = await client.send(
        new ReceiveMessageCommand({
          ...{ QueueUrl, MaxNumberOfMessages: BATCH, VisibilityTimeout: READING },
          MessageSystemAttributeNames: ["SentTimestamp"],
          // Without a wait time (short polling), SQS asks only some of its servers and can miss messages.
          WaitTimeSeconds: 1,
        }),
      );
      let known = 0;
      for (const { MessageId = "", Body = "", ReceiptHandle = "", Attributes } of messages) {
        const envelope = decodeMessage(Body, MessageId, Number(Attributes?.SentTimestamp ?? 0));
        if (mentions(envelope, customerId)) {
          await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
          erased.push(envelope);
        } else {
          others.push(ReceiptHandle);
          known += seen.has(MessageId) ? 1 : 0;
          seen.add(MessageId);
        }
      }
      // All events were read before: reading took longer than the visibility timeout, and there is nothing new.
      if (known === messages.length) return erased;
    }
  } finally {
    for (let start = 0; start < others.length; start += BATCH) {
      const Entries = others
        .slice(start, start + BATCH)
        .map((ReceiptHandle, index) => ({ Id: String(index), ReceiptHandle, VisibilityTimeout: 0 }));
      await client.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries }));
    }
  }
}

/** An unfinished close keeps its record. Otherwise its event, which comes again, would count as a new close. */
async function eraseFromLedger(
  { dynamoDb, table }: EraseDeps,
  customerId: string,
  erased: readonly Envelope[],
): Promise<Pick<Erased, "records" | "working">> {
  const carriers = new Set(erased.map(({ id }) => id));
  const conversations = conversationsOf(erased);
  let [records, working] = [0, 0];
  for await (const item of itemsNaming(dynamoDb, table, [customerId, ...conversations])) {
    const record = item.pk.S.startsWith("enqueued#") ? undefined : recordOf(item);
    const theirs =
      record === undefined
        ? mentionedBy(item, customerId)
        : record.customerId === customerId || conversations.has(record.conversationId ?? "");
    if (!theirs) continue;
    const open = (record?.closures ?? []).filter((close) => !isFinished(close) && !carriers.has(close.envelopeId));
    if (open.length > 0) working += open.length;
    else if (await remove(dynamoDb, table, item)) records += record === undefined ? 0 : 1;
    else working += 1;
  }
  return { records, working };
}

function conversationsOf(envelopes: readonly Envelope[]): ReadonlySet<string> {
  return new Set(
    envelopes.flatMap((envelope) => {
      const content = readEnvelope(envelope);
      return content.kind === "close" ? [content.conversationId] : [];
    }),
  );
}

/** Filter expressions are limited to 4 KB and 300 operators, so more ids need another scan. */
const IDS = 50;

async function* itemsNaming(client: DynamoDBClient, TableName: string, ids: readonly string[]): AsyncGenerator<Item> {
  for (let start = 0; start < ids.length; start += IDS) {
    const some = ids.slice(start, start + IDS);
    const pages = paginateScan(
      { client },
      {
        ...{ TableName, ConsistentRead: true, ProjectionExpression: "pk, #value, #version" },
        FilterExpression: some.map((_, index) => `contains(#value, :id${index})`).join(" OR "),
        ExpressionAttributeNames: { "#value": "value", "#version": "version" },
        ExpressionAttributeValues: Object.fromEntries(some.map((id, index) => [`:id${index}`, { S: id }])),
      },
    );
    for await (const { Items = [] } of pages) yield* Items.map((item) => Item.parse(item));
  }
}

/** The item's conversation record. Undefined for notes, which do not belong to customers. */
function recordOf({ pk, value }: Item): ConversationRecord | undefined {
  if (!pk.S.startsWith(conversationKey("")) && !pk.S.startsWith("envelope#")) return undefined;
  return ConversationRecord.parse(JSON.parse(value.S));
}

/** Whether the item is the mark of an enqueued missed close of the customer. Such a mark contains the event. */
function mentionedBy({ pk, value }: Item, customerId: string): boolean {
  return pk.S.startsWith("enqueued#") && mentions(Envelope.parse(JSON.parse(value.S)), customerId);
}

/** @returns false when a worker has changed the record since it was read */
async function remove(client: DynamoDBClient, TableName: string, { pk, version }: Item): Promise<boolean> {
  const unchanged =
    version === undefined
      ? {}
      : {
          ConditionExpression: "#version = :version",
          ExpressionAttributeNames: { "#version": "version" },
          ExpressionAttributeValues: { ":version": version },
        };
  try {
    await client.send(new DeleteItemCommand({ TableName, Key: { pk }, ...unchanged }));
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

/** Events that a worker has, or that wait for a retry. SQS hides them until their visibility timeout ends. */
async function hidden({ sqs, queues }: EraseDeps): Promise<number> {
  const name = "ApproximateNumberOfMessagesNotVisible";
  const answer = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: queues.main, AttributeNames: [name] }));
  return Number(answer.Attributes?.[name] ?? 0);
}
