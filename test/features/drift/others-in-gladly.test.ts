import { receiverOf } from "../../../src/features/drift/receivers";
import type { Webhook } from "../../../src/vendors/gladly/wire";
import { environment, judged, type Resource, topic, webhook, words } from "./support/plans";

const applied: readonly Resource[] = [
  { type: "gladly_webhook", state: webhook },
  { type: "gladly_topic", state: topic },
];
const own: Webhook = {
  id: "w1",
  name: webhook.name,
  url: webhook.url,
  events: [...webhook.events],
  enabled: true,
  hasCredentials: true,
  headerKeys: [],
};
const stella = "https://api.stellaconnect.net/v1/webhooks/gladly";
const other = (change: Partial<Webhook>): Webhook => ({ ...own, id: "w2", name: "Other", url: stella, ...change });
const beside = (...webhooks: readonly Webhook[]) =>
  judged(applied, { gladly: { webhooks: [own, ...webhooks], topics: [] } });

describe("a webhook that no code manages", () => {
  it.each([
    ["to Stella Connect", stella, "critical"],
    ["to a company's own host of Stella Connect", "https://acme.api.stellaconnect.net/v1/webhooks/gladly", "critical"],
    ["to another relay", "https://old-relay.example.com/v1/webhooks/gladly/", "critical"],
    ["to this relay, with the address written differently", "https://RELAY.example.com/v1/webhooks/gladly/", "warning"],
  ])("is a second one when it leads %s", (_, url, severity) => {
    const found = beside(other({ url, createdAt: "2026-11-21T00:00:00Z" }));
    expect(found).toMatchObject({
      state: "drift",
      ids: [severity === "critical" ? "webhook-second" : "webhook-second-to-relay"],
    });
    expect(found.findings[0]).toMatchObject({ severity, since: "2026-11-21T00:00:00Z" });
  });

  it("is only mentioned while it is disabled", () => {
    const found = beside(other({ enabled: false }));
    expect(found).toMatchObject({ state: "steady", ids: ["webhook-second-off"] });
    expect(found.findings[0]?.severity).toBe("info");
  });

  it.each([
    ["gets other events", other({ events: ["TASK/CREATED"] })],
    ["leads somewhere else", other({ url: "https://warehouse.example.com/hook" })],
    ["only sounds like Stella Connect", other({ url: "https://stellaconnect.net.example.com/hook" })],
  ])("is no finding when it %s, but is listed in the coverage", (_, webhook) => {
    const found = beside(webhook);
    expect(found).toMatchObject({ state: "steady", ids: [] });
    expect(found.coverage).toMatchObject({ webhooks: 2, underCode: 1, others: [{ id: "w2", name: "Other" }] });
  });

  it("is shown only with its host, because the rest of an address may be a secret", () => {
    const found = beside(other({ url: "https://hooks.example.net/services/T0/hush?token=hush" }));
    expect(JSON.stringify(found)).not.toContain("hush");
    expect(found.coverage?.others[0]?.host).toBe("hooks.example.net");
  });

  it("is drift when it has the same name as the managed webhook", () => {
    expect(beside(other({ name: own.name ?? "", url: "https://x.example.com/" })).ids).toEqual(["webhook-same-name"]);
  });

  it("should be adopted if nothing is applied yet", () => {
    const first: Resource = { type: "gladly_webhook", state: null, code: webhook };
    const found = judged([first], { gladly: { webhooks: [other({})], topics: [] } });
    expect(found).toMatchObject({ state: "unapplied", ids: ["webhook-unmanaged", "never-applied"] });
    expect(found.findings[0]?.remedy).toContain("relay adopt production");
  });
});

describe("another topic", () => {
  const topics = (...found: readonly { id: string; name: string; disabled: boolean; parentId?: string }[]) =>
    judged(applied, { gladly: { webhooks: [own], topics: [{ ...topic, parentId: undefined }, ...found] } });

  it.each(["Do not send Stella", "DO_NOT_SEND_STELLA", " do-not-send-stella", "do_not_send_stella "])(
    "causes a warning when its name is %p",
    (name) => {
      expect(topics({ id: "t2", name, disabled: false })).toMatchObject({ state: "drift", ids: ["topic-look-alike"] });
    },
  );

  it("causes a warning when it is below the managed topic, unless the policy excludes it", () => {
    const child = { id: "t2", name: "VIP", disabled: false, parentId: topic.id };
    const found = topics(child);
    expect(found).toMatchObject({ state: "drift", ids: ["topic-below"] });
    expect(words(found)).toContain("list it in `policy.exclude.topics`");
    const gladly = { webhooks: [own], topics: [{ id: topic.id, name: topic.name, disabled: false }, child] };
    const excluding = { ...environment, excludedTopics: ["VIP"] };
    expect(judged(applied, { gladly, environment: excluding }).ids).toEqual([]);
  });

  it.each([
    ["is disabled", { id: "t2", name: "Do not send Stella", disabled: true }],
    ["has another name", { id: "t2", name: "Do not send", disabled: false }],
  ])("is none when it %s", (_, found) => {
    expect(topics(found)).toMatchObject({ state: "steady", ids: [] });
  });
});

describe("the coverage", () => {
  it("is not known if Gladly could not be read, and neither is the rest", () => {
    const gladly = { notKnown: "Gladly answered 503.", remedy: "look again" };
    expect(judged(applied, { gladly })).toMatchObject({ state: "unknown", ids: ["not-known"], coverage: null });
  });

  it("hides no drift if Gladly could not be read", () => {
    const gladly = { notKnown: "Gladly answered 503.", remedy: "look again" };
    const renamed: Resource = { type: "gladly_topic", state: topic, live: { ...topic, name: "other" } };
    expect(judged([renamed], { gladly })).toMatchObject({
      state: "drift",
      ids: ["outside-topic-renamed", "not-known"],
    });
  });
});

describe("a receiver", () => {
  it.each([
    ["an invalid address", "not an address", "other"],
    ["the sandbox's Stella Connect", "http://127.0.0.1:4620/v1/webhooks/gladly", "stella"],
    ["our own address", webhook.url, "ours"],
    ["any relay's path", "https://relay.other.example/v1/webhooks/gladly", "relay"],
  ])("that is %s", (_, url, expected) => {
    const stellaUrl = expected === "stella" ? "http://127.0.0.1:4620" : environment.stellaUrl;
    expect(receiverOf(url, stellaUrl, webhook.url)).toBe(expected);
  });
});
