/** The authors of a conversation's messages. */
import type { ConversationRecord } from "./conversation-record";
import type { Initiator } from "./events";

export function customerAs(record: ConversationRecord): Initiator {
  return { id: record.customerId, type: "CUSTOMER" };
}

/** Gladly's own AI. */
export const AUTOMATION: Initiator = { id: "SIDEKICK_V2", type: "SYSTEM" };

/** The assigned agent. Without one, the automation. */
export function answererOf(record: ConversationRecord): Initiator {
  return record.agentId === undefined ? AUTOMATION : { id: record.agentId, type: "AGENT" };
}
