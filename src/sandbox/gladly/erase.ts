/** Deletes customers: over the API, or as an erasure job, which first closes the open conversation. */
import type { ApiDeps } from "./api-deps";
import type { Initiator } from "./events";
import { notExist, Refusal } from "./refusal";

type EraseDeps = Pick<ApiDeps, "customers" | "conversations" | "items" | "tasks">;

/**
 * Deletes a customer with all conversations, items and tasks.
 *
 * @throws Refusal while a conversation is not closed
 */
export function eraseCustomer(deps: EraseDeps, customerId: string): void {
  const { customers, conversations, items, tasks } = deps;
  if (customers.find(customerId) === undefined) throw notExist(`customer profile [${customerId}] does not exist`);
  if (conversations.openOf(customerId) !== undefined) {
    const detail = "Unable to delete the profile. Please close any open or waiting conversations.";
    throw new Refusal(400, [{ attr: "conversation", code: "invalid_state", detail }]);
  }
  for (const { id } of conversations.ofCustomer(customerId)) conversations.remove(id);
  items.removeCustomer(customerId);
  tasks.removeCustomer(customerId);
  customers.delete(customerId);
}

/** Acts as an erasure job: closes the customer's conversation as a job, then deletes the customer. */
export function runErasure(deps: EraseDeps, customerId: string, job: Initiator): void {
  const open = deps.conversations.openOf(customerId);
  if (open) deps.conversations.closeBy(open.id, job);
  eraseCustomer(deps, customerId);
}
