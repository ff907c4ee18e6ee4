/** How long to wait before the next attempt (docs/vendors/aws-relay.md section 4.4). */
export const FIRST_DELAY = 15_000;
export const LONGEST_DELAY = 900_000;
/** Longest wait that an upstream can ask for with Retry-After: a wrong value must not delay an event for days. */
export const LONGEST_ASKED = 3_600_000;
/** Longest wait of any event. A longer one was set by a clock that was ahead. */
export const LONGEST_WAIT = 25 * 3_600_000;
/** An event that was retried for this long is parked: the cause will not go away by itself. */
export const GIVE_UP_AGE = 72 * 3_600_000;

/**
 * Milliseconds before attempt `attempt + 1`: doubling from 15 s to 15 min, with equal jitter.
 *
 * @param attempt failed attempts so far, at least 1
 * @param random at least 0 and below 1
 */
export function backoff(attempt: number, random: number): number {
  const full = Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** Math.min(attempt - 1, 16));
  return full * (0.5 + 0.5 * random);
}
