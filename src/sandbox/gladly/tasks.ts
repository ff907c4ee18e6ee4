/** Tasks on customers' profiles, and their comments (docs/vendors/gladly-api.md section 4). */
import type { SandboxClock } from "../clock";
import { isOwnId, newId } from "../ids";
import type { Customers } from "./customers";
import { API_USER_AGENT_ID, type Directory } from "./directory";
import type { EventLog, Initiator } from "./events";
import type { Fields } from "./fields";
import { notExist, Refusal } from "./refusal";

interface Assignee {
  readonly inboxId: string;
  readonly agentId?: string;
}

export interface TaskRecord {
  readonly id: string;
  readonly customerId: string;
  readonly timestamp: string;
  readonly createdBy: Initiator;
  readonly assignee: Assignee;
  readonly body: string;
  readonly dueAt: string;
  readonly status: "OPEN" | "CLOSED";
}

export interface CommentRecord {
  readonly id: string;
  readonly taskId: string;
  readonly agentId: string;
  readonly comment: string;
  readonly createdAt: string;
}

/** Longest body or comment, in characters. */
const LONGEST_TEXT = 10_000;
const API: Initiator = { id: API_USER_AGENT_ID, type: "API" };

export class Tasks {
  private readonly records = new Map<string, TaskRecord>();
  private readonly comments = new Map<string, CommentRecord>();

  constructor(
    private readonly clock: SandboxClock,
    private readonly customers: Customers,
    private readonly directory: Directory,
    private readonly events: EventLog,
  ) {}

  /** @throws Refusal a 404 with a body */
  get(id: string): TaskRecord {
    const record = this.records.get(id);
    if (record === undefined) throw notExist();
    return record;
  }

  /** A customer's tasks, newest first. */
  ofCustomer(customerId: string, status: string | null): readonly TaskRecord[] {
    if (this.customers.find(customerId) === undefined) throw notExist();
    if (status !== null && status !== "OPEN" && status !== "CLOSED") {
      throw new Refusal(400, [{ attr: "status", code: "invalid", detail: "status must be OPEN or CLOSED" }]);
    }
    return [...this.records.values()]
      .filter((task) => task.customerId === customerId && (status === null || task.status === status))
      .reverse();
  }

  createFor(customerId: string, fields: Fields): TaskRecord {
    if (this.customers.find(customerId) === undefined) throw notExist();
    return this.create(fields, () => customerId);
  }

  /** Creates a task for the customer with an address. An unknown address creates the customer. */
  createByAddress(fields: Fields): TaskRecord {
    const owner = this.customers.byAddress(fields.inner("customer", { required: true }));
    return this.create(fields, () => owner?.().id ?? "");
  }

  update(id: string, fields: Fields): void {
    const before = this.get(id);
    const status = fields.oneOf("status", ["OPEN", "CLOSED"]) ?? before.status;
    const body = fields.text("body", { longest: LONGEST_TEXT }) ?? before.body;
    const dueAt = this.dueAt(fields) ?? before.dueAt;
    const assignee = this.assignee(fields) ?? before.assignee;
    fields.check();
    this.records.set(id, { ...before, status, body, dueAt, assignee });
    const context = contextOf(before);
    const record = (type: string, content: Readonly<Record<string, unknown>> = {}) =>
      this.events.record(`TASK/${type}`, API, { customerId: before.customerId, taskId: id, ...content, context });
    if (body !== before.body) record("CONTENT_UPDATED", { dueAt });
    if (dueAt !== before.dueAt) record("DUE_DATE_UPDATED", { dueAt });
    if (assignee.inboxId !== before.assignee.inboxId || assignee.agentId !== before.assignee.agentId) {
      record("ASSIGNEE_UPDATED", { assignee });
    }
    if (status !== before.status) record(status === "CLOSED" ? "CLOSED" : "REOPENED");
  }

  commentsOf(taskId: string): readonly CommentRecord[] {
    this.get(taskId);
    return [...this.comments.values()].filter((comment) => comment.taskId === taskId);
  }

  comment(taskId: string, commentId: string): CommentRecord {
    const found = this.comments.get(commentId);
    if (found === undefined || found.taskId !== taskId) throw notExist();
    return found;
  }

  /** Gladly's description requires `message`, but documents `comment`. The sandbox accepts both. */
  addComment(taskId: string, fields: Fields): CommentRecord {
    const task = this.get(taskId);
    const id = ownId(fields);
    const agentId = fields.text("agentId", { required: true }) ?? "";
    const comment =
      fields.text("comment", { longest: LONGEST_TEXT }) ?? fields.text("message", { longest: LONGEST_TEXT });
    if (comment === undefined) fields.error("comment", "blank", "comment cannot be blank");
    if (agentId !== "" && !this.directory.agent(agentId)) fields.error("agentId", "not_exist", "agent does not exist");
    fields.check();
    const isTaken = id !== undefined && this.comments.has(id);
    if (isTaken) throw new Refusal(400, [{ attr: "id", code: "taken", detail: "comment already exists" }]);
    if (task.status === "CLOSED") {
      throw new Refusal(400, [{ code: "invalid_state", detail: "cannot comment on a closed task" }]);
    }
    const createdAt = this.clock.timestamp();
    const record = { id: id ?? newId(), taskId, agentId, comment: comment ?? "", createdAt };
    this.comments.set(record.id, record);
    const { customerId } = task;
    this.events.record("TASK/COMMENT_ADDED", API, {
      customerId,
      taskId,
      commentId: record.id,
      context: contextOf(task),
    });
    return record;
  }

  moveCustomer(from: string, to: string): void {
    for (const task of this.records.values()) {
      if (task.customerId === from) this.records.set(task.id, { ...task, customerId: to });
    }
  }

  removeCustomer(customerId: string): void {
    for (const { id } of [...this.records.values()].filter((task) => task.customerId === customerId)) {
      for (const comment of this.commentsOf(id)) this.comments.delete(comment.id);
      this.records.delete(id);
    }
  }

  clear(): void {
    this.records.clear();
    this.comments.clear();
  }

  private create(fields: Fields, customerId: () => string): TaskRecord {
    const id = ownId(fields);
    const body = fields.text("body", { required: true, longest: LONGEST_TEXT }) ?? "";
    const dueAt = this.dueAt(fields, true) ?? "";
    const assignee = this.assignee(fields, true) ?? { inboxId: "" };
    fields.check();
    if (id !== undefined && this.records.has(id)) {
      throw new Refusal(409, [{ attr: "newConversationItems", code: "taken", detail: "task already exists" }]);
    }
    const record: TaskRecord = {
      id: id ?? newId(),
      customerId: customerId(),
      timestamp: this.clock.timestamp(),
      createdBy: API,
      assignee,
      body,
      dueAt,
      status: "OPEN",
    };
    this.records.set(record.id, record);
    const content = { customerId: record.customerId, taskId: record.id, context: contextOf(record) };
    this.events.record("TASK/CREATED", API, content);
    return record;
  }

  private dueAt(fields: Fields, required = false): string | undefined {
    const dueAt = fields.text("dueAt", { required });
    if (dueAt !== undefined && !(Date.parse(dueAt) > this.clock.now())) {
      fields.error("dueAt", "invalid", "dueAt must be a time in the future");
    }
    return dueAt;
  }

  private assignee(fields: Fields, required = false): Assignee | undefined {
    const assignee = fields.inner("assignee", { required });
    const inboxId = assignee?.text("inboxId", { required: true });
    const agentId = assignee?.text("agentId");
    if (assignee === undefined || inboxId === undefined) return undefined;
    if (!this.directory.inbox(inboxId)) assignee.error("inboxId", "not_exist", "inbox does not exist");
    if (agentId !== undefined && !this.directory.agent(agentId)) {
      assignee.error("agentId", "not_exist", "agent does not exist");
    }
    return { inboxId, ...(agentId === undefined ? {} : { agentId }) };
  }
}

function ownId(fields: Fields): string | undefined {
  const id = fields.text("id");
  if (id !== undefined && !isOwnId(id)) fields.error("id", "invalid", "id must be URL safe and under 50 characters");
  return id;
}

/** The state before an event. */
function contextOf({ timestamp, assignee, dueAt }: TaskRecord): Readonly<Record<string, unknown>> {
  return { createdAt: timestamp, assignee, dueAt };
}
