/**
 * Decides whether a closed conversation gets a survey: one pure function for the worker, the preview and `relay explain`.
 * The conditions are the vendor's (docs/vendors/vendor-guide.md). The do-not-send topic comes first, then the environment's
 * exclusions, then what Stella would refuse anyway, so that refusals stay below the 5% at which Stella raises an alert.
 *
 * "Not known" never counts as "no": the relay retries.
 */

import { namesBotsByAddress, type RelayPolicy } from "../contract/policy";
import type { RelayConfiguration } from "../contract/relay-configuration";
import type { SurveyRequest } from "../vendors/stella/wire";
import { exclusion, isOneOf } from "./exclusion";
import type { AgentFacts, Facts, GladlyFacts, Named } from "./facts";
import type { RecordReason, SendReason, SkipReason, UnknownReason } from "./reasons";
import { surveyRequest } from "./survey-request";

/** The part of the configuration that decisions depend on. */
export type DecisionPolicy = RelayPolicy &
  Pick<RelayConfiguration, "delivery" | "doNotSendTopic"> & { readonly doNotSendTopicId?: string | undefined };

export function decisionPolicy(configuration: RelayConfiguration): DecisionPolicy {
  const { policy, delivery, doNotSendTopic, doNotSendTopicId } = configuration;
  return { ...policy, delivery, doNotSendTopic, doNotSendTopicId };
}

export type Decision =
  /** Request a survey. `request` is absent with `forward`, which sends the event itself. */
  | { readonly kind: "send"; readonly reason: SendReason; readonly request?: SurveyRequest }
  /** Report the interaction, without a survey. */
  | { readonly kind: "record"; readonly reason: RecordReason; readonly request: SurveyRequest }
  | { readonly kind: "skip"; readonly reason: SkipReason }
  /** It cannot be decided now. */
  | { readonly kind: "retry"; readonly reason: UnknownReason };

type Conversation = NonNullable<GladlyFacts["conversation"]>;

/** Gladly's statuses that say the conversation is open (docs/vendors/gladly-api.md section 9). */
const OPEN_STATUSES: readonly string[] = ["OPEN", "WAITING"];
/** Milliseconds by which Gladly's `closedAt` may differ from the time of its event. */
const CLOCKS_DIFFER = 120_000;

export function decide(facts: Facts, policy: DecisionPolicy): Decision {
  return policy.delivery === "forward" ? decideForward(facts, policy) : decideEnrich(facts, policy);
}

/** Stella reads the conversation itself. This function only applies the environment's policy. */
function decideForward(facts: Facts, policy: DecisionPolicy): Decision {
  const send: Decision = { kind: "send", reason: "eligible" };
  const byEvent = exclusion(facts.close, undefined, policy);
  if (byEvent !== undefined) return byEvent;
  if (facts.close.agentId !== undefined && policy.bots.includes(facts.close.agentId)) return skip("agent-is-bot");
  const { conversation, agent } = facts.gladly ?? {};
  if (conversation === undefined) return send;
  if (policy.delay > 0) {
    const cancelled = sinceClosed(facts, conversation, policy);
    if (cancelled !== undefined) return cancelled;
  }
  const topic = topicOf(conversation.topics, policy.exclude.topics ?? [], undefined);
  if (topic === "unknown") return unknown("topic-unknown");
  if (topic === "yes") return skip("excluded-topic");
  const excluded = exclusion(facts.close, conversation, policy);
  if (excluded !== undefined) return excluded;
  if (policy.bots.length === 0 || agent === undefined) return send;
  if (!agent.known && !policy.bots.includes(agent.id) && namesBotsByAddress(policy)) return unknown("agent-unknown");
  return isBot(agent, policy) ? skip("agent-is-bot") : send;
}

function decideEnrich(facts: Facts, policy: DecisionPolicy): Decision {
  const { conversation, customer, agent } = facts.gladly ?? {};
  if (conversation === undefined) return skip("conversation-gone");
  const since = sinceClosed(facts, conversation, policy);
  if (since !== undefined) return since;
  const unwanted = wish(conversation.topics, policy);
  if (unwanted === "unknown") return unknown("topic-unknown");
  const channel = conversation.channel === undefined ? policy.otherChannel : policy.channels[conversation.channel];
  const name = customer?.name?.trim() || policy.missingName;
  const email = typeof customer?.address === "object" ? customer.address.email : undefined;
  const agentEmail = agent?.known ? agent.email : undefined;
  if (unwanted !== "no") {
    // Stella refuses an unknown agent even in a request without a survey.
    if (policy.doNotSend === "skip" || channel === null || email === undefined) return skip(unwanted);
    if (agent?.known === false) return unknown("agent-unknown");
    if (!agentEmail || name === null) return skip(unwanted);
  } else {
    const excluded = exclusion(facts.close, conversation, policy) ?? agentOrCustomer(facts, policy);
    if (excluded !== undefined) return excluded;
    if (name === null) return skip("no-customer-name");
    if (channel === null) return skip("channel-left-out");
  }
  if (customer === undefined || email === undefined || !agentEmail) return skip("no-customer-email");
  if (agent?.known && agent.refused) return skip("agent-profile-refused");
  const request = surveyRequest(
    {
      conversationId: facts.close.conversationId,
      customer: { id: customer.id, name: name ?? undefined, email },
      agentEmail,
      channel,
      topics: conversation.topics.flatMap((topic) => topic.name ?? []),
      inbox: conversation.inbox?.name,
    },
    policy,
  );
  if (unwanted !== "no") return { kind: "record", reason: unwanted, request: { ...request, do_not_send: true } };
  return { kind: "send", reason: "eligible", request };
}

/** What happened to the conversation after this close. */
function sinceClosed(facts: Facts, conversation: Conversation, policy: DecisionPolicy): Decision | undefined {
  const { status, closedAt, messages } = conversation;
  if (OPEN_STATUSES.includes(status)) return skip("reopened");
  if (status !== "CLOSED") return unknown("status-unknown");
  if (closedAt !== undefined && closedAt > facts.close.closedAt + CLOCKS_DIFFER) return skip("superseded");
  const answered = policy.delay > 0 && (messages?.lastAt ?? 0) > (closedAt ?? facts.close.closedAt);
  return answered ? skip("new-message") : undefined;
}

/** Whether a topic prevents a survey. The do-not-send topic comes first and is matched by id, which survives renaming. */
function wish(
  topics: readonly Named[],
  policy: DecisionPolicy,
): "do-not-send-topic" | "excluded-topic" | "unknown" | "no" {
  const own = topicOf(topics, [policy.doNotSendTopic], policy.doNotSendTopicId);
  if (own === "yes") return "do-not-send-topic";
  const other = topicOf(topics, policy.exclude.topics ?? [], undefined);
  if (other === "yes") return "excluded-topic";
  return own === "unknown" || other === "unknown" ? "unknown" : "no";
}

function topicOf(
  topics: readonly Named[],
  wanted: readonly string[],
  id: string | undefined,
): "yes" | "unknown" | "no" {
  if (topics.some((topic) => topic.id === id || isOneOf(topic, wanted))) return "yes";
  return wanted.length > 0 && topics.some(({ name }) => name === undefined) ? "unknown" : "no";
}

/** Checks the vendor's conditions. */
function agentOrCustomer({ gladly }: Facts, policy: DecisionPolicy): Decision | undefined {
  const { agent, customer } = gladly ?? {};
  if (agent === undefined) return skip("no-agent");
  if (isBot(agent, policy)) return skip("agent-is-bot");
  if (!agent.known) return unknown("agent-unknown");
  if (!agent.email) return skip("agent-without-email");
  if (customer === undefined) return skip("customer-gone");
  if (customer.address === "none") return skip("no-customer-email");
  return customer.address === "unusable" ? skip("no-usable-email") : undefined;
}

function isBot(agent: AgentFacts, { bots }: DecisionPolicy): boolean {
  const email = agent.known ? agent.email?.toLowerCase() : undefined;
  return bots.some((bot) => bot === agent.id || (email !== undefined && bot.toLowerCase() === email));
}

function skip(reason: SkipReason): Decision {
  return { kind: "skip", reason };
}

function unknown(reason: UnknownReason): Decision {
  return { kind: "retry", reason };
}
