import { GLADLY_CHANNELS } from "../../src/contract/channels";
import { needsChannel, type Policy, RelayPolicy } from "../../src/contract/policy";
import { faultsOf } from "../../src/environment/faults";
import { asksForChannels } from "../../src/environment/policy-effect";
import { EnvironmentSchema } from "../../src/environment/schema";

const environment = {
  name: "staging",
  surveyMode: "test",
  delivery: "enrich",
  gladly: { url: "https://example.gladly.qa", user: "relay@example.com" },
  relay: { on: "local", url: "http://127.0.0.1:4630" },
};

function faults(change: Readonly<Record<string, unknown>>) {
  const input = { ...environment, ...change };
  const parsed = EnvironmentSchema.safeParse(input, { reportInput: true });
  return parsed.success
    ? []
    : faultsOf("staging.ts", input, EnvironmentSchema, parsed.error).map(({ path, remedy }) => `${path}: ${remedy}`);
}

/** Terraform would treat this as its own template. */
const TERRAFORM_TEMPLATE = `https://a/${"$"}{conversationId}`;

describe("an environment's policy", () => {
  it("has the same meaning in the relay as in the file", () => {
    const policy = { doNotSend: "skip", channels: { SMS: null }, otherChannel: null, tags: [], bots: [] };
    const handed = EnvironmentSchema.parse({ ...environment, policy }).policy;
    expect(RelayPolicy.parse(handed)).toEqual(RelayPolicy.parse(policy));
    expect(RelayPolicy.parse(handed)).toMatchObject({ doNotSend: "skip", otherChannel: null, tags: [] });
  });

  it("has no added settings", () => {
    expect(EnvironmentSchema.parse(environment)).not.toHaveProperty("policy");
    expect(EnvironmentSchema.parse({ ...environment, policy: { brand: "one" } }).policy).toEqual({ brand: "one" });
  });

  it.each([
    [{ doNotSend: "never" }, 'policy.doNotSend: must be "record" or "skip"'],
    [
      { channels: { FAX: "fax" } },
      "policy.channels.FAX: there is no such setting. Is it misspelt, or in the wrong place?",
    ],
    [{ bots: [""] }, "policy.bots.0: must not be empty"],
    [{ brand: 1 }, "policy.brand: must be text"],
    [
      { externalUrl: TERRAFORM_TEMPLATE },
      "policy.externalUrl: must be an http or https address; in braces only {conversationId} and {customerId}",
    ],
  ])("reports for %j the wrong place and the allowed values", (policy, message) => {
    expect(faults({ policy })).toEqual([message]);
  });

  it("is refused if it has no effect, because Gladly posts to Stella itself", () => {
    expect(faults({ delivery: "direct", policy: { bots: ["a@example.com"] } })).toEqual([
      expect.stringMatching(/^policy: with delivery: "direct" .*take it out, or use/),
    ]);
    expect(faults({ delivery: "direct", policy: {} })).toHaveLength(1);
    expect(faults({ delivery: "direct" })).toEqual([]);
  });

  it("is partly refused if the relay only forwards: settings that Stella decides", () => {
    const heeded = { ambiguous: "park", bots: ["agent"], oncePerConversation: true };
    expect(faults({ delivery: "forward", policy: heeded })).toEqual([]);
    expect(faults({ delivery: "forward", policy: { ...heeded, brand: "one", feedback: true } })).toEqual([
      expect.stringMatching(/^policy\.brand: with delivery: "forward" Stella decides this itself/),
      expect.stringMatching(/^policy\.feedback: /),
    ]);
  });
});

describe("whether the relay asks for channels", () => {
  const alike = (channel: string | null) => Object.fromEntries(GLADLY_CHANNELS.map((name) => [name, channel]));
  const chat = { EMAIL: "chat", PHONE_CALL: "chat", VOICEMAIL: "chat", VOICE_AI: "chat" };
  it.each<[Policy, boolean]>([
    [{}, true],
    [{ brand: "one" }, true],
    [{ channels: chat }, false],
    [{ channels: { ...chat, SMS: "sms" } }, true],
    [{ channels: chat, otherChannel: null }, true],
    [{ channels: alike("phone") }, true],
    [{ channels: alike("phone"), otherChannel: "phone" }, false],
    [{ channels: alike(null), otherChannel: null }, false],
  ])("with the policy %j equals the relay's own result", (policy, expected) => {
    expect(needsChannel(RelayPolicy.parse(policy))).toBe(expected);
    expect(asksForChannels({ delivery: "enrich", policy })).toBe(expected);
  });

  it("is no with forward and direct, where Stella looks up the channel, and yes with enrich without a policy", () => {
    expect((["direct", "forward", "enrich"] as const).map((delivery) => asksForChannels({ delivery }))).toEqual([
      ...[false, false, true],
    ]);
  });
});
