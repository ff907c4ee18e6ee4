/** Merging two customers into one (docs/vendors/gladly-api.md sections 7.5 and 12). */
import { InvalidControl } from "../http/control-body";
import type { Conversations } from "./conversations";
import type { CustomerRecord, Customers } from "./customers";
import { API_USER_AGENT_ID } from "./directory";
import type { EventLog } from "./events";
import type { Items } from "./items";

export interface MergeParts {
  readonly customers: Customers;
  readonly conversations: Conversations;
  readonly items: Items;
  readonly events: EventLog;
}

/** The source's id answers 301 afterwards; its conversations and items are the destination's. */
export function mergeCustomers(parts: MergeParts, sourceId: string, destinationId: string): CustomerRecord {
  const { customers, conversations, items, events } = parts;
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
  events.record(
    "CUSTOMER/MERGED",
    { id: API_USER_AGENT_ID, type: "API" },
    {
      sourceCustomerId: sourceId,
      destinationCustomerId: destinationId,
      ...(folded ? { sourceConversationId: folded.id } : {}),
      ...(kept ? { destinationConversationId: kept.id } : {}),
    },
  );
  return customers.get(destinationId);
}
