/**
 * A conversation as it was when the relay would have looked at it: seconds after the close, or after the environment's
 * delay. Gladly tells only how it is now; what happened in between is in its history and is taken back here.
 */
import type { Conversation } from "../../vendors/gladly/wire";
import type { Close, TopicChange } from "./history";

/**
 * Milliseconds after a close within which the relay has surely looked: a delivery, a queue and two reads take a second or
 * two when nothing is ill. Opened again sooner, the conversation counts as open when the relay looked.
 */
export const LOOKED_WITHIN = 5_000;

/** Whether the relay would have found the conversation open again. */
export function reopenedAtOnce({ closedAt, reopenedAt }: Close): boolean {
  return reopenedAt !== undefined && reopenedAt - closedAt <= LOOKED_WITHIN;
}

/** @param now the current conversation in Gladly */
export function asOf(close: Close, now: Conversation): Conversation {
  const { agentId, ...rest } = now;
  // Opened again, it may have got an agent that it did not have; a closed one cannot be reassigned.
  const kept = close.reopenedAt === undefined ? { agentId } : {};
  // A status that is neither open nor closed is one that the relay does not know either.
  const known = ["OPEN", "WAITING", "CLOSED"].includes(now.status);
  return {
    ...rest,
    ...kept,
    status: known ? "CLOSED" : now.status,
    closedAt: new Date(close.closedAt).toISOString(),
    topicIds: topicsThen(close, now.topicIds ?? []),
  };
}

/** What happened after a close. Milliseconds since the epoch. */
export interface LaterChanges {
  readonly reopenedAt?: number | undefined;
  /** The first message. */
  readonly messageAt?: number | undefined;
  /** Oldest first. */
  readonly topics: readonly TopicChange[];
}

/** What of the history since a close a later look depends on. */
export function laterChanges(close: Close, messageAt: number | undefined): LaterChanges {
  return {
    ...(close.reopenedAt === undefined ? {} : { reopenedAt: close.reopenedAt }),
    ...(messageAt === undefined ? {} : { messageAt }),
    topics: close.topicsSince,
  };
}

/** @param lookedAt milliseconds since the epoch */
export function statusAt(closedAt: number, { reopenedAt }: LaterChanges, status: string, lookedAt: number): string {
  return reopenedAt !== undefined && reopenedAt <= Math.max(lookedAt, closedAt + LOOKED_WITHIN) ? "OPEN" : status;
}

/** Ids. @param atClose the topics at the close */
export function topicsAt(later: LaterChanges, atClose: readonly string[], lookedAt: number): readonly string[] {
  const topics = new Set(atClose);
  for (const { topicId, change, at } of later.topics) {
    if (at > lookedAt) break;
    if (change === "added") topics.add(topicId);
    else topics.delete(topicId);
  }
  return [...topics];
}

function topicsThen({ topicsSince }: Close, now: readonly string[]): string[] {
  const then = new Set(now);
  for (const { topicId, change } of [...topicsSince].reverse()) {
    if (change === "added") then.delete(topicId);
    else then.add(topicId);
  }
  return [...then];
}
