/** The result of erasing one customer, on one machine and on AWS, and how to recognise the customer's events. */
import { bodyOf, type Envelope } from "./envelope";

export interface Erased {
  /** Events that waited or were parked. */
  readonly events: number;
  /** Ledger records of the customer's conversations. */
  readonly records: number;
  /** The customer's events that are being processed or wait for a retry. They and their records still exist. */
  readonly working: number;
  /** Events of any customer that could not be read. Absent if every event can be read. */
  readonly unseen?: number;
}

/** Whether a body contains the customer's id, valid or not. */
export function mentions(envelope: Envelope, customerId: string): boolean {
  return Buffer.from(bodyOf(envelope)).includes(customerId);
}
