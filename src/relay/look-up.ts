/**
 * Reads what Gladly knows about a close. With `enrich` that is two reads (conversation, customer) while agents, topics and
 * inboxes are cached, and a third (the items) only if the policy depends on messages or no CONTACT event named the channel.
 * With `forward` it reads only what the policy depends on.
 */

import { GLADLY_CHANNELS, type GladlyChannel } from "../contract/channels";
import { namesBotsByAddress, needsChannel, needsMessages, readsPerClose } from "../contract/policy";
import type { Agent, Conversation, Inbox, Topic } from "../vendors/gladly/wire";
import { addressOf } from "./customer-address";
import type { DecisionPolicy } from "./decide";
import { Directory } from "./directory";
import type { CloseEvent } from "./envelope";
import type { AgentFacts, GladlyFacts, Named } from "./facts";
import { type Messages, readMessages } from "./messages";
import type { Clock, Gladly } from "./ports";

const MINUTE = 60_000;

/** The reads that a look-up needs. */
export type LookUpReads = Pick<
  Gladly,
  "conversation" | "conversationItems" | "customer" | "agent" | "agents" | "topic" | "topics" | "inbox" | "inboxes"
>;

/** Whether Stella recently refused a survey about an agent. */
export type ProfileRefused = (agentEmail: string) => Promise<boolean>;

export class LookUp {
  private readonly agents: Directory<Agent>;
  private readonly topics: Directory<Topic>;
  private readonly inboxes: Directory<Inbox>;

  constructor(
    private readonly gladly: LookUpReads,
    clock: Clock,
  ) {
    const agents = { list: () => gladly.agents(), one: (id: string) => gladly.agent(id) };
    const topics = { list: () => gladly.topics(), one: (id: string) => gladly.topic(id) };
    const inboxes = { list: () => gladly.inboxes(), one: (id: string) => gladly.inbox(id) };
    this.agents = new Directory(agents, 10 * MINUTE, clock);
    // Topics are cached briefly: one can be renamed to the do-not-send topic, and its id does not change.
    this.topics = new Directory(topics, MINUTE, clock);
    this.inboxes = new Directory(inboxes, 10 * MINUTE, clock);
  }

  /**
   * @param channel Gladly's channel, if an event named it
   * @param refused called for an agent with an address
   * @returns undefined if no decision depends on Gladly
   */
  async facts(
    close: CloseEvent,
    channel: string | undefined,
    policy: DecisionPolicy,
    refused: ProfileRefused = async () => false,
  ): Promise<GladlyFacts | undefined> {
    const enrich = policy.delivery === "enrich";
    if (!enrich && !forwardNeedsGladly(close, policy)) return undefined;
    const conversation = await this.gladly.conversation(close.conversationId);
    if (conversation === undefined) return { conversation: undefined, customer: undefined, agent: undefined };
    const topics = enrich || policy.exclude.topics?.length ? await this.topicsOf(conversation) : [];
    const wantsInbox = policy.exclude.inboxes?.length || (enrich && policy.tags.includes("inbox"));
    const inbox = wantsInbox && conversation.inboxId ? await this.inboxOf(conversation.inboxId) : undefined;
    const closed = {
      ...{ status: conversation.status, closedAt: time(conversation.closedAt), topics, inbox },
      ...{ channel: asChannel(channel), messages: await this.messagesOf(close, conversation, policy) },
    };
    // With `enrich` no survey depends on more. With `forward` the policy applies whatever the status is.
    if (enrich && closed.status !== "CLOSED") return { conversation: closed, customer: undefined, agent: undefined };
    const agent = await this.agentOf(close.agentId ?? conversation.agentId ?? undefined, policy, refused);
    // Without an agent whom Stella can know there is no survey, so the customer need not be read.
    if (!enrich || !agent?.known || !agent.email) return { conversation: closed, customer: undefined, agent };
    const customer = await this.gladly.customer(conversation.customerId);
    const address = customer && addressOf(customer);
    if (closed.channel === undefined && typeof address === "object" && needsChannel(policy)) {
      closed.messages ??= await this.messages(close.conversationId);
      closed.channel = closed.messages.channel;
    }
    return {
      conversation: closed,
      customer: customer && address && { id: customer.id, name: customer.name ?? undefined, address },
      agent,
    };
  }

  private async topicsOf({ topicIds }: Conversation): Promise<readonly Named[]> {
    return Promise.all((topicIds ?? []).map(async (id) => ({ id, name: (await this.topics.find(id))?.name })));
  }

  private async inboxOf(id: string): Promise<Named> {
    return { id, name: (await this.inboxes.find(id))?.name ?? undefined };
  }

  private async agentOf(
    id: string | undefined,
    policy: DecisionPolicy,
    refused: ProfileRefused,
  ): Promise<AgentFacts | undefined> {
    if (id === undefined) return undefined;
    if (policy.delivery === "forward" && !namesBotsByAddress(policy)) return { id, known: false };
    const agent = await this.agents.find(id);
    if (agent === undefined) return { id, known: false };
    const email = agent.emailAddress || undefined;
    const asked = policy.delivery === "enrich" && email !== undefined;
    return { id, known: true, email, refused: asked && (await refused(email)) };
  }

  private async messagesOf(
    { conversationId }: CloseEvent,
    { status }: Conversation,
    policy: DecisionPolicy,
  ): Promise<Messages | undefined> {
    const matters = policy.delivery === "forward" || status === "CLOSED";
    return matters && needsMessages(policy) ? this.messages(conversationId) : undefined;
  }

  private async messages(conversationId: string): Promise<Messages> {
    const { items, limited } = await this.gladly.conversationItems(conversationId);
    return readMessages(items, limited);
  }
}

/** If the event has no agent, the conversation shows whether it belonged to a bot. */
function forwardNeedsGladly({ agentId }: Pick<CloseEvent, "agentId">, policy: DecisionPolicy): boolean {
  return readsPerClose("forward", policy) > 0 || (policy.bots.length > 0 && agentId === undefined);
}

function asChannel(name: string | undefined): GladlyChannel | undefined {
  return GLADLY_CHANNELS.find((channel) => channel === name);
}

function time(text: string | null | undefined): number | undefined {
  const milliseconds = text ? Date.parse(text) : Number.NaN;
  return Number.isNaN(milliseconds) ? undefined : milliseconds;
}
