import type { EnvironmentInput } from "../../../src/environment";
import type { CloseFacts } from "../../../src/features/preview/facts";
import { judge } from "../../../src/features/preview/judge";
import { AGENTS, close, configured, customer, NOON, PROFILES, TOPICS } from "./support";

const VENDOR_DATA = { agents: AGENTS, topics: TOPICS, profiles: PROFILES };
const UNCHECKED = { agents: AGENTS, topics: TOPICS, profiles: undefined };

type Changes = Parameters<typeof configured>[0];

const outcome = (
  facts: Partial<CloseFacts>,
  changes: Changes = {},
  vendorData: typeof VENDOR_DATA | typeof UNCHECKED = VENDOR_DATA,
) => {
  const [judged] = judge([close(facts)], configured(changes), vendorData);
  return judged?.outcome && `${judged.outcome.kind} ${judged.outcome.reason}`;
};

const unwanted = { status: "CLOSED", topics: ["do_not_send_stella"] };

test.each<[string, Partial<CloseFacts>, string]>([
  ["all conditions met", {}, "survey-to-test-address eligible"],
  ["the topic", { conversation: unwanted }, "recorded do-not-send-topic"],
  ["a profile that is not active", { agent: "kim" }, "refused no-active-profile"],
  ["a profile whose address differs in case", { agent: "sam" }, "refused no-active-profile"],
  ["the topic, and no active profile", { conversation: unwanted, agent: "kim" }, "refused no-active-profile"],
  ["no address", { customer: customer(undefined) }, "skipped no-customer-email"],
  ["no agent", { agent: undefined, eventAgent: undefined }, "skipped no-agent"],
  ["an agent who is no longer in Gladly", { agent: "gone", eventAgent: "gone" }, "tried-again agent-unknown"],
  [
    "a topic that Gladly does not name",
    { conversation: { status: "CLOSED", topics: ["new"] } },
    "tried-again topic-unknown",
  ],
  ["a status that is new", { conversation: { status: "RESOLVED", topics: [] } }, "tried-again status-unknown"],
  ["no valid address", { customer: { address: "unusable", isFirst: false, named: true } }, "skipped no-usable-email"],
  ["no conversation", { conversation: undefined }, "skipped conversation-gone"],
  ["opened at once", { later: { reopenedAt: NOON + 1000, topics: [] } }, "skipped reopened"],
])("with enrich: %s", (_case, facts, expected) => {
  expect(outcome(facts)).toBe(expected);
});

test("the survey mode says where a survey goes, and the policy who gets one", () => {
  expect(outcome({}, { surveyMode: "production" })).toBe("survey-to-customer eligible");
  expect(outcome({}, { policy: { channels: { CHAT: null } } })).toBe("skipped channel-left-out");
  expect(outcome({}, { policy: { bots: ["robin.roe@example.com"] } })).toBe("skipped agent-is-bot");
  expect(outcome({ conversation: unwanted }, { policy: { doNotSend: "skip" } })).toBe("skipped do-not-send-topic");
  expect(outcome({ conversation: unwanted }, { topic: { name: "another" } })).toBe("survey-to-test-address eligible");
});

const closedByApi = { closedBy: { type: "API" } };
const messages = { byAgent: false, startedByAgent: true, lastByCustomerAt: NOON - 9 * 86_400_000 };
const quiet: Partial<CloseFacts> = { conversation: { status: "CLOSED", topics: [], channel: "CHAT", messages } };

test.each<[string, Partial<CloseFacts>, NonNullable<Changes>["policy"], string]>([
  ["who closed it", closedByApi, { exclude: { closedBy: ["API"] } }, "excluded-closer"],
  ["no message by an agent", quiet, { exclude: { withoutAgentMessage: true } }, "no-agent-message"],
  ["started by an agent", quiet, { exclude: { startedByAgent: true } }, "started-by-agent"],
  ["a customer who wrote last week", quiet, { exclude: { customerSilentDays: 7 } }, "customer-silent"],
  ["a reopening within the delay", { later: { reopenedAt: NOON + 60_000, topics: [] } }, { delay: 1 }, "reopened"],
  ["a message within the delay", { later: { messageAt: NOON + 60_000, topics: [] } }, { delay: 1 }, "new-message"],
])("with enrich and forward %s excludes a close, if the policy says so", (_case, facts, policy, reason) => {
  for (const delivery of ["enrich", "forward"] as const) {
    expect(outcome(facts, { delivery, policy })).toBe(`skipped ${reason}`);
    expect(outcome(facts, { delivery })).not.toContain("skipped");
  }
});

test("an excluded topic is recorded with enrich and skipped with forward, even if it is added during the delay", () => {
  const spam: Partial<CloseFacts> = { conversation: { status: "CLOSED", topics: ["Spam"], channel: "CHAT" } };
  const added = { topics: [{ topicId: "Spam", change: "added" as const, at: NOON + 60_000 }] };
  const policy = { exclude: { topics: ["Spam"] } };
  expect(outcome(spam, { policy })).toBe("recorded excluded-topic");
  expect(outcome(spam, { policy: { ...policy, doNotSend: "skip" } })).toBe("skipped excluded-topic");
  expect(outcome(spam, { policy, delivery: "forward" })).toBe("skipped excluded-topic");
  expect(outcome({ later: added }, { policy: { ...policy, delay: 2 } })).toBe("recorded excluded-topic");
  expect(outcome({ later: added }, { policy })).toBe("survey-to-test-address eligible");
});

test("without Stella's list of profiles, no request counts as refused", () => {
  expect(outcome({ agent: "kim" }, {}, UNCHECKED)).toBe("survey-to-test-address eligible");
});

test.each<["direct" | "forward", Partial<CloseFacts>, string]>([
  ["direct", {}, "left-to-stella survey-likely"],
  ["forward", {}, "left-to-stella survey-likely"],
  ["direct", { customer: customer(undefined) }, "left-to-stella refusal-likely"],
  ["forward", { customer: customer(undefined) }, "left-to-stella refusal-likely"],
  ["forward", { agent: "kim" }, "left-to-stella refusal-likely"],
  ["direct", { customer: { ...customer("digest"), isFirst: false } }, "left-to-stella refusal-likely"],
  ["forward", { customer: { ...customer("digest"), isFirst: false } }, "left-to-stella refusal-likely"],
  ["direct", { customer: { ...customer("digest"), named: false } }, "left-to-stella refusal-likely"],
  ["forward", { customer: { ...customer("digest"), named: false } }, "left-to-stella refusal-likely"],
  ["forward", { agent: "silent", customer: undefined }, "left-to-stella refusal-likely"],
  ["forward", { conversation: unwanted }, "left-to-stella topic-likely"],
  ["forward", { agent: undefined, eventAgent: undefined }, "left-to-stella refusal-likely"],
  ["direct", { agent: undefined, eventAgent: undefined }, "left-to-stella refusal-likely"],
])("with %s Stella decides, and the vendor's conditions are an estimate: %j", (delivery, facts, expected) => {
  expect(outcome(facts, { delivery })).toBe(expected);
});

test("with forward and direct Stella uses its own topic, whatever the environment's topic", () => {
  const delivery: EnvironmentInput["delivery"] = "forward";
  expect(outcome({ conversation: unwanted }, { delivery, topic: { name: "another" } })).toBe(
    "left-to-stella topic-likely",
  );
});

describe("several closes of one conversation", () => {
  const at = (minutes: number, changes: Partial<CloseFacts> = {}) =>
    close({ conversationId: "one", closedAt: NOON + minutes * 60_000, ...changes });
  const outcomes = (closes: readonly CloseFacts[], changes: Changes = {}) =>
    judge(closes, configured(changes), VENDOR_DATA).map(({ outcome: each }) => each && `${each.kind} ${each.reason}`);

  test("within a second they are one close, later they are separate", () => {
    const survey = "survey-to-test-address eligible";
    expect(outcomes([at(0), at(0.01), at(1)])).toEqual([survey, undefined, survey]);
    expect(outcomes([at(0), at(0.01), at(1)], { delivery: "direct" })).toEqual([
      "left-to-stella survey-likely",
      undefined,
      "left-to-stella survey-likely",
    ]);
  });

  test.each(["enrich", "forward"] as const)(
    "with %s a close within the delay of the one before overtakes it",
    (delivery) => {
      const reopenedAt = NOON + 60_000;
      const reopened = at(0, { later: { reopenedAt, messageAt: reopenedAt, topics: [] } });
      const survey = delivery === "enrich" ? "survey-to-test-address eligible" : "left-to-stella survey-likely";
      expect(outcomes([reopened, at(29)], { delivery, policy: { delay: 30 } })).toEqual(["skipped superseded", survey]);
      expect(outcomes([reopened, at(31)], { delivery, policy: { delay: 30 } })).toEqual(["skipped reopened", survey]);
      const once = { delivery, policy: { delay: 30, oncePerConversation: true } };
      expect(outcomes([at(0), at(29)], once)).toEqual(["skipped superseded", survey]);
      expect(outcomes([at(0), at(31)], once)).toEqual([survey, "skipped already-surveyed"]);
      expect(outcomes([at(0), at(0.01)], once)).toEqual([survey, undefined]);
    },
  );

  test("oncePerConversation counts surveys, but no skips or refusals", () => {
    const once = { policy: { oncePerConversation: true } };
    const survey = "survey-to-test-address eligible";
    expect(outcomes([at(0), at(10)], once)).toEqual([survey, "skipped already-surveyed"]);
    expect(outcomes([at(0, { customer: customer(undefined) }), at(10)], once)).toEqual([
      "skipped no-customer-email",
      survey,
    ]);
    expect(outcomes([at(0, { agent: "kim" }), at(10)], once)).toEqual(["refused no-active-profile", survey]);
  });
});
