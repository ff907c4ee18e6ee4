/** Conversations: opening, assigning, closing, reopening, topics, with Gladly's rules and events (section 9). */
import type { SandboxClock } from "../clock";
import { newId } from "../ids";
import type { Channel } from "../scenario";
import { ConversationEvents } from "./conversation-events";
import { type ConversationChange, readConversationChange } from "./conversation-fields";
import type { ConversationRecord } from "./conversation-record";
import type { Customers } from "./customers";
import type { Directory } from "./directory";
import type { EventLog, Initiator } from "./events";
import type { Fields } from "./fields";
import { type Items, messageContent } from "./items";
import { notExist, notFound, Refusal } from "./refusal";
import type { GladlySettings } from "./settings";
import type { Topics } from "./topics";

export interface NewConversation {
  readonly id?: string | undefined;
  readonly customerId: string;
  readonly inboxId: string;
  readonly agentId: string | null;
  readonly channel: Channel;
  readonly topicIds: readonly string[];
  readonly message: string;
  readonly replyOwed: boolean;
}

export interface ConversationsParts {
  readonly clock: SandboxClock;
  readonly settings: () => GladlySettings;
  readonly customers: Customers;
  readonly directory: Directory;
  readonly topics: Topics;
  readonly items: Items;
  readonly events: EventLog;
}

/** Most conversations that are listed for one customer. */
const MOST_LISTED = 100;

export class Conversations {
  private readonly records = new Map<string, ConversationRecord>();
  private readonly events: ConversationEvents;

  constructor(private readonly parts: ConversationsParts) {
    this.events = new ConversationEvents(parts.events);
  }

  list(): readonly ConversationRecord[] {
    return [...this.records.values()];
  }

  find(id: string): ConversationRecord | undefined {
    return this.records.get(id);
  }

  /** The conversation, or a 404 without a body. */
  get(id: string): ConversationRecord {
    const record = this.records.get(id);
    if (record === undefined) throw notFound();
    return record;
  }

  /** A customer's conversations, oldest first, and whether there are more than Gladly lists. */
  ofCustomer(customerId: string): { readonly listed: readonly ConversationRecord[]; readonly limited: boolean } {
    const all = this.list().filter((conversation) => conversation.customerId === customerId);
    return { listed: all.slice(0, MOST_LISTED), limited: all.length > MOST_LISTED };
  }

  /** The one conversation of a customer that is not closed. */
  openOf(customerId: string): ConversationRecord | undefined {
    for (const record of this.records.values()) {
      if (record.customerId === customerId && record.status !== "CLOSED") return record;
    }
    return undefined;
  }

  /** Opens a conversation: the customer's first message and, unless a reply is owed, somebody's answer. */
  open(input: NewConversation): ConversationRecord {
    const record: ConversationRecord = {
      id: input.id ?? newId(),
      customerId: input.customerId,
      inboxId: input.inboxId,
      ...(input.agentId === null ? {} : { agentId: input.agentId }),
      status: "OPEN",
      topicIds: input.topicIds,
      createdAt: this.parts.clock.timestamp(),
      channel: input.channel,
      replyOwed: input.replyOwed,
    };
    this.records.set(record.id, record);
    this.events.created(record);
    this.addMessage(record, customerAs(record), input.message);
    if (!input.replyOwed) this.addMessage(record, answererOf(record), "Thank you for writing, this is settled now.");
    return record;
  }

  /** A message; the customer's reopens a closed conversation and makes a reply owed. */
  write(id: string, from: "customer" | "agent", words: string): ConversationRecord {
    let record = this.get(id);
    const author = from === "customer" ? customerAs(record) : answererOf(record);
    if (from === "customer" && record.status === "CLOSED") record = this.reopen(record, author);
    record = this.save({ ...record, replyOwed: from === "customer", status: from === "customer" ? "OPEN" : "WAITING" });
    this.addMessage(record, author, words);
    return record;
  }

  /** PATCH: assignee first, then status, and neither when a rule forbids one. */
  update(id: string, fields: Fields, initiator: Initiator): ConversationRecord {
    const before = this.records.get(id);
    if (before === undefined) throw notExist("conversation does not exist");
    const change = readConversationChange(fields, this.parts.directory);
    fields.check();
    this.checkRules(before, change);
    let record = before;
    if (change.status === "OPEN" && record.status === "CLOSED") record = this.reopen(record, initiator);
    if (change.assignee) record = this.assign(record, change.assignee, initiator);
    if (change.status === "CLOSED" && record.status !== "CLOSED") record = this.close(record, initiator);
    return record;
  }

  /** Topics that are on it already are skipped. */
  addTopics(id: string, topicIds: readonly string[], initiator: Initiator): void {
    const added = [...new Set(topicIds)].filter((topicId) => !this.get(id).topicIds.includes(topicId));
    for (const topicId of added) {
      const before = this.get(id);
      this.save({ ...before, topicIds: [...before.topicIds, topicId] });
      this.events.topic("ADDED", before, topicId, initiator);
    }
    if (added.length > 0) this.note(id, initiator, { type: "TOPIC_CHANGE", addedTopicIds: added });
  }

  removeTopic(id: string, topicId: string, initiator: Initiator): void {
    const before = this.get(id);
    if (!before.topicIds.includes(topicId)) return;
    this.save({ ...before, topicIds: before.topicIds.filter((other) => other !== topicId) });
    this.events.topic("REMOVED", before, topicId, initiator);
    this.note(id, initiator, { type: "TOPIC_CHANGE", removedTopicIds: [topicId] });
  }

  /** A merged customer's conversations belong to the customer that remains. */
  moveCustomer(from: string, to: string): void {
    for (const record of this.list()) if (record.customerId === from) this.save({ ...record, customerId: to });
  }

  clear(): void {
    this.records.clear();
  }

  private checkRules(record: ConversationRecord, change: ConversationChange): void {
    const refuse = (detail: string): never => {
      throw new Refusal(400, [{ code: "invalid_state", detail }]);
    };
    if (change.assignee && record.status === "CLOSED" && change.status !== "OPEN") {
      refuse("closed conversation cannot be reassigned");
    }
    if (change.status !== "CLOSED" || record.status === "CLOSED") return;
    if (this.parts.settings().topicsRequiredToClose && record.topicIds.length === 0) {
      refuse("topics are required before closing of conversation");
    }
    if (record.replyOwed && !change.force) {
      refuse("cannot close conversation, customer waiting for response, set 'status.force' to true to override");
    }
  }

  private assign(
    before: ConversationRecord,
    assignee: NonNullable<ConversationChange["assignee"]>,
    initiator: Initiator,
  ): ConversationRecord {
    const { agentId: kept, ...rest } = before;
    const agentId = assignee.agentId === undefined ? kept : (assignee.agentId ?? undefined);
    const after = { ...rest, inboxId: assignee.inboxId, ...(agentId === undefined ? {} : { agentId }) };
    if (after.inboxId === before.inboxId && agentId === kept) return before;
    this.save(after);
    this.events.assigned(before, after, initiator);
    return after;
  }

  private close(before: ConversationRecord, initiator: Initiator): ConversationRecord {
    const closedAt = this.parts.clock.timestamp();
    const record = this.save({ ...before, status: "CLOSED", closedAt, replyOwed: false });
    this.note(record.id, initiator, { type: "CONVERSATION_STATUS_CHANGE", status: "CLOSED" });
    this.events.closed(before, initiator);
    return record;
  }

  private reopen(before: ConversationRecord, initiator: Initiator): ConversationRecord {
    const { closedAt: _gone, ...rest } = before;
    const record = this.save({ ...rest, status: "OPEN" });
    this.note(record.id, initiator, { type: "CONVERSATION_STATUS_CHANGE", status: "OPEN" });
    this.events.reopened(before, initiator);
    return record;
  }

  private addMessage(record: ConversationRecord, author: Initiator, words: string): void {
    const { customers, clock, items } = this.parts;
    const customer = customers.find(record.customerId);
    const [email] = customer?.emails ?? [];
    const [phone] = customer?.phones ?? [];
    const addresses = { ...(email ? { email } : {}), ...(phone ? { phone } : {}) };
    const inbound = author.type === "CUSTOMER";
    items.add({
      customerId: record.customerId,
      conversationId: record.id,
      initiator: author,
      // A call has two ends: whoever called, and whoever answered.
      ...(record.channel === "PHONE_CALL" && inbound ? { responder: answererOf(record) } : {}),
      content: messageContent(record.channel, words, addresses, inbound, clock.timestamp()),
    });
  }

  private note(id: string, initiator: Initiator, content: { readonly type: string } & Record<string, unknown>): void {
    const { customerId } = this.get(id);
    this.parts.items.add({ customerId, conversationId: id, initiator, content });
  }

  private save(record: ConversationRecord): ConversationRecord {
    this.records.set(record.id, record);
    return record;
  }
}

function customerAs(record: ConversationRecord): Initiator {
  return { id: record.customerId, type: "CUSTOMER" };
}

/** The agent; without one, the automation that answered in a person's place. */
function answererOf(record: ConversationRecord): Initiator {
  return record.agentId === undefined ? { id: "SIDEKICK_V2", type: "SYSTEM" } : { id: record.agentId, type: "AGENT" };
}

/** What `GET /api/v1/conversations/{id}` answers. There is no channel in it. */
export function showConversation(record: ConversationRecord): Record<string, unknown> {
  const { channel: _channel, replyOwed: _replyOwed, ...shown } = record;
  return { ...shown, customAttributes: [] };
}
