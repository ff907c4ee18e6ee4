import { ConfigurationUnusable, parseConfiguration } from "../../src/contract/relay-configuration";
import { configuration } from "./support/records";

test("a missing policy has every default", () => {
  expect(configuration().policy).toMatchObject({
    doNotSend: "record",
    ambiguous: "retry",
    bots: [],
    otherChannel: "chat",
    oncePerConversation: false,
    tags: ["topics"],
  });
});

test("a channel setting replaces only its own default", () => {
  const { channels } = configuration({ policy: { channels: { SMS: "sms", VOICEMAIL: null } } }).policy;
  expect(channels).toMatchObject({ SMS: "sms", VOICEMAIL: null, CHAT: "chat", EMAIL: "email", PHONE_CALL: "phone" });
});

test("all faults are reported at once, with path, allowed values and remedy", () => {
  const faulty = {
    ...configuration(),
    surveyMode: "prod",
    gladly: { url: "ftp://x" },
    policy: { bots: [""] },
    extra: 1,
  };
  const parse = () => parseConfiguration(JSON.stringify(faulty), "relay.json");
  expect(parse).toThrow(ConfigurationUnusable);
  for (const part of [
    "relay.json",
    "npx cdktf apply",
    "surveyMode",
    "test, production",
    "gladly.url",
    "http",
    "policy.bots[0]",
    "extra",
  ]) {
    expect(parse).toThrow(part);
  }
});

test("the error for invalid JSON says so", () => {
  expect(() => parseConfiguration("{", "relay.json")).toThrow("relay.json is not JSON");
});
