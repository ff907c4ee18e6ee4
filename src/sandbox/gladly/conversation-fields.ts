/** What `PATCH /api/v1/conversations/{id}` accepts, field by field (docs/vendors/gladly-api.md section 9). */
import type { ConversationRecord } from "./conversation-record";
import type { Directory } from "./directory";
import type { Fields } from "./fields";
import { Refusal } from "./refusal";

export interface ConversationChange {
  /** `agentId` null unassigns the agent; undefined keeps the agent. */
  readonly assignee?: { readonly inboxId: string; readonly agentId?: string | null };
  readonly status?: "OPEN" | "CLOSED";
  readonly force: boolean;
}

export function readConversationChange(fields: Fields, directory: Directory): ConversationChange {
  const assignee = readAssignee(fields, directory);
  const status = readStatus(fields);
  return { ...(assignee ? { assignee } : {}), ...(status.value ? { status: status.value } : {}), force: status.force };
}

function readAssignee(fields: Fields, directory: Directory): ConversationChange["assignee"] {
  const assignee = fields.inner("assignee");
  if (assignee === undefined) return undefined;
  const inboxId = assignee.text("inboxId");
  const agentId = assignee.isNull("agentId") ? null : assignee.text("agentId");
  if (inboxId === undefined) {
    assignee.error("inboxId", "blank", "'inboxId' cannot be blank when updating assignee");
    return undefined;
  }
  const inbox = directory.inbox(inboxId);
  if (inbox === undefined) assignee.error("inboxId", "not_exist", "inbox does not exist");
  else if (typeof agentId === "string" && !inbox.agentIds.includes(agentId)) {
    assignee.error("agentId", "invalid_state", "agent does not belong to inbox");
  }
  return { inboxId, ...(agentId === undefined ? {} : { agentId }) };
}

function readStatus(fields: Fields): { readonly value?: "OPEN" | "CLOSED"; readonly force: boolean } {
  const status = fields.inner("status");
  if (status === undefined) return { force: false };
  const value = status.text("value");
  const force = status.flag("force") ?? false;
  if (value === "OPEN" || value === "CLOSED") return { value, force };
  if (value === undefined) status.error("value", "blank", "'value' cannot be blank when updating status");
  else status.error("value", "invalid", "'value' must be OPEN or CLOSED");
  return { force };
}

/** Gladly's rules for a change (docs/vendors/gladly-api.md section 9). @throws Refusal */
export function checkConversationChange(
  record: ConversationRecord,
  change: ConversationChange,
  topicsRequiredToClose: boolean,
): void {
  const refuse = (detail: string): never => {
    throw new Refusal(400, [{ code: "invalid_state", detail }]);
  };
  if (change.assignee && record.status === "CLOSED" && change.status !== "OPEN") {
    refuse("closed conversation cannot be reassigned");
  }
  if (change.status !== "CLOSED" || record.status === "CLOSED") return;
  if (topicsRequiredToClose && record.topicIds.length === 0) {
    refuse("topics are required before closing of conversation");
  }
  if (record.replyOwed && !change.force) {
    refuse("cannot close conversation, customer waiting for response, set 'status.force' to true to override");
  }
}
