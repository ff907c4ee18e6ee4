/** Time limits that several modules must agree on. */

/** Milliseconds that Gladly waits for a webhook's answer before it counts the delivery as failed. */
export const GLADLY_PATIENCE_MS = 15_000;

/**
 * Days for which a ledger record is kept after its last change: an event may wait 14 days in each of two queues, plus a margin
 * (docs/vendors/aws-relay.md section 4.2).
 */
export const LEDGER_DAYS = 35;

/** Days for which a queue keeps an event: the maximum of SQS. */
export const QUEUE_DAYS = 14;
