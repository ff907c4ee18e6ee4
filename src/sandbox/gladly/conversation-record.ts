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
  /** Absent when no agent is assigned. Stays after closing. */
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
  /** Not in Gladly's API: whether the customer waits for a reply. */
  readonly replyOwed: boolean;
}

/** The answer of `GET /api/v1/conversations/{id}`. It has no channel. */
export function showConversation(record: ConversationRecord, settings: GladlySettings): Record<string, unknown> {
  const { channel: _channel, replyOwed: _replyOwed, customAttributes = [], ...shown } = record;
  return { ...shown, status: settings.statusNames[record.status] ?? record.status, customAttributes };
}
