import fc from "fast-check";
import { needsChannel } from "../../src/contract/policy";
import type { RelayConfigurationInput } from "../../src/contract/relay-configuration";
import { decide, decisionPolicy, type Facts, type GladlyFacts } from "../../src/relay/decide";
import { configuration, NOON } from "./support/records";

const close = { conversationId: "c1", closedAt: NOON, agentId: "agent-1" };
const conversation = {
  status: "CLOSED",
  closedAt: NOON,
  topics: ["Billing"],
  inbox: "Support",
  channel: "EMAIL" as const,
};
const customer = { id: "customer-1", name: "Pat Doe", email: "pat@example.net" };
const agent = { id: "agent-1", email: "robin@example.com" };

function facts(changes: Partial<GladlyFacts> = {}, event: Partial<Facts["close"]> = {}): Facts {
  return { close: { ...close, ...event }, gladly: { conversation, customer, agent, ...changes } };
}

function policy(changes: NonNullable<RelayConfigurationInput["policy"]> = {}) {
  return decisionPolicy(configuration({ policy: changes }));
}

test("a close with an agent and a customer's address is sent, with what the guides ask for", () => {
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
  ["an agent whom Gladly does not know", facts({ agent: undefined }), "agent-without-email"],
  ["an agent without an address", facts({ agent: { id: "agent-1", email: undefined } }), "agent-without-email"],
  ["a customer who is gone", facts({ customer: undefined }), "customer-gone"],
  ["a customer without an address", facts({ customer: { ...customer, email: undefined } }), "no-customer-email"],
])("%s is skipped as %s", (_case, given, reason) => {
  expect(decide(given, policy())).toEqual({ kind: "skip", reason });
});

test("a closing time within two minutes of the event's is this close", () => {
  expect(decide(facts({ conversation: { ...conversation, closedAt: NOON + 120_000 } }), policy()).kind).toBe("send");
  expect(decide(facts({ conversation: { ...conversation, closedAt: undefined } }), policy()).kind).toBe("send");
});

test("a bot is recognised by its id and by its address, in any case", () => {
  expect(decide(facts(), policy({ bots: ["agent-1"] }))).toEqual({ kind: "skip", reason: "agent-is-bot" });
  expect(decide(facts(), policy({ bots: ["Robin@Example.com"] }))).toEqual({ kind: "skip", reason: "agent-is-bot" });
  expect(decide(facts(), policy({ bots: ["other"] })).kind).toBe("send");
});

const unwanted = { conversation: { ...conversation, topics: ["Billing", "do_not_send_stella"] } };

test("the do-not-send topic reports the interaction without a survey, or nothing by policy", () => {
  expect(decide(facts(unwanted), policy())).toMatchObject({
    kind: "record",
    reason: "do-not-send-topic",
    request: { do_not_send: true, ext_interaction_id: "c1" },
  });
  expect(decide(facts(unwanted), policy({ doNotSend: "skip" }))).toEqual({ kind: "skip", reason: "do-not-send-topic" });
});

test("what Stella would refuse is not even reported", () => {
  const skipped = { kind: "skip", reason: "do-not-send-topic" };
  expect(decide(facts({ ...unwanted, agent: undefined }), policy())).toEqual(skipped);
  expect(decide(facts({ ...unwanted, customer: undefined }), policy())).toEqual(skipped);
});

test("only the topic of exactly that name stops a survey", () => {
  const topics = ["Do_Not_Send_Stella", "do_not_send_stella_2"];
  expect(decide(facts({ conversation: { ...conversation, topics } }), policy()).kind).toBe("send");
});

test("channels are mapped, and a channel can be left out", () => {
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

test("the channel needs no look-up where all channels are one to Stella", () => {
  const one = { CHAT: "all", EMAIL: "all", FB_MESSENGER: "all", INSTAGRAM_DIRECT: "all", PHONE_CALL: "all" };
  const all = { ...one, SMS: "all", TWITTER: "all", VOICEMAIL: "all", VOICE_AI: "all", WHATSAPP: "all" };
  expect(needsChannel(policy({ channels: all, otherChannel: "all" }))).toBe(false);
  expect(needsChannel(policy({ channels: all }))).toBe(true);
});

test("brand, language, link and tags follow the policy, and tags keep Stella's limits", () => {
  const topics = Array.from({ length: 30 }, (_, index) => `${index}`.padEnd(3000, "x"));
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

test("the inbox becomes a tag where the policy says so", () => {
  expect(decide(facts(), policy({ tags: ["inbox"] }))).toMatchObject({ request: { tags: ["Support"] } });
  expect(decide(facts(), policy({ tags: [] }))).not.toHaveProperty("request.tags");
});

test("with forward only the event's own agent decides, and the event itself goes out", () => {
  expect(decide({ close }, policy())).toEqual({ kind: "send", reason: "eligible" });
  expect(decide({ close: { ...close, agentId: undefined } }, policy())).toEqual({ kind: "skip", reason: "no-agent" });
  expect(decide({ close }, policy({ bots: ["agent-1"] }))).toEqual({ kind: "skip", reason: "agent-is-bot" });
});

test("no survey is ever sent without an agent's address, a customer's address and a closed conversation", () => {
  const text = fc.option(fc.constantFrom("a@example.com", ""), { nil: undefined });
  const arbitrary = fc.record({
    status: fc.constantFrom("OPEN", "WAITING", "CLOSED"),
    topics: fc.subarray(["Billing", "do_not_send_stella"]),
    customerEmail: text,
    agentEmail: text,
    doNotSend: fc.constantFrom("record" as const, "skip" as const),
  });
  fc.assert(
    fc.property(arbitrary, (given) => {
      const decision = decide(
        facts({
          conversation: { ...conversation, status: given.status, topics: given.topics },
          customer: { ...customer, email: given.customerEmail },
          agent: { id: "agent-1", email: given.agentEmail },
        }),
        policy({ doNotSend: given.doNotSend }),
      );
      if (decision.kind === "skip") return;
      expect(given).toMatchObject({ status: "CLOSED", customerEmail: "a@example.com", agentEmail: "a@example.com" });
      expect(decision.kind).toBe(given.topics.includes("do_not_send_stella") ? "record" : "send");
    }),
  );
});
