import { newestCloses, readHistory } from "../../../src/features/preview/history";
import type { Event } from "../../../src/vendors/gladly/wire";

const NOON = Date.parse("2026-11-22T12:00:00Z");
const MINUTE = 60_000;

let number = 0;

/** An event this number of minutes after noon. */
function event(type: string, conversationId: string | undefined, minutes: number, more: object = {}): Event {
  number += 1;
  const content = { customerId: "customer", ...(conversationId === undefined ? {} : { conversationId }), ...more };
  const initiator = { id: "customer", type: "CUSTOMER" };
  return {
    id: `event-${number}`,
    type,
    initiator,
    timestamp: new Date(NOON + minutes * MINUTE).toISOString(),
    content,
  };
}

const closed = (conversation: string | undefined, minutes: number, agentId?: string) =>
  event("CONVERSATION/CLOSED", conversation, minutes, {
    context: { assignee: { inboxId: "inbox", ...(agentId === undefined ? {} : { agentId }) } },
  });
const reopened = (conversation: string, minutes: number) => event("CONVERSATION/REOPENED", conversation, minutes);

test("each close has its event's agent, the contact before it, and the events after it", () => {
  const { conversations, malformed } = readHistory(
    [
      event("CONTACT/STARTED", "a", -9, { channel: "EMAIL" }),
      event("CONTACT/STARTED", "a", -1, { channel: "CHAT" }),
      event("CONTACT/ENDED", "a", -1, { channel: "SMS" }),
      closed("a", 0, "robin"),
      event("CONVERSATION/TOPIC_ADDED", "a", 1, { topicId: "t1" }),
      reopened("a", 30),
      event("CONTACT/STARTED", "a", 30, { channel: "PHONE_CALL" }),
      event("CONVERSATION/TOPIC_REMOVED", "a", 40, { topicId: "t2" }),
      closed("a", 60, "sam"),
    ],
    NOON,
  );
  expect(malformed).toBe(0);
  const [first, second] = conversations[0]?.closes ?? [];
  expect(first).toMatchObject({ agentId: "robin", channel: "CHAT", closedAt: NOON, reopenedAt: NOON + 30 * MINUTE });
  expect(first?.topicsSince).toEqual([
    { topicId: "t1", change: "added", at: NOON + MINUTE },
    { topicId: "t2", change: "removed", at: NOON + 40 * MINUTE },
  ]);
  expect(second).toMatchObject({ agentId: "sam", channel: "PHONE_CALL", topicsSince: [] });
  expect(second?.reopenedAt).toBeUndefined();
});

test("events in any order give the same history without conversations that have no close", () => {
  const events = [closed("a", 5), closed("b", 9), reopened("a", 6), closed("a", 20), reopened("c", 1)];
  const history = readHistory(events, NOON);
  expect(readHistory([...events].reverse(), NOON)).toEqual(history);
  // The newest close first, each conversation's own closes oldest first.
  expect(history.conversations.map(({ conversationId, closes }) => [conversationId, closes.length])).toEqual([
    ["a", 2],
    ["b", 1],
  ]);
});

test("a close without a conversation is counted, other unreadable events are not", () => {
  const history = readHistory([closed(undefined, 0), reopened("", 1), event("CONTACT/STARTED", undefined, 2)], NOON);
  expect(history).toEqual({ conversations: [], malformed: 1 });
});

test("a sample has the newest closes of any conversation", () => {
  const { conversations } = readHistory([closed("a", 1), closed("a", 30), closed("b", 20), closed("c", 10)], NOON);
  const sample = newestCloses(conversations, 2);
  expect(sample.map(({ conversationId, closes }) => [conversationId, closes.map(({ closedAt }) => closedAt)])).toEqual([
    ["a", [NOON + 30 * MINUTE]],
    ["b", [NOON + 20 * MINUTE]],
  ]);
  expect(newestCloses(conversations, 100)).toEqual(conversations);
});
