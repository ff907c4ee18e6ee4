/** Merges two customers into one (docs/vendors/gladly-api.md section 12). */
import { InvalidControl } from "../http/control-body";
import type { Conversations } from "./conversations";
import type { CustomerRecord } from "./customer-record";
import type { Customers } from "./customers";
import { API_USER_AGENT_ID } from "./directory";
import type { EventLog, Initiator } from "./events";
import type { Items } from "./items";
import type { Tasks } from "./tasks";

export interface MergeDeps {
  readonly customers: Customers;
  readonly conversations: Conversations;
  readonly items: Items;
  readonly tasks: Tasks;
  readonly events: EventLog;
}

const MERGER: Initiator = { id: API_USER_AGENT_ID, type: "API" };

/** Afterwards the source's id answers 301, and its conversations, items and tasks belong to the destination. */
export function mergeCustomers(deps: MergeDeps, sourceId: string, destinationId: string): CustomerRecord {
  const { customers, conversations, items, tasks, events } = deps;
  const source = customers.find(sourceId);
  const destination = customers.find(destinationId);
  if (source === undefined || destination === undefined || sourceId === destinationId) {
    throw new InvalidControl(`A merge needs two different customers, not ${sourceId} and ${destinationId}.`, 404);
  }
  const merged = conversations.openOf(sourceId);
  const kept = conversations.openOf(destinationId);
  customers.merge(source, destination);
  conversations.moveCustomer(sourceId, destinationId);
  items.moveCustomer(sourceId, destinationId);
  tasks.moveCustomer(sourceId, destinationId);
  // A customer has at most one open conversation, so two become one.
  if (merged && kept) {
    conversations.merge({ ...merged, customerId: destinationId }, kept, MERGER);
    items.moveConversation(merged.id, kept.id);
  }
  events.record("CUSTOMER/MERGED", MERGER, {
    sourceCustomerId: sourceId,
    destinationCustomerId: destinationId,
    ...(merged ? { sourceConversationId: merged.id } : {}),
    ...(kept ? { destinationConversationId: kept.id } : {}),
  });
  return customers.get(destinationId);
}
