/** What is attached to a conversation: topics, freeform topics, notes, each with its event and its item. */
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

  /** Topics that are on it already are skipped. */
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

  /** Freeform topics: those that are there already, and those that are not there to be removed, are skipped. */
  changeAttributes(
    id: string,
    add: readonly ConversationAttribute[],
    remove: readonly ConversationAttribute[],
    initiator: Initiator,
  ): void {
    const is = (one: ConversationAttribute) => (other: ConversationAttribute) =>
      one.id === other.id && one.value === other.value;
    for (const [change, attributes] of [
      ["REMOVED", remove],
      ["ADDED", add],
    ] as const) {
      for (const attribute of attributes) {
        const record = this.records.get(id);
        const { customAttributes = [] } = record;
        if (customAttributes.some(is(attribute)) === (change === "ADDED")) continue;
        const kept = customAttributes.filter((other) => !is(attribute)(other));
        this.records.save({ ...record, customAttributes: change === "ADDED" ? [...kept, attribute] : kept });
        this.events.attribute(change, record, attribute, initiator);
      }
    }
  }

  /** An item that tells of a change. */
  note(id: string, initiator: Initiator, content: { readonly type: string } & Record<string, unknown>): ItemRecord {
    const { customerId } = this.records.get(id);
    return this.items.add({ customerId, conversationId: id, initiator, content });
  }
}
