/**
 * What is kept of a close between reading and judging: only what `decide` needs. Of the customer that is whether there is
 * one, whether a survey can go there, and a keyed digest of the address, to count different customers; of agent and topics
 * the ids.
 */
import { z } from "zod";
import { GLADLY_CHANNELS } from "../../contract/channels";
import { defined } from "../../contract/json";
import type { AgentFacts, Facts, GladlyFacts } from "../../relay/facts";
import { laterChanges, statusAt, topicsAt } from "./as-of";
import type { Close } from "./history";

const Time = z.number();

export const CloseFacts = z.object({
  eventId: z.string(),
  conversationId: z.string(),
  /** Milliseconds since the epoch, all times. */
  closedAt: Time,
  /** The agent that the event named. */
  eventAgent: z.string().optional(),
  closedBy: z.object({ id: z.string().optional(), type: z.string().optional() }),
  conversation: z
    .object({
      status: z.string(),
      /** At the close. */
      topics: z.array(z.string()),
      inbox: z.object({ id: z.string(), name: z.string().optional() }).optional(),
      channel: z.enum(GLADLY_CHANNELS).optional(),
      messages: z
        .object({
          byAgent: z.boolean().optional(),
          startedByAgent: z.boolean().optional(),
          lastByCustomerAt: Time.optional(),
        })
        .optional(),
    })
    .optional(),
  /** What happened after the close. */
  later: z.object({
    reopenedAt: Time.optional(),
    messageAt: Time.optional(),
    topics: z.array(z.object({ topicId: z.string(), change: z.enum(["added", "removed"]), at: Time })),
  }),
  customer: z
    .object({
      email: z.string().optional(),
      address: z.enum(["usable", "unusable", "none"]),
      /** Whether a usable address is the one that Stella takes where it looks itself. */
      isFirst: z.boolean(),
      named: z.boolean(),
    })
    .optional(),
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

/** The objects of the ids in facts. */
export interface GladlyNames {
  readonly agents: Agents;
  /** Names by id. */
  readonly topics: ReadonlyMap<string, string>;
}

/**
 * @param messageAt the first message after the close
 * @param digest of an address: the same for the same address, and telling nothing of it
 */
export function reduceFacts(
  close: Close,
  gladly: GladlyFacts | undefined,
  messageAt: number | undefined,
  digest: (email: string) => string,
): CloseFacts {
  const { conversation, customer, agent } = gladly ?? {};
  const { messages } = conversation ?? {};
  return {
    eventId: close.eventId,
    conversationId: close.conversationId,
    closedAt: close.closedAt,
    closedBy: defined(close.closedBy),
    ...(close.agentId === undefined ? {} : { eventAgent: close.agentId }),
    ...(conversation && {
      conversation: {
        status: conversation.status,
        topics: conversation.topics.map(({ id }) => id),
        ...(conversation.inbox === undefined ? {} : { inbox: named(conversation.inbox) }),
        ...(conversation.channel === undefined ? {} : { channel: conversation.channel }),
        ...(messages === undefined
          ? {}
          : {
              messages: defined({
                byAgent: messages.byAgent,
                startedByAgent: messages.startedByAgent,
                lastByCustomerAt: messages.lastByCustomerAt,
              }),
            }),
      },
    }),
    later: { ...laterChanges(close, messageAt), topics: [...close.topicsSince] },
    ...(customer && {
      customer: {
        ...(typeof customer.address === "object"
          ? { email: digest(customer.address.email), address: "usable" as const, isFirst: customer.address.isFirst }
          : { address: customer.address, isFirst: false }),
        named: Boolean(customer.name?.trim()),
      },
    }),
    ...(agent && { agent: agent.id }),
  };
}

/**
 * The facts as `decide` takes them; the customer's digest stands where the address was.
 *
 * @param delay minutes after the close at which the relay looks
 * @param refused whether Stella refused a survey about the agent before
 */
export function expandFacts(facts: CloseFacts, names: GladlyNames, delay: number, refused: boolean): Facts {
  const { conversationId, closedAt, closedBy, conversation, customer, eventAgent } = facts;
  const { messageAt } = facts.later;
  const lookedAt = closedAt + delay * 60_000;
  return {
    close: { conversationId, closedAt, agentId: eventAgent, closedBy: { id: closedBy.id, type: closedBy.type } },
    gladly: {
      conversation: conversation && {
        status: statusAt(closedAt, facts.later, conversation.status, lookedAt),
        closedAt,
        topics: topicsAt(facts.later, conversation.topics, lookedAt).map((id) => ({ id, name: names.topics.get(id) })),
        inbox: conversation.inbox && { id: conversation.inbox.id, name: conversation.inbox.name },
        channel: conversation.channel,
        messages: {
          channel: undefined,
          byAgent: conversation.messages?.byAgent,
          startedByAgent: conversation.messages?.startedByAgent,
          lastByCustomerAt: conversation.messages?.lastByCustomerAt,
          lastAt: messageAt !== undefined && messageAt <= lookedAt ? messageAt : undefined,
        },
      },
      customer: customer && {
        id: "",
        name: customer.named ? "named" : undefined,
        address:
          customer.email === undefined
            ? unusable(customer.address)
            : { email: customer.email, isFirst: customer.isFirst },
      },
      agent: agentOf(facts.agent, names.agents, refused),
    },
  };
}

function agentOf(id: string | undefined, agents: Agents, refused: boolean): AgentFacts | undefined {
  if (id === undefined) return undefined;
  const entry = agents.get(id);
  return entry === undefined ? { id, known: false } : { id, known: true, email: entry.email, refused };
}

function unusable(address: "usable" | "unusable" | "none"): "unusable" | "none" {
  return address === "none" ? "none" : "unusable";
}

function named({ id, name }: { readonly id: string; readonly name: string | undefined }) {
  return { id, ...(name === undefined ? {} : { name }) };
}
