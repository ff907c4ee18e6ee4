import fc from "fast-check";
import { needsChannel } from "../../src/contract/policy";
import type { RelayConfigurationInput } from "../../src/contract/relay-configuration";
import { decide, decisionPolicy } from "../../src/relay/decide";
import type { Facts, GladlyFacts } from "../../src/relay/facts";
import { configuration, NOON } from "./support/records";

const closedBy = { id: "agent-1", type: "AGENT" };
const close = { conversationId: "c1", closedAt: NOON, agentId: "agent-1", closedBy };
/** Topics whose ids are their names. */
const named = (...names: string[]) => names.map((name) => ({ id: `id-${name}`, name }));
const conversation = {
  status: "CLOSED",
  closedAt: NOON,
  topics: named("Billing"),
  inbox: { id: "inbox-1", name: "Support" },
  messages: undefined,
  channel: "EMAIL" as const,
};
const customer = { id: "customer-1", name: "Pat Doe", address: { email: "pat@example.net", isFirst: true } };
const agent = { id: "agent-1", known: true as const, email: "robin@example.com", refused: false };

function facts(changes: Partial<GladlyFacts> = {}, event: Partial<Facts["close"]> = {}): Facts {
  return { close: { ...close, ...event }, gladly: { conversation, customer, agent, ...changes } };
}

function policy(changes: NonNullable<RelayConfigurationInput["policy"]> = {}) {
  return decisionPolicy(configuration({ policy: changes }));
}

test("a close with an agent and a customer's address is sent with the fields of Stella's guides", () => {
  expect(decide(facts(), policy())).toEqual({
    kind: "send",
    reason: "eligible",
    request: {
      channel: "email",
      customer: { name: "Pat Doe", email: "pat@example.net" },
      employee: { email: "robin@example.com" },
      ext_interaction_id: "c1",
      tags: ["Billing"],
    },
  });
});

test.each<[string, Facts, string]>([
  ["a conversation that is gone", facts({ conversation: undefined }), "conversation-gone"],
  ["a conversation that is open again", facts({ conversation: { ...conversation, status: "OPEN" } }), "reopened"],
  ["a conversation that waits", facts({ conversation: { ...conversation, status: "WAITING" } }), "reopened"],
  ["a later close", facts({ conversation: { ...conversation, closedAt: NOON + 120_001 } }), "superseded"],
  ["no agent", facts({ agent: undefined }, { agentId: undefined }), "no-agent"],
  ["an agent without an address", facts({ agent: { ...agent, email: undefined } }), "agent-without-email"],
  [
    "an agent whose profile Stella refused recently",
    facts({ agent: { ...agent, refused: true } }),
    "agent-profile-refused",
  ],
  ["a customer who is gone", facts({ customer: undefined }), "customer-gone"],
  ["a customer without an address", facts({ customer: { ...customer, address: "none" } }), "no-customer-email"],
  ["only invalid addresses", facts({ customer: { ...customer, address: "unusable" } }), "no-usable-email"],
])("%s is skipped as %s", (_case, given, reason) => {
  expect(decide(given, policy())).toEqual({ kind: "skip", reason });
});

test("a closing time within two minutes of the event's belongs to the same close", () => {
  expect(decide(facts({ conversation: { ...conversation, closedAt: NOON + 120_000 } }), policy()).kind).toBe("send");
  expect(decide(facts({ conversation: { ...conversation, closedAt: undefined } }), policy()).kind).toBe("send");
});

test("a bot is recognised by its id and by its address, in any case", () => {
  expect(decide(facts(), policy({ bots: ["agent-1"] }))).toEqual({ kind: "skip", reason: "agent-is-bot" });
  expect(decide(facts(), policy({ bots: ["Robin@Example.com"] }))).toEqual({ kind: "skip", reason: "agent-is-bot" });
  expect(decide(facts(), policy({ bots: ["other"] })).kind).toBe("send");
});

const unwanted = { conversation: { ...conversation, topics: named("Billing", "do_not_send_stella") } };

test("the do-not-send topic reports the interaction without a survey, or nothing by policy", () => {
  expect(decide(facts(unwanted), policy())).toMatchObject({
    kind: "record",
    reason: "do-not-send-topic",
    request: { do_not_send: true, ext_interaction_id: "c1" },
  });
  expect(decide(facts(unwanted), policy({ doNotSend: "skip" }))).toEqual({ kind: "skip", reason: "do-not-send-topic" });
});

test("a request that Stella would refuse is not reported", () => {
  const skipped = { kind: "skip", reason: "do-not-send-topic" };
  expect(decide(facts({ ...unwanted, agent: undefined }), policy())).toEqual(skipped);
  expect(decide(facts({ ...unwanted, customer: undefined }), policy())).toEqual(skipped);
});

test("only a topic with exactly that name prevents a survey", () => {
  const topics = named("Do_Not_Send_Stella", "do_not_send_stella_2");
  expect(decide(facts({ conversation: { ...conversation, topics } }), policy()).kind).toBe("send");
});

test("channels are mapped, and a channel can be excluded", () => {
  const channelOf = (given: Facts, changes = {}) => {
    const decision = decide(given, policy(changes));
    return decision.kind === "send" ? decision.request?.channel : decision.reason;
  };
  const by = (channel: GladlyFacts["conversation"] & object) => facts({ conversation: channel });
  expect(channelOf(by({ ...conversation, channel: "PHONE_CALL" }))).toBe("phone");
  expect(channelOf(by({ ...conversation, channel: "WHATSAPP" }), { channels: { WHATSAPP: "messaging" } })).toBe(
    "messaging",
  );
  expect(channelOf(by({ ...conversation, channel: "SMS" }), { channels: { SMS: null } })).toBe("channel-left-out");
  expect(channelOf(by({ ...conversation, channel: undefined }))).toBe("chat");
  expect(channelOf(by({ ...conversation, channel: undefined }), { otherChannel: null })).toBe("channel-left-out");
});

test("the channel needs no look-up if all channels map to the same one", () => {
  const one = { CHAT: "all", EMAIL: "all", FB_MESSENGER: "all", INSTAGRAM_DIRECT: "all", PHONE_CALL: "all" };
  const all = { ...one, SMS: "all", TWITTER: "all", VOICEMAIL: "all", VOICE_AI: "all", WHATSAPP: "all" };
  expect(needsChannel(policy({ channels: all, otherChannel: "all" }))).toBe(false);
  expect(needsChannel(policy({ channels: all }))).toBe(true);
});

test("brand, language, link and tags follow the policy, and tags keep Stella's limits", () => {
  const topics = named(...Array.from({ length: 30 }, (_, index) => `${index}`.padEnd(3000, "x")));
  const decision = decide(
    facts({ conversation: { ...conversation, topics } }),
    policy({
      brand: "Acme",
      language: "en-US",
      externalUrl: "https://example.gladly.com/c/{conversationId}?of={customerId}",
      tags: ["topics", "inbox"],
    }),
  );
  if (decision.kind !== "send") throw new Error(decision.reason);
  expect(decision.request).toMatchObject({
    brand: "Acme",
    language: "en-US",
    external_url: "https://example.gladly.com/c/c1?of=customer-1",
  });
  expect(decision.request?.tags).toHaveLength(20);
  expect(new Set(decision.request?.tags?.map((tag) => tag.length))).toEqual(new Set([2000]));
});

test("the inbox becomes a tag if the policy says so", () => {
  expect(decide(facts(), policy({ tags: ["inbox"] }))).toMatchObject({ request: { tags: ["Support"] } });
  expect(decide(facts(), policy({ tags: [] }))).not.toHaveProperty("request.tags");
});

const forwarded = (changes: NonNullable<RelayConfigurationInput["policy"]> = {}) =>
  decisionPolicy(configuration({ delivery: "forward", policy: changes }));

test("with forward the event itself is sent, even without an agent, and Stella decides", () => {
  const send = { kind: "send", reason: "eligible" };
  expect(decide({ close }, forwarded())).toEqual(send);
  expect(decide({ close: { ...close, agentId: undefined } }, forwarded())).toEqual(send);
  const open = facts({ conversation: { ...conversation, status: "OPEN" }, customer: undefined, agent: undefined });
  expect(decide(open, forwarded())).toEqual(send);
  expect(decide(facts(unwanted), forwarded())).toEqual(send);
});

test("with forward a bot is recognised by its id in the event, and by id and address of the conversation's agent", () => {
  const bot = { kind: "skip", reason: "agent-is-bot" };
  const without = { agentId: undefined };
  expect(decide({ close }, forwarded({ bots: ["agent-1"] }))).toEqual(bot);
  expect(decide(facts({}, without), forwarded({ bots: ["agent-1"] }))).toEqual(bot);
  expect(decide(facts({}, without), forwarded({ bots: ["Robin@Example.com"] }))).toEqual(bot);
  expect(decide(facts(), forwarded({ bots: ["other@example.com"] })).kind).toBe("send");
  const stranger = facts({ agent: { id: "agent-2", known: false } });
  expect(decide(stranger, forwarded({ bots: ["robin@example.com"] }))).toEqual({
    kind: "retry",
    reason: "agent-unknown",
  });
  expect(decide(stranger, forwarded({ bots: ["agent-7"] })).kind).toBe("send");
});

test.each<[string, Facts, string]>([
  [
    "a topic that Gladly does not name",
    facts({ conversation: { ...conversation, topics: [{ id: "t", name: undefined }] } }),
    "topic-unknown",
  ],
  ["an agent whom Gladly does not know", facts({ agent: { id: "agent-1", known: false } }), "agent-unknown"],
  ["a status that is new", facts({ conversation: { ...conversation, status: "RESOLVED" } }), "status-unknown"],
])("%s is neither sent nor skipped, but retried", (_case, given, reason) => {
  expect(decide(given, policy())).toEqual({ kind: "retry", reason });
});

test("the do-not-send topic is also recognized by its id, whatever its name", () => {
  const renamed = { conversation: { ...conversation, topics: [{ id: "topic-dns", name: "renamed" }] } };
  const policyWith = (doNotSendTopicId: string) => decisionPolicy(configuration({ doNotSendTopicId }));
  expect(decide(facts(renamed), policyWith("topic-dns"))).toMatchObject({
    kind: "record",
    reason: "do-not-send-topic",
  });
  const unread = { conversation: { ...conversation, topics: [{ id: "topic-dns", name: undefined }] } };
  expect(decide(facts(unread), policyWith("topic-dns"))).toMatchObject({ kind: "record" });
  expect(decide(facts(renamed), policyWith("other")).kind).toBe("send");
});

test("a customer without a name gets the policy's missingName, or is skipped", () => {
  for (const name of [undefined, "", "  "]) {
    const given = facts({ customer: { ...customer, name } });
    expect(decide(given, policy())).toMatchObject({ request: { customer: { name: "Customer" } } });
    expect(decide(given, policy({ missingName: "you" }))).toMatchObject({ request: { customer: { name: "you" } } });
    expect(decide(given, policy({ missingName: null }))).toEqual({ kind: "skip", reason: "no-customer-name" });
  }
});

describe("what an environment excludes", () => {
  const messages = {
    channel: "EMAIL" as const,
    byAgent: true,
    startedByAgent: false,
    lastByCustomerAt: NOON,
    lastAt: NOON,
  };
  const written = (changes: Partial<typeof messages> | Record<string, undefined>) =>
    facts({ conversation: { ...conversation, messages: { ...messages, ...changes } } });
  const DAY = 86_400_000;

  test.each<[string, NonNullable<RelayConfigurationInput["policy"]>["exclude"], Facts, Facts, string]>([
    [
      "by type who closed",
      { closedBy: ["API"] },
      facts({}, { closedBy: { id: "x", type: "API" } }),
      facts(),
      "excluded-closer",
    ],
    [
      "by id who closed",
      { closedBy: ["x"] },
      facts({}, { closedBy: { id: "x", type: "API" } }),
      facts(),
      "excluded-closer",
    ],
    [
      "by name an inbox",
      { inboxes: ["Support"] },
      facts(),
      facts({ conversation: { ...conversation, inbox: { id: "i", name: "Sales" } } }),
      "excluded-inbox",
    ],
    [
      "by id an inbox",
      { inboxes: ["inbox-1"] },
      facts(),
      facts({ conversation: { ...conversation, inbox: undefined } }),
      "excluded-inbox",
    ],
    [
      "no agent's message",
      { withoutAgentMessage: true },
      written({ byAgent: false }),
      written({ byAgent: undefined }),
      "no-agent-message",
    ],
    [
      "a conversation that an agent started",
      { startedByAgent: true },
      written({ startedByAgent: true }),
      written({}),
      "started-by-agent",
    ],
    [
      "a silent customer",
      { customerSilentDays: 3 },
      written({ lastByCustomerAt: NOON - 3 * DAY - 1 }),
      written({ lastByCustomerAt: NOON - 3 * DAY }),
      "customer-silent",
    ],
  ])("%s", (_case, exclude, left, kept, reason) => {
    for (const each of [policy({ exclude }), forwarded({ exclude })]) {
      expect(decide(left, each)).toEqual({ kind: "skip", reason });
      expect(decide(kept, each).kind).toBe("send");
    }
    expect(decide(left, policy()).kind).toBe("send");
  });

  test("a topic, as the do-not-send topic is", () => {
    const exclude = { topics: ["Billing"] };
    expect(decide(facts(), policy({ exclude }))).toMatchObject({
      kind: "record",
      reason: "excluded-topic",
      request: { do_not_send: true },
    });
    expect(decide(facts(), policy({ exclude, doNotSend: "skip" }))).toEqual({ kind: "skip", reason: "excluded-topic" });
    expect(decide(facts(), forwarded({ exclude }))).toEqual({ kind: "skip", reason: "excluded-topic" });
    expect(decide(facts(unwanted), policy({ exclude }))).toMatchObject({ reason: "do-not-send-topic" });
  });

  test("a close with an inbox that Gladly does not name is retried", () => {
    const unread = facts({ conversation: { ...conversation, inbox: { id: "i", name: undefined } } });
    expect(decide(unread, policy({ exclude: { inboxes: ["Sales"] } }))).toEqual({
      kind: "retry",
      reason: "inbox-unknown",
    });
  });

  test("a message during the policy's delay cancels the survey", () => {
    const later = written({ lastAt: NOON + 1 });
    for (const each of [policy({ delay: 5 }), forwarded({ delay: 5 })]) {
      expect(decide(later, each)).toEqual({ kind: "skip", reason: "new-message" });
      expect(decide(written({}), each).kind).toBe("send");
      expect(decide(facts({ conversation: { ...conversation, status: "OPEN" } }), each)).toEqual({
        kind: "skip",
        reason: "reopened",
      });
    }
    expect(decide(later, policy()).kind).toBe("send");
  });
});

test("no survey is ever sent without an agent's address, a customer's address and a closed conversation", () => {
  const text = fc.option(fc.constantFrom("a@example.com", ""), { nil: undefined });
  const arbitrary = fc.record({
    status: fc.constantFrom("OPEN", "WAITING", "CLOSED"),
    topics: fc.subarray(["Billing", "do_not_send_stella"]),
    name: fc.constantFrom("Pat", ""),
    customerEmail: text,
    agentEmail: text,
    doNotSend: fc.constantFrom("record" as const, "skip" as const),
  });
  fc.assert(
    fc.property(arbitrary, (given) => {
      const decision = decide(
        facts({
          conversation: { ...conversation, status: given.status, topics: named(...given.topics) },
          customer: {
            ...customer,
            name: given.name,
            address: given.customerEmail ? { email: given.customerEmail, isFirst: true } : "none",
          },
          agent: { ...agent, email: given.agentEmail },
        }),
        policy({ doNotSend: given.doNotSend }),
      );
      if (decision.kind === "skip") return;
      expect(given).toMatchObject({ status: "CLOSED", customerEmail: "a@example.com", agentEmail: "a@example.com" });
      expect(decision.kind).toBe(given.topics.includes("do_not_send_stella") ? "record" : "send");
    }),
  );
});
