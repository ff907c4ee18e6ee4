/** The events of a conversation. `context` is the state before the event (docs/vendors/gladly-api.md section 7.4). */
import {
  CONTACT_STARTED,
  CONVERSATION_CLOSED,
  CONVERSATION_REOPENED,
  TOPIC_ADDED,
  TOPIC_REMOVED,
} from "../../contract/event-types";
import { newId } from "../ids";
import type { ConversationRecord } from "./conversation-record";
import type { EventLog, Initiator } from "./events";

export class ConversationEvents {
  constructor(private readonly log: EventLog) {}

  created(record: ConversationRecord, initiator: Initiator): void {
    this.log.record("CONVERSATION/CREATED", initiator, content(record));
    this.log.record(CONTACT_STARTED, initiator, { ...content(record), channel: record.channel, contactId: newId() });
  }

  contactEnded(before: ConversationRecord, initiator: Initiator, reason: "CONVERSATION_CLOSED" | "MERGED"): void {
    this.log.record("CONTACT/ENDED", initiator, {
      ...content(before),
      channel: before.channel,
      contactId: newId(),
      status: before.agentId === undefined ? "UNANSWERED" : "ANSWERED",
      reason,
    });
  }

  closed(before: ConversationRecord, initiator: Initiator): void {
    this.contactEnded(before, initiator, "CONVERSATION_CLOSED");
    this.log.record(CONVERSATION_CLOSED, initiator, content(before));
    this.status(before);
  }

  reopened(before: ConversationRecord, initiator: Initiator): void {
    this.log.record(CONVERSATION_REOPENED, initiator, content(before));
    this.status(before);
  }

  topic(change: "ADDED" | "REMOVED", before: ConversationRecord, topicId: string, initiator: Initiator): void {
    this.log.record(change === "ADDED" ? TOPIC_ADDED : TOPIC_REMOVED, initiator, { ...content(before), topicId });
  }

  assigned(before: ConversationRecord, after: ConversationRecord, initiator: Initiator): void {
    this.log.record("CONVERSATION_ASSIGNEE/UPDATED", initiator, {
      ...content(before),
      reason: "MANUAL",
      assignee: assignee(after),
    });
  }

  noted(record: ConversationRecord, noteId: string, initiator: Initiator): void {
    const { id: conversationId, customerId } = record;
    this.log.record("CONVERSATION/NOTE_CREATED", initiator, { noteId, customerId, conversationId });
  }

  attribute(
    change: "ADDED" | "REMOVED",
    record: ConversationRecord,
    { id: key, value }: { readonly id: string; readonly value: string },
    initiator: Initiator,
  ): void {
    const { id: conversationId, customerId } = record;
    this.log.record(`CONVERSATION/CUSTOM_ATTRIBUTE_${change}`, initiator, {
      customerId,
      conversationId,
      customAttributeId: key,
      customAttributeKey: key,
      customAttributeValue: value,
    });
  }

  /** This event has neither an initiator nor the new status. */
  private status(record: ConversationRecord): void {
    const { id: conversationId, customerId } = record;
    this.log.record("CONVERSATION_STATUS/UPDATED", undefined, { conversationId, customerId });
  }
}

function content(before: ConversationRecord): Record<string, unknown> {
  return { customerId: before.customerId, conversationId: before.id, context: { assignee: assignee(before) } };
}

function assignee(record: ConversationRecord): Record<string, string> {
  return { inboxId: record.inboxId, ...(record.agentId === undefined ? {} : { agentId: record.agentId }) };
}
