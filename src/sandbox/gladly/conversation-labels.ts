/** Topics, freeform topics and notes of a conversation. Each change has an event and an item. */
import type { ConversationEvents } from "./conversation-events";
import type { ConversationAttribute, ConversationRecord } from "./conversation-record";
import type { Initiator } from "./events";
import type { ItemRecord, Items } from "./items";

interface Records {
  get(id: string): ConversationRecord;
  save(record: ConversationRecord): ConversationRecord;
}

export class ConversationLabels {
  constructor(
    private readonly records: Records,
    private readonly items: Items,
    private readonly events: ConversationEvents,
  ) {}

  /** Skips topics that the conversation already has. */
  addTopics(id: string, topicIds: readonly string[], initiator: Initiator): void {
    const added = [...new Set(topicIds)].filter((topicId) => !this.records.get(id).topicIds.includes(topicId));
    for (const topicId of added) {
      const before = this.records.get(id);
      this.records.save({ ...before, topicIds: [...before.topicIds, topicId] });
      this.events.topic("ADDED", before, topicId, initiator);
    }
    if (added.length > 0) this.note(id, initiator, { type: "TOPIC_CHANGE", addedTopicIds: added });
  }

  removeTopic(id: string, topicId: string, initiator: Initiator): void {
    const before = this.records.get(id);
    if (!before.topicIds.includes(topicId)) return;
    this.records.save({ ...before, topicIds: before.topicIds.filter((other) => other !== topicId) });
    this.events.topic("REMOVED", before, topicId, initiator);
    this.note(id, initiator, { type: "TOPIC_CHANGE", removedTopicIds: [topicId] });
  }

  addNote(id: string, body: string | undefined, initiator: Initiator): ItemRecord {
    const item = this.note(id, initiator, { type: "CONVERSATION_NOTE", ...(body === undefined ? {} : { body }) });
    this.events.noted(this.records.get(id), item.id, initiator);
    return item;
  }

  /** Skips freeform topics to add that exist, and freeform topics to remove that do not. */
  changeAttributes(
    id: string,
    add: readonly ConversationAttribute[],
    remove: readonly ConversationAttribute[],
    initiator: Initiator,
  ): void {
    const equals = (one: ConversationAttribute) => (other: ConversationAttribute) =>
      one.id === other.id && one.value === other.value;
    for (const [change, attributes] of [
      ["REMOVED", remove],
      ["ADDED", add],
    ] as const) {
      for (const attribute of attributes) {
        const record = this.records.get(id);
        const { customAttributes = [] } = record;
        if (customAttributes.some(equals(attribute)) === (change === "ADDED")) continue;
        const kept = customAttributes.filter((other) => !equals(attribute)(other));
        this.records.save({ ...record, customAttributes: change === "ADDED" ? [...kept, attribute] : kept });
        this.events.attribute(change, record, attribute, initiator);
      }
    }
  }

  /** Adds an item that records a change. */
  note(id: string, initiator: Initiator, content: { readonly type: string } & Record<string, unknown>): ItemRecord {
    const { customerId } = this.records.get(id);
    return this.items.add({ customerId, conversationId: id, initiator, content });
  }
}
