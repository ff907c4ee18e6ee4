/**
 * Which events tell of one close.
 *
 * Nobody promises that a redelivery, or the same event in Gladly's history, keeps its id. So two events of a conversation
 * are one close when they share the id, or when their own times are the same to the second. A REOPENED event between the
 * two makes them two closes, however near they are.
 */
import type { Closure, ConversationRecord } from "./record";

/** Milliseconds: an event's time may be told with fewer digits the second time. */
const SAME_SECOND = 1000;

/** What identifies a close. */
export interface CloseIdentity {
  readonly eventId: string;
  /** The event's own time, in milliseconds since the epoch. */
  readonly closedAt: number;
}

/** The known close that an event tells of; undefined when it tells of another one. */
export function knownClose(
  record: Pick<ConversationRecord, "closures" | "reopenings">,
  event: CloseIdentity,
): Closure | undefined {
  return (
    record.closures.find((closure) => closure.eventId === event.eventId) ??
    record.closures.find((closure) => isSameTime(closure, event) && !isReopenedBetween(record, closure, event))
  );
}

/** Whether two closing times are the same as far as an event can tell. */
export function isSameTime(one: { readonly closedAt: number }, other: { readonly closedAt: number }): boolean {
  return Math.abs(one.closedAt - other.closedAt) < SAME_SECOND;
}

function isReopenedBetween(
  { reopenings }: Pick<ConversationRecord, "reopenings">,
  one: CloseIdentity,
  other: CloseIdentity,
): boolean {
  const [from, to] = [Math.min(one.closedAt, other.closedAt), Math.max(one.closedAt, other.closedAt)];
  return reopenings.some((at) => at > from && at < to);
}
