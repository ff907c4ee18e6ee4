/** Deletes what one machine's relay keeps of a customer, in small steps: the relay may be running. */
import { conversationKey } from "../record";
import type { RelayHome } from "./home";

export interface Erased {
  /** Events that waited or were parked. */
  readonly events: number;
  /** Ledger records of the customer's conversations. */
  readonly records: number;
  /** Events that a worker has in hand, and that are therefore still there. */
  readonly working: number;
}

/** @param customerId Gladly's id */
export async function erase(
  home: Pick<RelayHome, "queue" | "ledger" | "forgetPages">,
  customerId: string,
): Promise<Erased> {
  const { erased, working, conversations } = await home.queue.erase(customerId);
  const keys = conversations.map(conversationKey);
  const records = await home.ledger.erase(customerId, keys);
  await home.forgetPages();
  return { events: erased, records, working };
}
