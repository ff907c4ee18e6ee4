/** A conversation as the sandbox keeps it. */
import type { Channel } from "../scenario";
import type { GladlySettings } from "./settings";

/** A freeform topic; Gladly calls it a custom attribute. */
export interface ConversationAttribute {
  readonly id: string;
  readonly value: string;
}

export interface ConversationRecord {
  readonly id: string;
  readonly customerId: string;
  readonly inboxId: string;
  /** Absent when no agent is assigned; stays after closing. */
  readonly agentId?: string;
  readonly status: "OPEN" | "WAITING" | "CLOSED";
  readonly topicIds: readonly string[];
  readonly createdAt: string;
  /** Only while closed. */
  readonly closedAt?: string;
  /** Freeform topics. One key may occur several times. */
  readonly customAttributes?: readonly ConversationAttribute[];
  /** Not in Gladly's API: the channel of the last contact. */
  readonly channel: Channel;
  /** Not in Gladly's API: whether the customer waits for an answer. */
  readonly replyOwed: boolean;
}

/** What `GET /api/v1/conversations/{id}` answers. There is no channel in it. */
export function showConversation(record: ConversationRecord, settings: GladlySettings): Record<string, unknown> {
  const { channel: _channel, replyOwed: _replyOwed, customAttributes = [], ...shown } = record;
  return { ...shown, status: settings.statusNames[record.status] ?? record.status, customAttributes };
}
