/**
 * Decides which events are the same close.
 *
 * Gladly does not promise that a redelivery, or the same event in its history, keeps its id. So two events of a conversation
 * are the same close if they have the same id, or if their own times are equal to the second. A REOPENED event between them
 * makes them two closes.
 */
import type { Closure, ConversationRecord } from "./record";

/** Milliseconds: the second copy of an event may have its time with fewer digits. */
const SAME_SECOND = 1000;

/** What identifies a close. */
export interface CloseIdentity {
  readonly eventId: string;
  /** The event's own time, in milliseconds since the epoch. */
  readonly closedAt: number;
}

/** The known close of an event; undefined if the event is a new close. */
export function knownClose(
  record: Pick<ConversationRecord, "closures" | "reopenings">,
  event: CloseIdentity,
): Closure | undefined {
  return (
    record.closures.find((closure) => closure.eventId === event.eventId) ??
    record.closures.find((closure) => isSameTime(closure, event) && !isReopenedBetween(record, closure, event))
  );
}

/** Whether two closing times are equal within the precision of events. */
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
