/** Opens, assigns, closes and reopens conversations, with Gladly's rules and events (docs/vendors/gladly-api.md section 9). */
import type { SandboxClock } from "../clock";
import { newId } from "../ids";
import type { Channel } from "../scenario";
import { AUTOMATION, answererOf, customerAs } from "./conversation-authors";
import { ConversationEvents } from "./conversation-events";
import { type ConversationChange, checkConversationChange, readConversationChange } from "./conversation-fields";
import { ConversationLabels } from "./conversation-labels";
import { ConversationMessages } from "./conversation-messages";
import type { ConversationRecord } from "./conversation-record";
import type { Customers } from "./customers";
import { API_USER_AGENT_ID, type Directory } from "./directory";
import type { EventLog, Initiator } from "./events";
import type { Fields } from "./fields";
import type { ItemRecord, Items } from "./items";
import { notExist, notFound } from "./refusal";
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
  /** Author of the first message. @default "customer" */
  readonly startedBy?: "customer" | "agent" | undefined;
  /** Author of the answer. @default the agent or, without one, the automation; "nobody" when a reply is owed */
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
  /** Topics, freeform topics and notes. */
  readonly labels: ConversationLabels;
  private readonly events: ConversationEvents;
  private readonly messages: ConversationMessages;

  constructor(private readonly deps: ConversationsDeps) {
    this.events = new ConversationEvents(deps.events);
    this.messages = new ConversationMessages(deps);
    const records = { get: (id: string) => this.get(id), save: (record: ConversationRecord) => this.save(record) };
    this.labels = new ConversationLabels(records, deps.items, this.events);
  }

  list(): readonly ConversationRecord[] {
    return [...this.records.values()];
  }

  find(id: string): ConversationRecord | undefined {
    return this.records.get(id);
  }

  /** @throws Refusal a 404 without a body */
  get(id: string): ConversationRecord {
    const record = this.records.get(id);
    if (record === undefined) throw notFound();
    return record;
  }

  /** A customer's conversations, oldest first. */
  ofCustomer(customerId: string): readonly ConversationRecord[] {
    return this.list().filter((conversation) => conversation.customerId === customerId);
  }

  /** The customer's only conversation that is not closed. */
  openOf(customerId: string): ConversationRecord | undefined {
    for (const record of this.records.values()) {
      if (record.customerId === customerId && record.status !== "CLOSED") return record;
    }
    return undefined;
  }

  /** Opens a conversation with a first message and, unless a reply is owed, an answer. */
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
    this.messages.add(record, starter, input.message);
    const unanswered = input.replyOwed || starter.type !== "CUSTOMER";
    const answeredBy = input.answeredBy ?? (unanswered ? "nobody" : "agent");
    if (answeredBy !== "nobody") {
      const author = answeredBy === "automation" ? AUTOMATION : answererOf(record);
      this.messages.add(record, author, "Thank you for writing, this is settled now.");
    }
    return record;
  }

  /**
   * Adds a message. A customer's message reopens a closed conversation, and a reply is then owed.
   *
   * @param channel becomes the conversation's channel. @default the current one
   * @returns the message's item
   */
  write(id: string, from: "customer" | "agent" | "automation", text: string, channel?: Channel): ItemRecord {
    let record = this.get(id);
    const inbound = from === "customer";
    const author = inbound ? customerAs(record) : from === "automation" ? AUTOMATION : answererOf(record);
    if (inbound && record.status === "CLOSED") record = this.reopen(record, author);
    const status = inbound ? "OPEN" : record.status === "CLOSED" ? "CLOSED" : "WAITING";
    record = this.save({ ...record, replyOwed: inbound, status, channel: channel ?? record.channel });
    return this.messages.add(record, author, text);
  }

  /** Assigns the API user when no agent is assigned, as a reply over the API does. */
  assignApiUser(id: string, initiator: Initiator): void {
    const record = this.get(id);
    if (record.agentId !== undefined) return;
    this.assign(record, { inboxId: record.inboxId, agentId: API_USER_AGENT_ID }, initiator);
  }

  /** Closes without checking the rules for agents, as Gladly itself can. Does nothing when already closed. */
  closeBy(id: string, initiator: Initiator): ConversationRecord {
    const record = this.get(id);
    return record.status === "CLOSED" ? record : this.close(record, initiator);
  }

  /** Changes assignee, then status. When a rule forbids one, changes neither. */
  update(id: string, fields: Fields, initiator: Initiator): ConversationRecord {
    const before = this.records.get(id);
    if (before === undefined) throw notExist("conversation does not exist");
    const change = readConversationChange(fields, this.deps.directory);
    fields.check();
    checkConversationChange(before, change, this.deps.settings().topicsRequiredToClose);
    let record = before;
    if (change.status === "OPEN" && record.status === "CLOSED") record = this.reopen(record, initiator);
    if (change.assignee) record = this.assign(record, change.assignee, initiator);
    if (change.status === "CLOSED" && record.status !== "CLOSED") record = this.close(record, initiator);
    return record;
  }

  /** Moves the conversations of a merged customer to the remaining customer. */
  moveCustomer(from: string, to: string): void {
    for (const record of this.list()) if (record.customerId === from) this.save({ ...record, customerId: to });
  }

  /** Merges an open conversation, with its topics, into another open one. The source is removed. */
  merge(source: ConversationRecord, into: ConversationRecord, initiator: Initiator): void {
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
    this.labels.note(record.id, initiator, { type: "CONVERSATION_STATUS_CHANGE", status: "CLOSED" });
    this.events.closed(before, initiator);
    return record;
  }

  private reopen(before: ConversationRecord, initiator: Initiator): ConversationRecord {
    const { closedAt: _closedAt, ...rest } = before;
    const record = this.save({ ...rest, status: "OPEN" });
    this.labels.note(record.id, initiator, { type: "CONVERSATION_STATUS_CHANGE", status: "OPEN" });
    this.events.reopened(before, initiator);
    return record;
  }

  private save(record: ConversationRecord): ConversationRecord {
    this.records.set(record.id, record);
    return record;
  }
}
