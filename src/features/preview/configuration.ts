/** The part of an environment that decides what becomes of a close. */
import { needsChannel, RelayPolicy } from "../../contract/policy";
import { DO_NOT_SEND_TOPIC } from "../../contract/topic";
import type { Environment } from "../../environment/schema";
import type { DecisionPolicy } from "../../relay/decide";

export interface PreviewConfiguration {
  readonly surveyMode: Environment["surveyMode"];
  readonly delivery: Environment["delivery"];
  readonly policy: DecisionPolicy;
}

export function previewConfiguration(environment: Environment): PreviewConfiguration {
  const { surveyMode, delivery, topic, policy } = environment;
  const decided = delivery === "forward" ? "forward" : "enrich";
  return {
    ...{ surveyMode, delivery },
    policy: { ...RelayPolicy.parse(policy ?? {}), delivery: decided, doNotSendTopic: topic.name },
  };
}

/** A policy under which a look-up reads all that either of two policies needs. */
export function lookUpPolicy(one: DecisionPolicy, other: DecisionPolicy): DecisionPolicy {
  const [first, second] = [one.exclude, other.exclude];
  return {
    ...(needsChannel(one) ? one : other),
    delivery: "enrich",
    tags: [...new Set([...one.tags, ...other.tags])],
    delay: Math.max(one.delay, other.delay),
    exclude: {
      inboxes: [...(first.inboxes ?? []), ...(second.inboxes ?? [])],
      withoutAgentMessage: first.withoutAgentMessage === true || second.withoutAgentMessage === true,
      startedByAgent: first.startedByAgent === true || second.startedByAgent === true,
      customerSilentDays: first.customerSilentDays ?? second.customerSilentDays,
    },
  };
}

/** The topic that Stella itself heeds where it looks a conversation up (docs/vendors/vendor-guide.md step 4). */
export const STELLAS_TOPIC = DO_NOT_SEND_TOPIC;
