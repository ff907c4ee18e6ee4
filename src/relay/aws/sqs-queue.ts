/**
 * The queue on AWS: a standard SQS queue, and its dead-letter queue as the place for what is parked.
 *
 * Parking is a message of our own with its reason as an attribute, which starts a fresh retention of 14 days; what SQS
 * moves there by itself after a thousand receives has none (docs/vendors/aws-relay.md section 4.4).
 */
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  type SQSClient,
  type Message as SqsMessage,
} from "@aws-sdk/client-sqs";
import type { Envelope } from "../envelope";
import type { Message, Queue, Verdict } from "../ports";
import type { ParkReason } from "../reasons";
import { decodeMessage, encodeMessage, inBatches } from "./message-body";

/** Seconds that SQS keeps a message hidden at most. */
const LONGEST_HIDDEN = 43_200;
/** Seconds that a parked message is ours while it is moved back. */
const MOVING = 60;
/** Name of the attribute with a parked message's reason. */
export const REASON_ATTRIBUTE = "reason";
/** What SQS itself moved away was received a thousand times, and no worker lived to say why. */
const MOVED_BY_SQS: ParkReason = "keeps-crashing";

export interface SqsQueueUrls {
  readonly main: string;
  readonly parked: string;
}

export class SqsQueue implements Queue {
  constructor(
    private readonly client: SQSClient,
    private readonly urls: SqsQueueUrls,
  ) {}

  async send(envelopes: readonly Envelope[]): Promise<void> {
    for (const batch of inBatches(envelopes)) {
      const Entries = batch.map((body, index) => ({ Id: String(index), MessageBody: body }));
      const answer = await this.client.send(new SendMessageBatchCommand({ QueueUrl: this.urls.main, Entries }));
      const failed = answer.Failed?.[0];
      if (failed !== undefined) throw new Error(`SQS did not store a message (${failed.Code})`);
    }
  }

  /** At most ten at a time, as SQS has it. */
  async receive(most: number): Promise<readonly Message[]> {
    const messages = await this.take(this.urls.main, Math.min(10, most));
    return messages.map(toMessage);
  }

  async settle(message: Message, verdict: Verdict): Promise<void> {
    switch (verdict.kind) {
      case "later":
        return this.postpone(message, verdict.delay);
      case "park":
        await this.park(message.envelope, verdict.reason);
        return this.drop(this.urls.main, message.receipt);
      case "done":
        return this.drop(this.urls.main, message.receipt);
      default:
        verdict satisfies never;
    }
  }

  /** Hides a message that was handed out for so many milliseconds; it is handed out again afterwards. */
  async postpone(message: Message, delay: number): Promise<void> {
    const seconds = Math.min(LONGEST_HIDDEN, Math.max(0, Math.ceil(delay / 1000)));
    await this.client.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: this.urls.main,
        ReceiptHandle: message.receipt,
        VisibilityTimeout: seconds,
      }),
    );
  }

  /** Stores a copy with its reason on the parked queue; the original is the caller's to delete. */
  async park(envelope: Envelope, reason: ParkReason): Promise<void> {
    await this.client.send(
      new SendMessageCommand({
        QueueUrl: this.urls.parked,
        MessageBody: encodeMessage(envelope),
        MessageAttributes: { [REASON_ATTRIBUTE]: { DataType: "String", StringValue: reason } },
      }),
    );
  }

  async replay(reason: ParkReason, most: number): Promise<number> {
    // A worker may park one again while we are at it: each is moved once.
    const moved = new Set<string>();
    const others: string[] = [];
    try {
      for (;;) {
        const room = Math.min(10, most - moved.size);
        const messages = room > 0 ? await this.take(this.urls.parked, room, MOVING) : [];
        if (messages.length === 0) return moved.size;
        for (const message of messages) {
          const { envelope, receipt } = toMessage(message);
          if (reasonOf(message) === reason && !moved.has(envelope.id)) {
            await this.moveBack(envelope, receipt);
            moved.add(envelope.id);
          } else others.push(receipt);
        }
      }
    } finally {
      // What stays was hidden while we looked, and must not remain so.
      for (const receipt of others) await this.show(receipt);
    }
  }

  /** Sent before it is deleted: a crash in between leaves it in both places, and the ledger drops the second one. */
  private async moveBack(envelope: Envelope, receipt: string): Promise<void> {
    await this.send([{ ...envelope, replays: envelope.replays + 1 }]);
    await this.drop(this.urls.parked, receipt);
  }

  private async take(queueUrl: string, most: number, hidden?: number): Promise<readonly SqsMessage[]> {
    const answer = await this.client.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: most,
        MessageAttributeNames: [REASON_ATTRIBUTE],
        MessageSystemAttributeNames: ["SentTimestamp"],
        // Without waiting SQS asks only some of its servers, and may find nothing where there is something.
        WaitTimeSeconds: 1,
        ...(hidden === undefined ? {} : { VisibilityTimeout: hidden }),
      }),
    );
    return answer.Messages ?? [];
  }

  private async drop(queueUrl: string, receipt: string): Promise<void> {
    await this.client.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle: receipt }));
  }

  private async show(receipt: string): Promise<void> {
    await this.client.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: this.urls.parked,
        ReceiptHandle: receipt,
        VisibilityTimeout: 0,
      }),
    );
  }
}

function toMessage(message: SqsMessage): Message {
  const sentAt = Number(message.Attributes?.SentTimestamp ?? 0);
  return {
    envelope: decodeMessage(message.Body ?? "", message.MessageId ?? "", sentAt),
    receipt: message.ReceiptHandle ?? "",
  };
}

function reasonOf(message: SqsMessage): string {
  return message.MessageAttributes?.[REASON_ATTRIBUTE]?.StringValue ?? MOVED_BY_SQS;
}
