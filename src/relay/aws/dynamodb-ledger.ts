/**
 * The ledger on AWS: one DynamoDB table of JSON documents with versions. Every write is a conditional update, so only one of
 * several workers can succeed (docs/vendors/aws-relay.md section 4.2).
 */
import { randomUUID } from "node:crypto";
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import * as z from "zod/mini";
import { LEDGER_TABLE } from "../../contract/ledger-table";
import { LEDGER_DAYS } from "../../contract/time-limits";
import { type Envelope, readEnvelope } from "../envelope";
import type { Clock, Ledger, Versioned } from "../ports";
import { ConversationRecord, conversationKey } from "../record";
import { knownClose } from "../twins";
import { EnqueuedMarks } from "./enqueued-marks";

const DAY = 86_400_000;
/** Milliseconds from a record's last change to its expiry: 14 days in each queue, and a margin (docs/vendors/aws-relay.md section 4.2). */
export const KEPT = LEDGER_DAYS * DAY;

const number = () =>
  z.pipe(
    z.object({ N: z.string() }),
    z.transform(({ N }) => Number(N)),
  );
const string = () =>
  z.pipe(
    z.object({ S: z.string() }),
    z.transform(({ S }) => S),
  );
const Item = z.object({
  version: number(),
  value: string(),
  writer: z.optional(string()),
});
type Item = z.infer<typeof Item>;
const Key = z.object({ pk: string() });

interface Write {
  readonly key: string;
  readonly value: string;
  readonly expected: number | undefined;
  /** Milliseconds since the epoch. Undefined for items that never expire. */
  readonly expiresAt?: number;
  /** Set on records that the index of latest changes contains. */
  readonly finishedAt?: number;
}

export class DynamoDbLedger implements Ledger {
  /** Missed closes that were enqueued. */
  readonly enqueued: EnqueuedMarks;

  constructor(
    private readonly client: DynamoDBClient,
    private readonly table: string,
    private readonly clock: Clock,
    /** Milliseconds from a record's last change to its expiry. */
    private readonly kept = KEPT,
  ) {
    this.enqueued = new EnqueuedMarks(client, table, clock);
  }

  async conversation(key: string): Promise<Versioned<ConversationRecord> | undefined> {
    const item = await this.get(key);
    if (item === undefined) return undefined;
    return { value: ConversationRecord.parse(JSON.parse(item.value)), version: item.version };
  }

  async saveConversation(record: ConversationRecord, expected: number | undefined): Promise<boolean> {
    const now = this.clock.now();
    // Update the index only when an attempt has ended. More updates would double the writes without a benefit.
    const ended = record.closures.length > 0 && record.closures.every((closure) => closure.state !== "working");
    return this.put({
      key: record.key,
      value: JSON.stringify(record),
      expected,
      expiresAt: Math.max(now + this.kept, record.keepUntil ?? 0),
      ...(ended ? { finishedAt: now } : {}),
    });
  }

  /** Reads the index day by day. It has no record whose first attempt is still in progress. */
  async recent(most: number): Promise<readonly ConversationRecord[]> {
    const records: ConversationRecord[] = [];
    const now = this.clock.now();
    for (let day = now; day > now - Math.min(this.kept, 400 * DAY) - DAY && records.length < most; day -= DAY) {
      for (const key of await this.keysOf(day, most - records.length)) {
        const stored = await this.conversation(key);
        if (stored !== undefined) records.push(stored.value);
      }
    }
    return records;
  }

  /** Knows only closes that the watchdog enqueued and no worker has processed, because SQS has no search. */
  async waiting(conversationId: string | undefined): Promise<readonly Envelope[]> {
    const envelope = conversationId === undefined ? undefined : await this.enqueued.find(conversationId);
    const content = envelope === undefined ? undefined : readEnvelope(envelope);
    if (envelope === undefined || content?.kind !== "close") return [];
    const stored = await this.conversation(conversationKey(content.conversationId));
    const known = stored !== undefined && knownClose(stored.value, content) !== undefined;
    return known ? [] : [envelope];
  }

  async note(name: string): Promise<Versioned<string> | undefined> {
    const item = await this.get(noteKey(name));
    return item && { value: item.value, version: item.version };
  }

  async saveNote(name: string, value: string, expected: number | undefined): Promise<boolean> {
    return this.put({ key: noteKey(name), value, expected });
  }

  /** An expired record counts until DynamoDB deletes it by AWS's clock. A wrong clock here could cause a second survey. */
  private async get(key: string): Promise<Item | undefined> {
    const answer = await this.client.send(
      new GetItemCommand({ TableName: this.table, Key: { pk: { S: key } }, ConsistentRead: true }),
    );
    return answer.Item === undefined ? undefined : Item.parse(answer.Item);
  }

  private async put(write: Write): Promise<boolean> {
    const writer = randomUUID();
    try {
      await this.client.send(this.update(write, writer));
      return true;
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      // The SDK retries a write whose answer was lost. The retry then finds what the first attempt wrote.
      if ((error.$metadata.attempts ?? 1) <= 1) return false;
      return (await this.get(write.key))?.writer === writer;
    }
  }

  private update(write: Write, writer: string): UpdateItemCommand {
    const { key, value, expected, expiresAt, finishedAt } = write;
    const sets = ["#value = :value", "#writer = :writer", "#version = if_not_exists(#version, :zero) + :one"];
    const names: Record<string, string> = { "#value": "value", "#writer": "writer", "#version": "version" };
    const values: Record<string, AttributeValue> = {
      ":value": { S: value },
      ":writer": { S: writer },
      ":zero": { N: "0" },
      ":one": { N: "1" },
    };
    const set = (name: string, attribute: AttributeValue) => {
      sets.push(`#${name} = :${name}`);
      names[`#${name}`] = name;
      values[`:${name}`] = attribute;
    };
    if (expiresAt !== undefined) set(LEDGER_TABLE.timeToLive, { N: String(seconds(expiresAt)) });
    if (finishedAt !== undefined) {
      set(LEDGER_TABLE.recentIndex.partitionKey.name, { S: dayOf(finishedAt) });
      set(LEDGER_TABLE.recentIndex.sortKey.name, { N: String(finishedAt) });
    }
    let condition = "#version = :expected";
    if (expected === undefined) {
      condition = "attribute_not_exists(pk)";
    } else values[":expected"] = { N: String(expected) };
    return new UpdateItemCommand({
      TableName: this.table,
      Key: { pk: { S: key } },
      UpdateExpression: `SET ${sets.join(", ")}`,
      ConditionExpression: condition,
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: values,
    });
  }

  private async keysOf(day: number, most: number): Promise<readonly string[]> {
    const answer = await this.client.send(
      new QueryCommand({
        TableName: this.table,
        IndexName: LEDGER_TABLE.recentIndex.name,
        KeyConditionExpression: "#day = :day",
        ExpressionAttributeNames: { "#day": LEDGER_TABLE.recentIndex.partitionKey.name },
        ExpressionAttributeValues: { ":day": { S: dayOf(day) } },
        ScanIndexForward: false,
        Limit: most,
      }),
    );
    return (answer.Items ?? []).map((item) => Key.parse(item).pk);
  }
}

function noteKey(name: string): string {
  return `note#${name}`;
}

function dayOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}

function seconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000);
}
