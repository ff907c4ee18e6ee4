/** Conversations: opening, assigning, closing, reopening, topics, with Gladly's rules and events (section 9). */
import type { SandboxClock } from "../clock";
import { newId } from "../ids";
import type { Channel } from "../scenario";
import { ConversationEvents } from "./conversation-events";
import { type ConversationChange, readConversationChange } from "./conversation-fields";
import type { ConversationAttribute, ConversationRecord } from "./conversation-record";
import { addressOf } from "./customer-record";
import type { Customers } from "./customers";
import { API_USER_AGENT_ID, type Directory } from "./directory";
import type { EventLog, Initiator } from "./events";
import type { Fields } from "./fields";
import { type ItemRecord, type Items, messageContent } from "./items";
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
  /** Who wrote first. @default "customer" */
  readonly startedBy?: "customer" | "agent" | undefined;
  /** Who answered. @default the agent, without one the automation; nobody when a reply is owed */
  readonly answeredBy?: Answerer | undefined;
}

export type Answerer = "agent" | "automation" | "nobody";

export interface ConversationsDeps {
  readonly clock: SandboxClock;
  readonly settings: () => GladlySettings;
  readonly customers: Customers;
  readonly directory: Directory;
  readonly topics: Topics;
  readonly items: Items;
  readonly events: EventLog;
}

export class Conversations {
  private readonly records = new Map<string, ConversationRecord>();
  private readonly events: ConversationEvents;

  constructor(private readonly deps: ConversationsDeps) {
    this.events = new ConversationEvents(deps.events);
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

  /** A customer's conversations, oldest first. */
  ofCustomer(customerId: string): readonly ConversationRecord[] {
    return this.list().filter((conversation) => conversation.customerId === customerId);
  }

  /** The one conversation of a customer that is not closed. */
  openOf(customerId: string): ConversationRecord | undefined {
    for (const record of this.records.values()) {
      if (record.customerId === customerId && record.status !== "CLOSED") return record;
    }
    return undefined;
  }

  /** Opens a conversation: the first message and, unless a reply is owed, somebody's answer. */
  open(input: NewConversation): ConversationRecord {
    const record: ConversationRecord = {
      id: input.id ?? newId(),
      customerId: input.customerId,
      inboxId: input.inboxId,
      ...(input.agentId === null ? {} : { agentId: input.agentId }),
      status: "OPEN",
      topicIds: input.topicIds,
      createdAt: this.deps.clock.timestamp(),
      channel: input.channel,
      replyOwed: input.replyOwed,
    };
    this.records.set(record.id, record);
    const starter = input.startedBy === "agent" ? answererOf(record) : customerAs(record);
    this.events.created(record, starter);
    this.addMessage(record, starter, input.message);
    const unanswered = input.replyOwed || starter.type !== "CUSTOMER";
    const answeredBy = input.answeredBy ?? (unanswered ? "nobody" : "agent");
    if (answeredBy !== "nobody") {
      const author = answeredBy === "automation" ? AUTOMATION : answererOf(record);
      this.addMessage(record, author, "Thank you for writing, this is settled now.");
    }
    return record;
  }

  /**
   * A message, in the conversation's channel or in another, which is the last one from then on. The customer's reopens
   * a closed conversation and makes a reply owed. Answers the message's item.
   */
  write(id: string, from: "customer" | "agent" | "automation", words: string, channel?: Channel): ItemRecord {
    let record = this.get(id);
    const inbound = from === "customer";
    const author = inbound ? customerAs(record) : from === "automation" ? AUTOMATION : answererOf(record);
    if (inbound && record.status === "CLOSED") record = this.reopen(record, author);
    const status = inbound ? "OPEN" : record.status === "CLOSED" ? "CLOSED" : "WAITING";
    record = this.save({ ...record, replyOwed: inbound, status, channel: channel ?? record.channel });
    return this.addMessage(record, author, words);
  }

  /** Assigns the API user when nobody is assigned, as a reply over the API does. */
  assignApiUser(id: string, initiator: Initiator): void {
    const record = this.get(id);
    if (record.agentId !== undefined) return;
    this.assign(record, { inboxId: record.inboxId, agentId: API_USER_AGENT_ID }, initiator);
  }

  /** Closes whatever the rules for agents say, as Gladly's own doing can. A closed conversation stays as it is. */
  closeBy(id: string, initiator: Initiator): ConversationRecord {
    const record = this.get(id);
    return record.status === "CLOSED" ? record : this.close(record, initiator);
  }

  /** PATCH: assignee first, then status, and neither when a rule forbids one. */
  update(id: string, fields: Fields, initiator: Initiator): ConversationRecord {
    const before = this.records.get(id);
    if (before === undefined) throw notExist("conversation does not exist");
    const change = readConversationChange(fields, this.deps.directory);
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

  addNote(id: string, body: string | undefined, initiator: Initiator): ItemRecord {
    const item = this.note(id, initiator, { type: "CONVERSATION_NOTE", ...(body === undefined ? {} : { body }) });
    this.events.noted(this.get(id), item.id, initiator);
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
        const record = this.get(id);
        const { customAttributes = [] } = record;
        if (customAttributes.some(is(attribute)) === (change === "ADDED")) continue;
        const kept = customAttributes.filter((other) => !is(attribute)(other));
        this.save({ ...record, customAttributes: change === "ADDED" ? [...kept, attribute] : kept });
        this.events.attribute(change, record, attribute, initiator);
      }
    }
  }

  /** A merged customer's conversations belong to the customer that remains. */
  moveCustomer(from: string, to: string): void {
    for (const record of this.list()) if (record.customerId === from) this.save({ ...record, customerId: to });
  }

  /** An open conversation becomes part of another open one, with its topics, and is gone. */
  fold(source: ConversationRecord, into: ConversationRecord, initiator: Initiator): void {
    this.events.contactEnded(source, initiator, "MERGED");
    this.records.delete(source.id);
    const { agentId = source.agentId, ...rest } = into;
    this.save({
      ...rest,
      ...(agentId === undefined ? {} : { agentId }),
      topicIds: [...new Set([...into.topicIds, ...source.topicIds])],
      replyOwed: into.replyOwed || source.replyOwed,
    });
  }

  remove(id: string): void {
    this.records.delete(id);
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
    if (this.deps.settings().topicsRequiredToClose && record.topicIds.length === 0) {
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
    const closedAt = this.deps.clock.timestamp();
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

  private addMessage(record: ConversationRecord, author: Initiator, words: string): ItemRecord {
    const { customers, clock, items } = this.deps;
    const customer = customers.find(record.customerId);
    const email = customer && addressOf(customer);
    const phone = customer?.phones[0]?.original;
    const addresses = { ...(email ? { email } : {}), ...(phone ? { phone } : {}) };
    const inbound = author.type === "CUSTOMER";
    const otherEnd = inbound ? answererOf(record) : customerAs(record);
    return items.add({
      customerId: record.customerId,
      conversationId: record.id,
      initiator: author,
      // A call has two ends: whoever called, and whoever answered.
      ...(record.channel === "PHONE_CALL" ? { responder: otherEnd } : {}),
      content: messageContent(record.channel, words, addresses, inbound, clock.timestamp()),
    });
  }

  private note(
    id: string,
    initiator: Initiator,
    content: { readonly type: string } & Record<string, unknown>,
  ): ItemRecord {
    const { customerId } = this.get(id);
    return this.deps.items.add({ customerId, conversationId: id, initiator, content });
  }

  private save(record: ConversationRecord): ConversationRecord {
    this.records.set(record.id, record);
    return record;
  }
}

function customerAs(record: ConversationRecord): Initiator {
  return { id: record.customerId, type: "CUSTOMER" };
}

/** Gladly's own AI. */
const AUTOMATION: Initiator = { id: "SIDEKICK_V2", type: "SYSTEM" };

/** The agent; without one, the automation. */
function answererOf(record: ConversationRecord): Initiator {
  return record.agentId === undefined ? AUTOMATION : { id: record.agentId, type: "AGENT" };
}

/** What `GET /api/v1/conversations/{id}` answers. There is no channel in it. */
export function showConversation(record: ConversationRecord, settings: GladlySettings): Record<string, unknown> {
  const { channel: _channel, replyOwed: _replyOwed, customAttributes = [], ...shown } = record;
  return { ...shown, status: settings.statusNames[record.status] ?? record.status, customAttributes };
}
