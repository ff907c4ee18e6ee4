/** The closes in Gladly's history, as the relay reads them, with what happened to each conversation afterwards. */
import { z } from "zod";
import { CONVERSATION_CLOSED, TOPIC_ADDED, TOPIC_REMOVED } from "../../contract/event-types";
import { type CloseEvent, readEnvelope, wrap } from "../../relay/envelope";
import type { Event } from "../../vendors/gladly/wire";

/** One event of a close. */
export interface Close extends CloseEvent {
  /** Gladly's channel, from the last contact that began before; undefined when that was before the history. */
  readonly channel: string | undefined;
  /** When the conversation was opened again, in milliseconds since the epoch; undefined when it was not, as far as is known. */
  readonly reopenedAt: number | undefined;
  /** Topics that were put on or taken off afterwards, oldest first. */
  readonly topicsSince: readonly TopicChange[];
}

export interface TopicChange {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly topicId: string;
  readonly change: "added" | "removed";
}

/** All closes of one conversation, oldest first. */
export interface ClosedConversation {
  readonly conversationId: string;
  readonly closes: readonly Close[];
}

export interface History {
  /** The conversation with the newest close first. */
  readonly conversations: readonly ClosedConversation[];
  /** Close events that name no conversation: the relay parks them. */
  readonly malformed: number;
}

const Change = z.looseObject({ conversationId: z.string(), topicId: z.string().optional() });

type Happening =
  | { readonly kind: "close"; readonly at: number; readonly close: CloseEvent }
  | { readonly kind: "contact"; readonly at: number; readonly channel: string }
  | { readonly kind: "reopened"; readonly at: number }
  | { readonly kind: "topic"; readonly at: number; readonly change: TopicChange };

/**
 * @param events of the entities CONVERSATION and CONTACT, in any order
 * @param readAt milliseconds since the epoch: the time for an event without its own
 */
export function readHistory(events: readonly Event[], readAt: number): History {
  const happenings = new Map<string, Happening[]>();
  let malformed = 0;
  for (const event of events) {
    const read = readHappening(event, readAt);
    if (read === "malformed") malformed += 1;
    else if (read !== undefined) happenings.set(read.id, [...(happenings.get(read.id) ?? []), read.happening]);
  }
  const conversations = [...happenings]
    .map(([conversationId, list]) => ({ conversationId, closes: closesOf(list) }))
    .filter(({ closes }) => closes.length > 0)
    .sort((one, other) => newest(other) - newest(one));
  return { conversations, malformed };
}

/**
 * The newest closes only, with the conversations they belong to.
 *
 * @param most how many close events
 */
export function newestCloses(
  conversations: readonly ClosedConversation[],
  most: number,
): readonly ClosedConversation[] {
  const newestFirst = conversations.flatMap(({ closes }) => closes).sort((one, other) => other.closedAt - one.closedAt);
  const kept = new Set(newestFirst.slice(0, most));
  return conversations
    .map(({ conversationId, closes }) => ({ conversationId, closes: closes.filter((close) => kept.has(close)) }))
    .filter(({ closes }) => closes.length > 0);
}

function newest({ closes }: ClosedConversation): number {
  return closes.at(-1)?.closedAt ?? 0;
}

/** Closes and contacts are read by the relay's own reader. */
function readHappening(
  event: Event,
  readAt: number,
): { readonly id: string; readonly happening: Happening } | "malformed" | undefined {
  const content = readEnvelope(wrap("preview", readAt, Buffer.from(JSON.stringify(event))));
  switch (content.kind) {
    case "close":
      return { id: content.conversationId, happening: { kind: "close", at: content.closedAt, close: content } };
    case "contact":
      return content.byCustomer ? { id: content.conversationId, happening: content } : undefined;
    case "reopened":
      return { id: content.conversationId, happening: { kind: "reopened", at: content.at } };
    case "malformed":
      return event.type === CONVERSATION_CLOSED ? "malformed" : undefined;
    case "ping":
      return undefined;
    case "other":
      return readChange(event);
    default:
      return content satisfies never;
  }
}

function readChange(event: Event): { readonly id: string; readonly happening: Happening } | undefined {
  const at = Date.parse(event.timestamp ?? "");
  const content = Change.safeParse(event.content);
  if (Number.isNaN(at) || !content.success) return undefined;
  const { conversationId: id, topicId } = content.data;
  const change = TOPIC_CHANGES.get(event.type);
  if (change === undefined || topicId === undefined) return undefined;
  return { id, happening: { kind: "topic", at, change: { at, topicId, change } } };
}

/** docs/vendors/gladly-api.md section 7.4 */
const TOPIC_CHANGES: ReadonlyMap<string, TopicChange["change"]> = new Map([
  [TOPIC_ADDED, "added"],
  [TOPIC_REMOVED, "removed"],
]);

function closesOf(happenings: readonly Happening[]): readonly Close[] {
  const inOrder = [...happenings].sort((one, other) => one.at - other.at);
  return inOrder.flatMap((happening, index) => {
    if (happening.kind !== "close") return [];
    const before = inOrder.slice(0, index).reverse();
    const since = inOrder.slice(index + 1);
    return [
      {
        ...happening.close,
        channel: before.find((earlier) => earlier.kind === "contact")?.channel,
        reopenedAt: since.find(({ kind }) => kind === "reopened")?.at,
        topicsSince: since.flatMap((later) => (later.kind === "topic" ? [later.change] : [])),
      },
    ];
  });
}
