/**
 * Records that Stella must not have with the relay, from the case and the environment's policy alone. A comparison with
 * `direct` would not find a policy that the relay ignores.
 */
import { DO_NOT_SEND } from "../features/preview/day";
import type { Compared } from "./allowed-differences";
import type { Case } from "./cases";
import { AGENTS, NAMELESS_TOPIC, OTHER_INBOX, SCENARIO, SPAM } from "./scenario";

interface Forbidden {
  readonly name: string;
  readonly isBroken: (compared: Compared) => boolean;
}

/** How an event names who closed: type and id. */
const CLOSERS: Readonly<Record<Case["closedBy"], readonly string[]>> = {
  agent: ["AGENT"],
  api: ["API"],
  rule: ["AUTOMATION", "rule-Close-When-Quiet-1"],
  job: ["SYSTEM", "job-Nightly-Close-0001"],
  erasure: ["SYSTEM", "erasure-run"],
};

const isReopened = ({ afterwards }: Case) => afterwards.startsWith("opened again");
const hasOtherCloser = ({ afterwards }: Case) => afterwards.includes("another agent");
const isUnwanted = ({ topics, afterwards }: Case) =>
  topics.includes(DO_NOT_SEND) || afterwards === "the do-not-send topic is added";

export const FORBIDDEN: readonly Forbidden[] = [
  {
    name: "a survey about a bot",
    isBroken: ({ policy, relayed }) =>
      // A record of the do-not-send topic is no survey: it has no recipient.
      relayed.some(
        ({ employee, recipient }) =>
          recipient !== null && employee !== undefined && botsOf(policy?.bots ?? []).includes(employee),
      ),
  },
  {
    name: "a survey about a close by an excluded closer",
    isBroken: ({ policy, given, relayed }) => {
      const excluded = CLOSERS[given.closedBy].some((closer) => policy?.exclude?.closedBy?.includes(closer));
      return excluded && !hasOtherCloser(given) && surveys(relayed) > 0;
    },
  },
  {
    name: "a survey from an excluded inbox",
    isBroken: ({ policy, given, relayed }) =>
      policy?.exclude?.inboxes !== undefined && given.inbox === OTHER_INBOX && surveys(relayed) > 0,
  },
  {
    name: "a survey with an excluded topic",
    isBroken: ({ policy, given, relayed }) =>
      policy?.exclude?.topics !== undefined &&
      given.topics.includes(SPAM) &&
      relayed.some(({ recipient }) => recipient !== null),
  },
  {
    name: "a survey with the do-not-send topic",
    isBroken: ({ given, relayed }) => isUnwanted(given) && relayed.some(({ recipient }) => recipient !== null),
  },
  {
    name: "a survey while a topic is unknown",
    isBroken: ({ given, delivery, policy, relayed }) =>
      (delivery === "enrich" || policy?.exclude?.topics !== undefined) &&
      given.topics.includes(NAMELESS_TOPIC) &&
      relayed.some(({ recipient }) => recipient !== null),
  },
  {
    name: "a survey about a conversation that an agent started, which is excluded",
    isBroken: ({ policy, given, relayed }) =>
      policy?.exclude?.startedByAgent === true && given.startedBy === "agent" && surveys(relayed) > 0,
  },
  {
    name: "a survey without an agent's message",
    isBroken: ({ policy, given, relayed }) =>
      policy?.exclude?.withoutAgentMessage === true &&
      given.startedBy === "customer" &&
      given.answeredBy !== "agent" &&
      // The person who answers a call is an agent.
      given.channel !== "PHONE_CALL" &&
      given.afterwards !== "an agent writes once more" &&
      surveys(relayed) > 0,
  },
  {
    name: "a survey to a customer who was silent for too long",
    isBroken: ({ policy, given, relayed }) =>
      policy?.exclude?.customerSilentDays !== undefined &&
      // If an agent wrote first, the customer has no last message.
      given.startedBy === "customer" &&
      given.silent &&
      !isReopened(given) &&
      surveys(relayed) > 0,
  },
  {
    name: "a survey although something happened within the delay",
    isBroken: ({ policy, given, relayed }) =>
      Boolean(policy?.delay) &&
      given.missed === "no" &&
      (given.afterwards === "opened again" || given.afterwards === "an agent writes once more") &&
      surveys(relayed) > 0,
  },
  {
    name: "a survey to a customer without a name",
    isBroken: ({ policy, given, relayed }) =>
      policy?.missingName === null && !given.customer.name?.trim() && relayed.length > 0,
  },
  {
    name: "a survey about an excluded channel",
    isBroken: ({ policy, given, relayed }) =>
      policy?.channels?.VOICEMAIL === null && given.channel === "VOICEMAIL" && relayed.length > 0,
  },
  {
    name: "a second survey about a conversation",
    isBroken: ({ policy, relayed, closures }) =>
      policy?.oncePerConversation === true &&
      surveys(relayed) > 1 + closures.reduce((total, { lostAnswers }) => total + lostAnswers, 0),
  },
];

/** The number of surveys with a recipient. */
function surveys(relayed: Compared["relayed"]): number {
  return relayed.filter(({ recipient }) => recipient !== null).length;
}

/** The addresses of the bots that a policy names. */
function botsOf(bots: readonly string[]): readonly string[] {
  const named = (id: string, email: string) => bots.some((bot) => bot === id || bot === email.toLowerCase());
  return SCENARIO.agents
    .filter(({ id, emailAddress }) => id !== AGENTS["no address"] && named(id, emailAddress))
    .map(({ emailAddress }) => emailAddress);
}
