/** Performs each row of the table in docs/which-closes-get-a-survey.md in the sandbox's Gladly. */
import { claim } from "../../src/relay/claim";
import { DO_NOT_SEND } from "../features/preview/day";
import { claimant, written } from "../relay/support/records";
import { type Case, PLAIN } from "./cases";
import { AGENTS, ORDINARY, OTHER_INBOX, SCENARIO, SPAM } from "./scenario";
import type { Side } from "./side";

/** Performs a row with its own conversation. Returns the result if it was observed without a sandbox. */
export type Way = (side: Side, id: string) => Promise<string | undefined>;

/** The names in the page's settings. */
export const COMPANY = {
  ...SCENARIO,
  agents: SCENARIO.agents.map((agent) =>
    agent.id === AGENTS["a bot by address"] ? { ...agent, emailAddress: "bot@example.com" } : agent,
  ),
  inboxes: SCENARIO.inboxes.map((inbox) => (inbox.id === OTHER_INBOX ? { ...inbox, name: "Internal" } : inbox)),
};
/** Closes a conversation that is assigned to another agent: the page's `<agent id>`. */
export const OTHER_AGENT = AGENTS.two;

/** No agent is assigned, so the API closes. */
const NOBODY = { agent: "nobody", answeredBy: "automation", closedBy: "api" } as const;

function closed(given: Partial<Case> = {}, agentId?: string): Way {
  return async (side, id) => {
    const whole = { ...PLAIN, ...given };
    await side.open(id, whole);
    await side.close(id, whole.closedBy, agentId);
    return undefined;
  };
}

const by = (closedBy: Case["closedBy"]): Readonly<Record<string, Way>> => ({
  assigned: closed({ closedBy }),
  nobody: closed({ ...NOBODY, closedBy }),
});

/** By the row's first cell, then by scenario. */
export const WAYS: Readonly<Record<string, Readonly<Record<string, Way>>>> = {
  "by the assigned agent": { assigned: closed() },
  "by an agent other than the assigned one": { assigned: closed({}, OTHER_AGENT) },
  "with no agent assigned": { nobody: closed(NOBODY) },
  "by the API": by("api"),
  "by a Rule": by("rule"),
  "by a job of Gladly, such as an erasure run": {
    ...by("job"),
    gone: async (side, id) => {
      await side.open(id, PLAIN);
      await side.erase(id);
      return undefined;
    },
  },
  "by the customer or by Gladly's AI, without a message from an agent": {
    assigned: async (side, id) => {
      await side.day.control("settings", { initiators: { rule: "CUSTOMER" } });
      await closed({ closedBy: "rule", answeredBy: "automation" })(side, id);
      await side.day.control("settings", { initiators: { rule: "AUTOMATION" } });
      return undefined;
    },
    nobody: closed({ ...NOBODY, closedBy: "job" }),
  },
  "a conversation that an agent started": { assigned: closed({ startedBy: "agent" }) },
  "spam, tests, internal conversations": { spam: closed({ topics: [SPAM] }), internal: closed({ inbox: OTHER_INBOX }) },
  "with the do-not-send topic": {
    reported: closed({ topics: [ORDINARY, DO_NOT_SEND] }),
    "no address": closed({ topics: [DO_NOT_SEND], customer: { ...PLAIN.customer, emails: [] } }),
    nobody: closed({ topics: [DO_NOT_SEND], ...NOBODY }),
  },
  "by a bot": {
    "a profile": closed({ agent: "a bot by address" }),
    "no profile": closed({ agent: "no profile" }),
  },
  "closed, reopened, closed again": {
    twice: async (side, id) => {
      await closed()(side, id);
      await side.settled();
      await side.advance();
      await side.reopen(id);
      await side.close(id, "agent");
      return undefined;
    },
    overtaken: async ({ delivery }) => {
      if (delivery === "direct") return undefined;
      const policy = { oncePerConversation: false, surveyMode: "production" } as const;
      const older = claimant();
      const newer = claimant({ eventId: "event-2", envelopeId: "envelope-2", closedAt: older.closedAt + 60_000 });
      const record = written(claim(undefined, newer, newer.receivedAt, policy));
      const late = claim(record, older, newer.receivedAt, policy);
      return late.kind === "closed" ? `skipped: \`${late.closure.reason}\`` : late.kind;
    },
  },
  "closed, and open again when it is read": {
    reopened: async (side, id) => {
      const slow = { kind: "latency", milliseconds: 1_500 };
      await side.day.control("faults", { effect: slow, method: "GET", path: `/api/v1/conversations/${id}`, times: 1 });
      await closed()(side, id);
      await side.reopen(id);
      await side.settled();
      await side.advance();
      await side.close(id, "agent");
      return undefined;
    },
  },
  "reopened soon after the close": {
    assigned: async (side, id) => {
      await closed()(side, id);
      if (!side.waits) await side.settled();
      await side.reopen(id);
      return undefined;
    },
  },
  "while the webhook was switched off": {
    missed: async (side, id) => {
      await side.switchWebhook(false);
      await closed()(side, id);
      await side.switchWebhook(true);
      await side.fetchMissed();
      return undefined;
    },
  },
  // Must be last, because it moves Gladly's clock forward.
  "long after the customer last wrote": {
    assigned: async (side, id) => {
      await side.open(id, PLAIN);
      await side.day.advance(15 * 86_400_000);
      await side.close(id, "agent");
      return undefined;
    },
  },
};
