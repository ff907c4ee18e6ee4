/** Reads from the items of a conversation who wrote, when, and on which channel. */

import type { GladlyChannel } from "../contract/channels";
import type { ConversationItem } from "../vendors/gladly/wire";

/** Undefined means not known: Gladly lists only the first thousand items of a long conversation. */
export interface Messages {
  /** The channel of the customer's last message, else of the last message. */
  readonly channel: GladlyChannel | undefined;
  /** Whether an agent wrote, called or answered a call. */
  readonly byAgent: boolean | undefined;
  /** Whether the first message is an agent's. */
  readonly startedByAgent: boolean | undefined;
  /** Milliseconds since the epoch; also undefined if the customer wrote nothing. */
  readonly lastByCustomerAt: number | undefined;
  readonly lastAt: number | undefined;
}

/** Item types to the CONTACT events' names of channels (docs/vendors/gladly-api.md section 10). */
const ITEM_CHANNELS: ReadonlyMap<string, GladlyChannel> = new Map([
  ["CHAT_MESSAGE", "CHAT"],
  ["EMAIL", "EMAIL"],
  ["SMS", "SMS"],
  ["FACEBOOK_MESSAGE", "FB_MESSENGER"],
  ["INSTAGRAM_DIRECT", "INSTAGRAM_DIRECT"],
  ["WHATSAPP", "WHATSAPP"],
  ["TWITTER", "TWITTER"],
  ["PHONE_CALL", "PHONE_CALL"],
  ["VOICEMAIL", "VOICEMAIL"],
  ["VOICE_AI_MESSAGE", "VOICE_AI"],
]);

/**
 * @param items oldest first
 * @param limited whether Gladly left some out: the newest
 */
export function readMessages(items: readonly ConversationItem[], limited: boolean): Messages {
  const messages = items.filter(isMessage);
  const byCustomer = messages.filter(({ initiator }) => initiator?.type === "CUSTOMER");
  const byAgent = messages.some(
    ({ initiator, responder }) => initiator?.type === "AGENT" || responder?.type === "AGENT",
  );
  const [first] = messages;
  const last = byCustomer.at(-1) ?? messages.at(-1);
  return {
    channel: limited || last === undefined ? undefined : channelOf(last),
    byAgent: byAgent || (limited ? undefined : false),
    startedByAgent: first === undefined ? undefined : first.initiator?.type === "AGENT",
    lastByCustomerAt: limited ? undefined : timeOf(byCustomer.at(-1)),
    lastAt: limited ? undefined : timeOf(messages.at(-1)),
  };
}

/** Whether an item is a message or a call, not a note or change. */
export function isMessage(item: ConversationItem): boolean {
  return channelOf(item) !== undefined;
}

function channelOf({ content }: ConversationItem): GladlyChannel | undefined {
  return content.type ? ITEM_CHANNELS.get(content.type) : undefined;
}

function timeOf(item: ConversationItem | undefined): number | undefined {
  const at = item?.timestamp ? Date.parse(item.timestamp) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}
