/** Merging two customers into one (docs/vendors/gladly-api.md section 12). */
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

/** The source's id answers 301 afterwards; its conversations, items and tasks are the destination's. */
export function mergeCustomers(deps: MergeDeps, sourceId: string, destinationId: string): CustomerRecord {
  const { customers, conversations, items, tasks, events } = deps;
  const source = customers.find(sourceId);
  const destination = customers.find(destinationId);
  if (source === undefined || destination === undefined || sourceId === destinationId) {
    throw new InvalidControl(`Two different customers are needed, not ${sourceId} and ${destinationId}.`, 404);
  }
  const folded = conversations.openOf(sourceId);
  const kept = conversations.openOf(destinationId);
  customers.merge(source, destination);
  conversations.moveCustomer(sourceId, destinationId);
  items.moveCustomer(sourceId, destinationId);
  tasks.moveCustomer(sourceId, destinationId);
  // A customer has at most one open conversation: two become one.
  if (folded && kept) {
    conversations.fold({ ...folded, customerId: destinationId }, kept, MERGER);
    items.moveConversation(folded.id, kept.id);
  }
  events.record("CUSTOMER/MERGED", MERGER, {
    sourceCustomerId: sourceId,
    destinationCustomerId: destinationId,
    ...(folded ? { sourceConversationId: folded.id } : {}),
    ...(kept ? { destinationConversationId: kept.id } : {}),
  });
  return customers.get(destinationId);
}
