/** The company of the parity runs: agents with every kind of profile, two inboxes, three topics. */
import type { Scenario } from "../../src/sandbox/sandbox";
import { SCENARIO as DAY, INBOX } from "../features/preview/day";

export const ORDINARY = "topic-Refund-000000003";
export const SPAM = "topic-Spam-0000000001";
export const OTHER_INBOX = "inbox-Wholesale-000001";
export const INBOXES = [INBOX, OTHER_INBOX] as const;

/** Ids; `gone` is in its inbox and not among Gladly's agents; null: nobody is assigned. */
export const AGENTS = {
  one: "agent-Person-0",
  two: "agent-Person-1",
  three: "agent-Person-2",
  "a profile under review": "agent-Novice",
  "a profile switched off": "agent-Former",
  "no profile": "agent-Unknown",
  "a bot by id": "agent-Bot-by-id",
  "a bot by address": "agent-Bot-by-mail",
  gone: "agent-Gone",
  nobody: null,
} as const;

const [support] = DAY.inboxes;

export const SCENARIO: Scenario = {
  ...DAY,
  inboxes: [...DAY.inboxes, { id: OTHER_INBOX, name: "Wholesale", disabled: false, agentIds: support?.agentIds ?? [] }],
  topics: [...DAY.topics, { id: SPAM, name: "Spam", disabled: false }],
};
