/** The event and the response of a Lambda function with an SQS event source. */
import * as z from "zod/mini";
import type { Message } from "../ports";
import { decodeMessage } from "./message-body";

const Record = z.object({
  messageId: z.string(),
  receiptHandle: z.string(),
  body: z.string(),
  attributes: z.object({ SentTimestamp: z.string() }),
});

export const SqsEvent = z.object({ Records: z.array(Record) });
export type SqsRecord = z.infer<typeof Record>;

/** SQS delivers the records in this list again. Lambda deletes the others. */
export interface BatchResponse {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

export function messageOf(record: SqsRecord): Message {
  const sentAt = Number(record.attributes.SentTimestamp);
  return { envelope: decodeMessage(record.body, record.messageId, sentAt), receipt: record.receiptHandle };
}

export function failuresOf(records: readonly SqsRecord[]): BatchResponse {
  return { batchItemFailures: records.map(({ messageId }) => ({ itemIdentifier: messageId })) };
}
