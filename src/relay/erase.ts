/** What an erasure of one customer comes to, on one machine and on AWS, and how it knows the customer's events. */
import { bodyOf, type Envelope } from "./envelope";

export interface Erased {
  /** Events that waited or were parked. */
  readonly events: number;
  /** Ledger records of the customer's conversations. */
  readonly records: number;
  /** The customer's events that a worker has in hand or that wait for a retry: they and their records are still there. */
  readonly working: number;
  /** Events of any customer that could not be read. Absent where every event can be. */
  readonly unseen?: number;
}

/** Whether a body names the customer, readable or not. */
export function mentions(envelope: Envelope, customerId: string): boolean {
  return Buffer.from(bodyOf(envelope)).includes(customerId);
}
