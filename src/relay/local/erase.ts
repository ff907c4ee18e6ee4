/** Deletes what the relay on one machine keeps about a customer, in small steps, because the relay may be running. */
import type { Erased } from "../erase";
import { conversationKey } from "../record";
import type { LocalStores } from "./stores";

/** @param customerId Gladly's id */
export async function erase(
  home: Pick<LocalStores, "queue" | "ledger" | "forgetPages">,
  customerId: string,
): Promise<Erased> {
  const { erased, working, conversations } = await home.queue.erase(customerId);
  const keys = conversations.map(conversationKey);
  const records = await home.ledger.erase(customerId, keys);
  await home.forgetPages();
  return { events: erased, records, working };
}
