/**
 * What is kept of a close between reading and judging: only what `decide` needs. Of the customer that is whether there is
 * one and a keyed digest of the address, to count different customers; of the agent the id.
 */
import { z } from "zod";
import { GLADLY_CHANNELS } from "../../contract/channels";
import type { Facts } from "../../relay/decide";

export const CloseFacts = z.object({
  eventId: z.string(),
  conversationId: z.string(),
  /** Milliseconds since the epoch. */
  closedAt: z.number(),
  /** The agent that the event named. */
  eventAgent: z.string().optional(),
  conversation: z
    .object({
      status: z.string(),
      topics: z.array(z.string()),
      inbox: z.string().optional(),
      channel: z.enum(GLADLY_CHANNELS).optional(),
    })
    .optional(),
  /** Without `email` the customer has no address. */
  customer: z.object({ email: z.string().optional() }).optional(),
  /** The agent that the survey would be about. */
  agent: z.string().optional(),
});
export type CloseFacts = Readonly<z.infer<typeof CloseFacts>>;

/** Gladly's agents by id. */
export type Agents = ReadonlyMap<string, AgentEntry>;
export interface AgentEntry {
  readonly name: string | undefined;
  readonly email: string | undefined;
}

/** @param digest of an address: the same for the same address, and telling nothing of it */
export function reduceFacts(eventId: string, facts: Facts, digest: (email: string) => string): CloseFacts {
  const { close, gladly } = facts;
  const { conversation, customer, agent } = gladly ?? {};
  return {
    eventId,
    conversationId: close.conversationId,
    closedAt: close.closedAt,
    ...(close.agentId === undefined ? {} : { eventAgent: close.agentId }),
    ...(conversation && {
      conversation: {
        status: conversation.status,
        topics: [...conversation.topics],
        ...(conversation.inbox === undefined ? {} : { inbox: conversation.inbox }),
        ...(conversation.channel === undefined ? {} : { channel: conversation.channel }),
      },
    }),
    ...(customer && { customer: customer.email === undefined ? {} : { email: digest(customer.email) } }),
    ...(agent && { agent: agent.id }),
  };
}

/** The facts as `decide` takes them; the customer's digest stands where the address was. */
export function expandFacts(facts: CloseFacts, agents: Agents): Facts {
  const { conversationId, closedAt, conversation, customer, agent, eventAgent } = facts;
  const entry = agent === undefined ? undefined : agents.get(agent);
  return {
    close: { conversationId, closedAt, agentId: eventAgent },
    gladly: {
      conversation: conversation && {
        status: conversation.status,
        closedAt,
        topics: conversation.topics,
        inbox: conversation.inbox,
        channel: conversation.channel,
      },
      customer: customer && { id: "", name: undefined, email: customer.email },
      agent: agent === undefined || entry === undefined ? undefined : { id: agent, email: entry.email },
    },
  };
}
