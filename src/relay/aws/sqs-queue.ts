/**
 * The queue on AWS: a standard SQS queue, whose dead-letter queue also holds parked deliveries.
 *
 * Parking sends a new message with the reason as an attribute, so its retention of 14 days starts again. Messages that SQS
 * moves after a thousand receives have no reason (docs/vendors/aws-relay.md section 4.4).
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

/** SQS's largest visibility timeout, in seconds. */
const MAX_VISIBILITY_TIMEOUT = 43_200;
/** Visibility timeout of parked messages during a replay, in seconds. */
const REPLAY_VISIBILITY_TIMEOUT = 60;
/** Attribute with the reason of a parked message. */
export const REASON_ATTRIBUTE = "reason";
/** SQS moves a message after a thousand receives: no worker survived to give a reason. */
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

  /** Receives at most ten messages, which is SQS's limit. */
  async receive(most: number): Promise<readonly Message[]> {
    const messages = await this.receiveFrom(this.urls.main, Math.min(10, most));
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

  /** Hides a received message. SQS delivers it again after `delay` milliseconds. */
  async postpone(message: Message, delay: number): Promise<void> {
    const seconds = Math.min(MAX_VISIBILITY_TIMEOUT, Math.max(0, Math.ceil(delay / 1000)));
    await this.client.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: this.urls.main,
        ReceiptHandle: message.receipt,
        VisibilityTimeout: seconds,
      }),
    );
  }

  /** Stores a copy with its reason on the parked queue. The caller deletes the original. */
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
    // A worker may park a message again during the replay. Move each only once.
    const moved = new Set<string>();
    const others: string[] = [];
    try {
      for (;;) {
        const limit = Math.min(10, most - moved.size);
        const messages = limit > 0 ? await this.receiveFrom(this.urls.parked, limit, REPLAY_VISIBILITY_TIMEOUT) : [];
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
      // Receiving hid the messages that stay parked. Show them again.
      for (const receipt of others) await this.show(receipt);
    }
  }

  /** Sends before deleting: after a crash in between, both queues have the message, and the ledger drops the duplicate. */
  private async moveBack(envelope: Envelope, receipt: string): Promise<void> {
    await this.send([{ ...envelope, replays: envelope.replays + 1 }]);
    await this.drop(this.urls.parked, receipt);
  }

  private async receiveFrom(queueUrl: string, most: number, hidden?: number): Promise<readonly SqsMessage[]> {
    const answer = await this.client.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: most,
        MessageAttributeNames: [REASON_ATTRIBUTE],
        MessageSystemAttributeNames: ["SentTimestamp"],
        // Without a wait time (short polling), SQS asks only some of its servers and can miss messages.
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
