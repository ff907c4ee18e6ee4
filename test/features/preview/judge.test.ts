import type { EnvironmentInput } from "../../../src/environment";
import type { CloseFacts } from "../../../src/features/preview/facts";
import { judge } from "../../../src/features/preview/judge";
import { AGENTS, close, configured, NOON, PROFILES } from "./support";

const WORLD = { agents: AGENTS, profiles: PROFILES };
const UNCHECKED = { agents: AGENTS, profiles: undefined };

type Changes = Parameters<typeof configured>[0];

const outcome = (facts: Partial<CloseFacts>, changes: Changes = {}, world: typeof WORLD | typeof UNCHECKED = WORLD) => {
  const [judged] = judge([close(facts)], configured(changes), world);
  return judged?.outcome && `${judged.outcome.kind} ${judged.outcome.reason}`;
};

const unwanted = { status: "CLOSED", topics: ["do_not_send_stella"] };

test.each<[string, Partial<CloseFacts>, string]>([
  ["all conditions met", {}, "survey-to-test-address eligible"],
  ["the topic", { conversation: unwanted }, "recorded do-not-send-topic"],
  ["a profile that is not active", { agent: "kim" }, "refused no-active-profile"],
  ["a profile whose address differs by capitals", { agent: "sam" }, "refused no-active-profile"],
  ["the topic, and no active profile", { conversation: unwanted, agent: "kim" }, "refused no-active-profile"],
  ["no address", { customer: {} }, "skipped no-customer-email"],
  ["no agent", { agent: undefined, eventAgent: undefined }, "skipped no-agent"],
  ["an agent whom Gladly lost since", { agent: "gone", eventAgent: "gone" }, "skipped agent-without-email"],
  ["no conversation", { conversation: undefined }, "skipped conversation-gone"],
  ["opened at once", { conversation: { status: "OPEN", topics: [] } }, "skipped reopened"],
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

test("where Stella was not asked, nobody is taken to be refused", () => {
  expect(outcome({ agent: "kim" }, {}, UNCHECKED)).toBe("survey-to-test-address eligible");
});

test.each<["direct" | "forward", Partial<CloseFacts>, string]>([
  ["direct", {}, "left-to-stella survey-likely"],
  ["forward", {}, "left-to-stella survey-likely"],
  ["direct", { customer: {} }, "left-to-stella refusal-likely"],
  ["forward", { customer: {} }, "left-to-stella refusal-likely"],
  ["forward", { agent: "kim" }, "left-to-stella refusal-likely"],
  ["forward", { agent: "silent", customer: undefined }, "left-to-stella refusal-likely"],
  ["forward", { conversation: unwanted }, "left-to-stella topic-likely"],
  // The relay itself sees that there is no agent; with direct nobody looks before Stella does.
  ["forward", { agent: undefined, eventAgent: undefined }, "skipped no-agent"],
  ["direct", { agent: undefined, eventAgent: undefined }, "left-to-stella refusal-likely"],
])("with %s Stella decides, and the vendor's conditions are an estimate: %j", (delivery, facts, expected) => {
  expect(outcome(facts, { delivery })).toBe(expected);
});

test("with forward and direct Stella heeds its own topic, whatever the environment names", () => {
  const delivery: EnvironmentInput["delivery"] = "forward";
  expect(outcome({ conversation: unwanted }, { delivery, topic: { name: "another" } })).toBe(
    "left-to-stella topic-likely",
  );
});

describe("several closes of one conversation", () => {
  const at = (minutes: number, changes: Partial<CloseFacts> = {}) =>
    close({ conversationId: "one", closedAt: NOON + minutes * 60_000, ...changes });
  const outcomes = (closes: readonly CloseFacts[], changes: Changes = {}) =>
    judge(closes, configured(changes), WORLD).map(({ outcome: each }) => each && `${each.kind} ${each.reason}`);

  test("within a second they are one, later each is its own", () => {
    const survey = "survey-to-test-address eligible";
    expect(outcomes([at(0), at(0.01), at(1)])).toEqual([survey, undefined, survey]);
    expect(outcomes([at(0), at(0.01), at(1)], { delivery: "direct" })).toEqual([
      "left-to-stella survey-likely",
      undefined,
      "left-to-stella survey-likely",
    ]);
  });

  test("once per conversation counts a survey, and neither a skip nor a refusal", () => {
    const once = { policy: { oncePerConversation: true } };
    const survey = "survey-to-test-address eligible";
    expect(outcomes([at(0), at(10)], once)).toEqual([survey, "skipped already-surveyed"]);
    expect(outcomes([at(0, { customer: {} }), at(10)], once)).toEqual(["skipped no-customer-email", survey]);
    expect(outcomes([at(0, { agent: "kim" }), at(10)], once)).toEqual(["refused no-active-profile", survey]);
  });
});
