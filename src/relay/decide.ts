/**
 * Whether a closed conversation gets a survey: one pure function, called by the worker, by the preview of a review, and
 * by `relay explain`. The conditions are the vendor's (docs/vendors/vendor-guide.md); the order puts the customer's own wish
 * first, then what would be refused by Stella anyway, so that refusals stay below the 5% that Stella raises an alarm at.
 */
import type { GladlyChannel } from "../contract/channels";
import type { RelayPolicy } from "../contract/policy";
import type { RelayConfiguration } from "../contract/relay-configuration";
import type { SurveyRequest } from "../vendors/stella/wire";
import type { ParkReason, RecordReason, SendReason, SkipReason } from "./reasons";
import { surveyRequest } from "./survey-request";

/** What is known of a close when the decision is taken. */
export interface Facts {
  readonly close: {
    readonly conversationId: string;
    /** Milliseconds since the epoch. */
    readonly closedAt: number;
    /** The agent just before the close, as the event tells it. */
    readonly agentId: string | undefined;
  };
  /** What Gladly says now; absent with `forward`, where Stella looks for itself. */
  readonly gladly?: GladlyFacts;
}

export interface GladlyFacts {
  /** Undefined when Gladly no longer has it. */
  readonly conversation:
    | {
        /** OPEN, WAITING or CLOSED. */
        readonly status: string;
        readonly closedAt: number | undefined;
        readonly topics: readonly string[];
        readonly inbox: string | undefined;
        readonly channel: GladlyChannel | undefined;
      }
    | undefined;
  readonly customer:
    | { readonly id: string; readonly name: string | undefined; readonly email: string | undefined }
    | undefined;
  /** The agent of the event, else of the conversation; undefined when there is none or Gladly does not know it. */
  readonly agent: { readonly id: string; readonly email: string | undefined } | undefined;
}

/** The part of the configuration that decisions depend on. */
export type DecisionPolicy = RelayPolicy & Pick<RelayConfiguration, "doNotSendTopic">;

export function decisionPolicy(configuration: RelayConfiguration): DecisionPolicy {
  return { ...configuration.policy, doNotSendTopic: configuration.doNotSendTopic };
}

export type Decision =
  /** Ask for a survey. `request` is absent with `forward`: the event itself is what goes out. */
  | { readonly kind: "send"; readonly reason: SendReason; readonly request?: SurveyRequest }
  /** Report the interaction, without a survey. */
  | { readonly kind: "record"; readonly reason: RecordReason; readonly request: SurveyRequest }
  | { readonly kind: "skip"; readonly reason: SkipReason }
  | { readonly kind: "park"; readonly reason: ParkReason };

/** Milliseconds by which Gladly's `closedAt` may differ from the time of its event. */
const SAME_CLOSE = 120_000;

export function decide(facts: Facts, policy: DecisionPolicy): Decision {
  return facts.gladly === undefined ? decideForward(facts, policy) : decideEnrich(facts, facts.gladly, policy);
}

/** Stella looks up the rest itself; only what the event tells can be decided here. */
function decideForward(facts: Facts, policy: DecisionPolicy): Decision {
  const agentId = facts.close.agentId;
  if (agentId === undefined) return skip("no-agent");
  if (policy.bots.includes(agentId)) return skip("agent-is-bot");
  return { kind: "send", reason: "eligible" };
}

function decideEnrich(facts: Facts, gladly: GladlyFacts, policy: DecisionPolicy): Decision {
  const { conversation, customer, agent } = gladly;
  if (conversation === undefined) return skip("conversation-gone");
  if (conversation.status !== "CLOSED") return skip("reopened");
  if (conversation.closedAt !== undefined && conversation.closedAt > facts.close.closedAt + SAME_CLOSE) {
    return skip("superseded");
  }
  const channel = stellaChannel(conversation.channel, policy);
  const unwanted = conversation.topics.includes(policy.doNotSendTopic);
  const email = customer?.email;
  const agentEmail = agent?.email;
  if (unwanted) {
    // Without an agent or an address Stella would refuse even a request that sends nothing.
    if (policy.doNotSend === "skip" || !agentEmail || !email || channel === null) return skip("do-not-send-topic");
  }
  if (agent === undefined) return skip(facts.close.agentId === undefined ? "no-agent" : "agent-without-email");
  if (isBot(agent, policy)) return skip("agent-is-bot");
  if (!agentEmail) return skip("agent-without-email");
  if (customer === undefined) return skip("customer-gone");
  if (!email) return skip("no-customer-email");
  if (channel === null) return skip("channel-left-out");
  const request = surveyRequest(
    {
      conversationId: facts.close.conversationId,
      customer: { id: customer.id, name: customer.name, email },
      agentEmail,
      channel,
      topics: conversation.topics,
      inbox: conversation.inbox,
    },
    policy,
  );
  if (unwanted) return { kind: "record", reason: "do-not-send-topic", request: { ...request, do_not_send: true } };
  return { kind: "send", reason: "eligible", request };
}

function skip(reason: SkipReason): Decision {
  return { kind: "skip", reason };
}

function isBot(agent: { readonly id: string; readonly email: string | undefined }, policy: DecisionPolicy): boolean {
  const email = agent.email?.toLowerCase();
  return policy.bots.some((bot) => bot === agent.id || (email !== undefined && bot.toLowerCase() === email));
}

function stellaChannel(channel: GladlyChannel | undefined, policy: DecisionPolicy): string | null {
  return channel === undefined ? policy.otherChannel : policy.channels[channel];
}
