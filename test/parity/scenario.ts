/** The company of the parity runs: agents with every kind of profile, three inboxes, four topics. */
import type { Scenario } from "../../src/sandbox/sandbox";
import { SCENARIO as DAY, INBOX } from "../features/preview/day";

export const ORDINARY = "topic-Refund-000000003";
export const SPAM = "topic-Spam-0000000001";
/** A topic of conversations whose name Gladly does not return. */
export const NAMELESS_TOPIC = "topic-Nameless-00001";
export const OTHER_INBOX = "inbox-Wholesale-000001";
/** An inbox whose name Gladly does not return. */
export const NAMELESS_INBOX = "inbox-Nameless-00001";
export const INBOXES = [INBOX, OTHER_INBOX, NAMELESS_INBOX] as const;

/** Agent ids. `gone` is in an inbox, but not among Gladly's agents. Null: no agent is assigned. */
export const AGENTS = {
  one: "agent-Person-0",
  two: "agent-Person-1",
  three: "agent-Person-2",
  "a profile under review": "agent-Novice",
  "a profile switched off": "agent-Former",
  "no profile": "agent-Unknown",
  "no address": "agent-Silent",
  "a bot by id": "agent-Bot-by-id",
  "a bot by address": "agent-Bot-by-mail",
  gone: "agent-Gone",
  nobody: null,
} as const;

const [support] = DAY.inboxes;
const agentIds = [...(support?.agentIds ?? []), AGENTS["no address"]];

/** The nameless topic and inbox are last in their lists, so {@link NAMELESS_SETTINGS} cuts them off. */
export const SCENARIO: Scenario = {
  ...DAY,
  agents: [...DAY.agents, { id: AGENTS["no address"], name: "Silent Agent", emailAddress: "", stellaProfile: null }],
  inboxes: [
    ...DAY.inboxes.map((inbox) => ({ ...inbox, agentIds })),
    { id: OTHER_INBOX, name: "Wholesale", disabled: false, agentIds },
    { id: NAMELESS_INBOX, name: "Secret", disabled: false, agentIds },
  ],
  topics: [
    ...DAY.topics,
    { id: SPAM, name: "Spam", disabled: false },
    { id: NAMELESS_TOPIC, name: "Secret", disabled: false },
  ],
};

/** Settings that hide the nameless topic and inbox: Gladly's lists leave them out, and reads of them find nothing. */
export const NAMELESS_SETTINGS = {
  listLimits: { topics: SCENARIO.topics.length - 1, inboxes: SCENARIO.inboxes.length - 1 },
};
export const NAMELESS_FAULTS = [`topics/${NAMELESS_TOPIC}`, `inboxes/${NAMELESS_INBOX}`].map((path) => ({
  effect: { kind: "status", status: 404 },
  method: "GET",
  path: `/api/v1/${path}`,
}));
