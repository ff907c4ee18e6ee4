import { ConfigurationUnusable, parseConfiguration } from "../../src/contract/relay-configuration";
import { configuration } from "./support/records";

test("a policy that is left out has every default", () => {
  expect(configuration().policy).toMatchObject({
    doNotSend: "record",
    ambiguous: "retry",
    bots: [],
    otherChannel: "chat",
    oncePerConversation: false,
    tags: ["topics"],
  });
});

test("a channel that is given replaces its default, and leaves the others", () => {
  const { channels } = configuration({ policy: { channels: { SMS: "sms", VOICEMAIL: null } } }).policy;
  expect(channels).toMatchObject({ SMS: "sms", VOICEMAIL: null, CHAT: "chat", EMAIL: "email", PHONE_CALL: "phone" });
});

test("every fault is told at once, with its path, what is allowed and what to do", () => {
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

test("what is not JSON is said to be not JSON", () => {
  expect(() => parseConfiguration("{", "relay.json")).toThrow("relay.json is not JSON");
});
