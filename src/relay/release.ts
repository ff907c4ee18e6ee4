/**
 * Releases a close that is stuck: its event waits for a wrong time, or the event was lost while the ledger still has the
 * close, so that every other delivery of it is dropped as a duplicate.
 *
 * The ledger does not change. An existing event is delivered at once. A missing one is replaced by a copy with the same id,
 * which the claim treats as the event itself. So two workers never have one close, and if the event does turn up later, the
 * second one is dropped.
 */
import { CONVERSATION_CLOSED } from "../contract/event-types";
import { type Envelope, wrap } from "./envelope";
import type { Clock, Ledger, Queue } from "./ports";
import { type Closure, type ConversationRecord, conversationKey, isFinished } from "./record";

export interface ReleaseDeps {
  readonly ledger: Pick<Ledger, "conversation">;
  readonly queue: Pick<Queue, "send">;
  /**
   * Makes the events of a conversation due now and returns the ids of all that are not parked. Absent if the queue cannot be
   * searched.
   */
  readonly hasten?: ((conversationId: string) => Promise<readonly string[]>) | undefined;
  /** Whether the relay forwards Gladly's own event, which no copy can replace. */
  readonly forwards: boolean;
  readonly clock: Clock;
}

export interface Released {
  /** Events that are delivered now. */
  readonly waiting: number;
  readonly closes: readonly {
    readonly eventId: string;
    /**
     * `waiting`: its event exists. `copied`: a copy replaces its event. `lost`: its event is missing, and no copy can be
     * forwarded. `busy`: a worker has it. `finished`: nothing more will happen to it.
     */
    readonly outcome: "waiting" | "copied" | "lost" | "busy" | "finished";
    readonly state: Closure["state"];
    /** A request about it may have reached the customer already: `policy.ambiguous` says whether it is sent again. */
    readonly answerLost: boolean;
  }[];
}

export async function release(deps: ReleaseDeps, conversationId: string): Promise<Released> {
  const stored = await deps.ledger.conversation(conversationKey(conversationId));
  const there = (await deps.hasten?.(conversationId)) ?? [];
  const now = deps.clock.now();
  const copies: Envelope[] = [];
  const closes = (stored?.value.closures ?? []).map((closure) => {
    const outcome = outcomeOf(closure, there, deps.forwards, now);
    if (outcome === "copied" && stored !== undefined) copies.push(copyOf(stored.value, closure));
    const answerLost = !isFinished(closure) && (closure.sending || closure.lostAnswers > 0);
    return { eventId: closure.eventId, outcome, state: closure.state, answerLost };
  });
  await deps.queue.send(copies);
  return { waiting: there.length, closes };
}

type ReleaseOutcome = Released["closes"][number]["outcome"];

function outcomeOf(closure: Closure, there: readonly string[], forwards: boolean, now: number): ReleaseOutcome {
  if (isFinished(closure)) return "finished";
  if (closure.state === "working" && closure.leaseUntil > now) return "busy";
  if (there.includes(closure.envelopeId)) return "waiting";
  return forwards ? "lost" : "copied";
}

/** Rebuilds the event from the ledger, which does not store who was assigned and who closed the conversation. */
function copyOf({ conversationId, customerId }: ConversationRecord, closure: Closure): Envelope {
  const event = {
    id: closure.eventId,
    type: CONVERSATION_CLOSED,
    timestamp: new Date(closure.closedAt).toISOString(),
    content: { conversationId, ...(customerId === undefined ? {} : { customerId }) },
  };
  const body = Buffer.from(JSON.stringify(event));
  return { ...wrap(closure.envelopeId, closure.receivedAt, body, { source: "reconcile" }), replays: closure.replays };
}
