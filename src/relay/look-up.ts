/**
 * What Gladly knows of a close: two reads (conversation, customer) when agents, topics and inboxes are at hand, and a
 * third (its items) only where the policy tells channels apart and no CONTACT event told the channel.
 */
import { GLADLY_CHANNELS, type GladlyChannel } from "../contract/channels";
import { needsChannel } from "../contract/policy";
import type { Agent, ConversationItem, Customer, Inbox, Topic } from "../vendors/gladly/wire";
import type { DecisionPolicy, GladlyFacts } from "./decide";
import { Directory } from "./directory";
import type { CloseEvent } from "./envelope";
import type { Clock, Gladly } from "./ports";

const MINUTE = 60_000;

/** The reads that a look-up needs. */
export type LookUpReads = Pick<
  Gladly,
  "conversation" | "conversationItems" | "customer" | "agents" | "topics" | "inboxes"
>;

export class LookUp {
  private readonly agents: Directory<Agent>;
  private readonly topics: Directory<Topic>;
  private readonly inboxes: Directory<Inbox>;

  constructor(
    private readonly gladly: LookUpReads,
    clock: Clock,
  ) {
    this.agents = new Directory(() => gladly.agents(), 10 * MINUTE, clock);
    // A topic can be renamed into the do-not-send topic, which no unknown id would tell.
    this.topics = new Directory(() => gladly.topics(), MINUTE, clock);
    this.inboxes = new Directory(() => gladly.inboxes(), 10 * MINUTE, clock);
  }

  /** @param channel Gladly's channel, when an event told it */
  async facts(close: CloseEvent, channel: string | undefined, policy: DecisionPolicy): Promise<GladlyFacts> {
    const conversation = await this.gladly.conversation(close.conversationId);
    if (conversation === undefined) return { conversation: undefined, customer: undefined, agent: undefined };
    const topics = await Promise.all((conversation.topicIds ?? []).map((id) => this.topics.find(id)));
    const wantsInbox = policy.tags.includes("inbox") && conversation.inboxId;
    const inbox = wantsInbox ? await this.inboxes.find(wantsInbox) : undefined;
    const closed = {
      status: conversation.status,
      closedAt: time(conversation.closedAt),
      topics: topics.flatMap((topic) => (topic === undefined ? [] : [topic.name])),
      inbox: inbox?.name ?? undefined,
      channel: asChannel(channel),
    };
    if (closed.status !== "CLOSED") return { conversation: closed, customer: undefined, agent: undefined };
    const agentId = close.agentId ?? conversation.agentId ?? undefined;
    const agent = agentId === undefined ? undefined : await this.agents.find(agentId);
    const found = agent && { id: agent.id, email: agent.emailAddress || undefined };
    // Without an agent whom Stella can know there is no survey, whoever the customer is: that saves a read.
    if (!found?.email) return { conversation: closed, customer: undefined, agent: found };
    const customer = await this.gladly.customer(conversation.customerId);
    if (closed.channel === undefined && emailOf(customer) && needsChannel(policy)) {
      closed.channel = lastChannel(await this.gladly.conversationItems(close.conversationId));
    }
    return {
      conversation: closed,
      customer: customer && { id: customer.id, name: customer.name ?? undefined, email: emailOf(customer) },
      agent: found,
    };
  }
}

/** The primary address, or the first: real answers leave `primary` out (docs/vendors/gladly-api.md section 12). */
function emailOf(customer: Customer | undefined): string | undefined {
  const emails = customer?.emails ?? [];
  return (emails.find((email) => email.primary) ?? emails[0])?.original || undefined;
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

/** The channel of the last item that has one; items come oldest first. */
function lastChannel(items: readonly ConversationItem[]): GladlyChannel | undefined {
  for (const item of [...items].reverse()) {
    const channel = item.content.type ? ITEM_CHANNELS.get(item.content.type) : undefined;
    if (channel !== undefined) return channel;
  }
  return undefined;
}

function asChannel(name: string | undefined): GladlyChannel | undefined {
  return GLADLY_CHANNELS.find((channel) => channel === name);
}

function time(text: string | null | undefined): number | undefined {
  const milliseconds = text ? Date.parse(text) : Number.NaN;
  return Number.isNaN(milliseconds) ? undefined : milliseconds;
}
