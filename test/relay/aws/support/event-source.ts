/**
 * Lambda's event source mapping for SQS: receives messages in batches of ten, invokes the function, and deletes the
 * messages that it does not report as failed. When the function throws, SQS delivers all of them again.
 */
import { DeleteMessageBatchCommand, type Message, ReceiveMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import * as z from "zod";
import type { InvocationResult } from "./lambda-host";

const Batch = z.object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })) });

export interface EventSourceOptions {
  readonly client: SQSClient;
  readonly queueUrl: string;
  readonly invoke: (event: unknown) => Promise<InvocationResult>;
  /** Simultaneous invocations. */
  readonly concurrency: number;
}

export class EventSource {
  private stopped = false;
  private readonly pollers: readonly Promise<void>[];
  /** Invocations that ended in an error. */
  readonly errors: string[] = [];

  constructor(private readonly options: EventSourceOptions) {
    this.pollers = Array.from({ length: options.concurrency }, () => this.poll());
  }

  /** Stops. Resolves when the running invocations have ended. */
  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all(this.pollers);
  }

  private async poll(): Promise<void> {
    while (!this.stopped) {
      const messages = await this.receive();
      if (messages.length > 0) await this.hand(messages);
    }
  }

  private async receive(): Promise<readonly Message[]> {
    try {
      const answer = await this.options.client.send(
        new ReceiveMessageCommand({
          QueueUrl: this.options.queueUrl,
          MaxNumberOfMessages: 10,
          WaitTimeSeconds: 1,
          MessageSystemAttributeNames: ["All"],
          MessageAttributeNames: ["All"],
        }),
      );
      return answer.Messages ?? [];
    } catch {
      // The mapping continues after faults of SQS and of the network, as Lambda's does.
      return [];
    }
  }

  private async hand(messages: readonly Message[]): Promise<void> {
    const result = await this.options.invoke({ Records: messages.map(recordOf) });
    const batch = result.kind === "response" ? Batch.safeParse(result.value) : undefined;
    if (!batch?.success) {
      this.errors.push(result.kind === "error" ? `${result.type}: ${result.message}` : "not a batch response");
      return;
    }
    const failed = new Set(batch.data.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    const done = messages.filter(({ MessageId = "" }) => !failed.has(MessageId));
    if (done.length === 0) return;
    const Entries = done.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
    const deletion = new DeleteMessageBatchCommand({ QueueUrl: this.options.queueUrl, Entries });
    // SQS delivers again what could not be deleted.
    await this.options.client.send(deletion).catch(() => undefined);
  }
}

function recordOf(message: Message): unknown {
  return {
    messageId: message.MessageId,
    receiptHandle: message.ReceiptHandle,
    body: message.Body,
    attributes: message.Attributes,
    messageAttributes: message.MessageAttributes ?? {},
    eventSource: "aws:sqs",
  };
}
