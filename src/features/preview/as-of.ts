/**
 * A conversation as it was when the relay would have looked at it: seconds after the close. Gladly tells only how it is
 * now; what happened in between is in its history and is taken back here.
 */
import type { Conversation } from "../../vendors/gladly/wire";
import type { Close } from "./history";

/**
 * Milliseconds after a close within which the relay has surely looked: a delivery, a queue and two reads take a second or
 * two when nothing is ill. Opened again sooner, the conversation counts as open when the relay looked.
 */
export const LOOKED_WITHIN = 5_000;

/** Whether the relay would have found the conversation open again. */
export function reopenedAtOnce({ closedAt, reopenedAt }: Close): boolean {
  return reopenedAt !== undefined && reopenedAt - closedAt <= LOOKED_WITHIN;
}

/** @param now the conversation as Gladly tells it now */
export function asOf(close: Close, now: Conversation): Conversation {
  const { agentId, ...rest } = now;
  // Opened again, it may have got an agent that it did not have; a closed one cannot be reassigned.
  const kept = close.reopenedAt === undefined ? { agentId } : {};
  return {
    ...rest,
    ...kept,
    status: reopenedAtOnce(close) ? "OPEN" : "CLOSED",
    closedAt: new Date(close.closedAt).toISOString(),
    topicIds: topicsThen(close, now.topicIds ?? []),
  };
}

function topicsThen({ topicsSince }: Close, now: readonly string[]): string[] {
  const then = new Set(now);
  for (const { topicId, change } of [...topicsSince].reverse()) {
    if (change === "added") then.delete(topicId);
    else then.add(topicId);
  }
  return [...then];
}
