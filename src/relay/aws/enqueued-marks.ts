/**
 * Remembers for a day which missed closes were enqueued, because SQS has no search. Otherwise the watchdog would enqueue the
 * same close in every run while no message is processed (Stella down, relay paused).
 */
import { type DynamoDBClient, GetItemCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import * as z from "zod/mini";
import { LEDGER_TABLE } from "../../contract/ledger-table";
import { Envelope, readEnvelope } from "../envelope";
import type { Clock } from "../ports";

/** Milliseconds. As long as Gladly's history. */
const KEPT = 86_400_000;

const EnqueuedItem = z.object({ value: z.object({ S: z.string() }), expiresAt: z.object({ N: z.string() }) });

export class EnqueuedMarks {
  constructor(
    private readonly client: DynamoDBClient,
    private readonly table: string,
    private readonly clock: Clock,
  ) {}

  async add(envelopes: readonly Envelope[]): Promise<void> {
    for (const envelope of envelopes) {
      const content = readEnvelope(envelope);
      if (content.kind === "close") await this.write(content.conversationId, envelope);
    }
  }

  /** The last enqueued close of a conversation. */
  async find(conversationId: string): Promise<Envelope | undefined> {
    const Key = { pk: { S: keyOf(conversationId) } };
    const answer = await this.client.send(new GetItemCommand({ TableName: this.table, Key, ConsistentRead: true }));
    if (answer.Item === undefined) return undefined;
    const { value, expiresAt } = EnqueuedItem.parse(answer.Item);
    return Number(expiresAt.N) * 1000 > this.clock.now() ? Envelope.parse(JSON.parse(value.S)) : undefined;
  }

  private async write(conversationId: string, envelope: Envelope): Promise<void> {
    const expiresAt = String(Math.floor((this.clock.now() + KEPT) / 1000));
    await this.client.send(
      new UpdateItemCommand({
        TableName: this.table,
        Key: { pk: { S: keyOf(conversationId) } },
        UpdateExpression: "SET #value = :value, #ttl = :ttl",
        ExpressionAttributeNames: { "#value": "value", "#ttl": LEDGER_TABLE.timeToLive },
        ExpressionAttributeValues: { ":value": { S: JSON.stringify(envelope) }, ":ttl": { N: expiresAt } },
      }),
    );
  }
}

function keyOf(conversationId: string): string {
  return `enqueued#${conversationId}`;
}
