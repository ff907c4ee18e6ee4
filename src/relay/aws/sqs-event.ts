/** What Lambda hands to a function that it feeds from SQS, and what it wants back. */
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

/** Records named here are handed out again; the others are deleted by Lambda. */
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
