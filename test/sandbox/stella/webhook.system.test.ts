/** Without a relay: Gladly posts to Stella, and Stella calls Gladly back. */
import * as z from "zod";
import {
  basic,
  type Client,
  CREDENTIALS,
  closeConversation,
  createWebhook,
  openConversation,
  Recorded,
  type Running,
  run,
  send,
  until,
} from "../support";

let running: Running;
let gladly: Client;
let stella: Client;

beforeEach(async () => {
  running = await run();
  gladly = running.gladly;
  stella = running.test;
});

const connect = (key: string) =>
  createWebhook(gladly, {
    name: "Send Stella Survey",
    url: `${running.sandbox.stella.url}/v1/webhooks/gladly`,
    credentials: { username: "connect", password: key },
  });
const recorded = async () => (await stella.get("/_sandbox/requests")).as(Recorded);
const settings = (assumptions: unknown) => stella.post("/_sandbox/settings", { assumptions });
const recordOf = (id: string) =>
  until(`Stella's record of ${id}`, async () => (await recorded()).find((one) => one.extInteractionId === id));
const post = async (key: string, body: string) =>
  send(`${running.sandbox.stella.url}/v1/webhooks/gladly`, {
    method: "POST",
    body,
    headers: { authorization: basic("connect", key) },
  });

test("a closed conversation becomes a survey with what Stella read in Gladly", async () => {
  await connect(CREDENTIALS.stellaTestKey);
  const id = await openConversation(gladly, { channel: "CHAT", topicIds: ["topic-Refund-000000003"] });
  await closeConversation(gladly, id);
  expect(await recordOf(id)).toMatchObject({
    way: "webhook",
    mode: "test",
    recipient: "survey-test@example.com",
    request: {
      channel: "chat",
      customer: { name: "Eve Example", email: "eve@example.net" },
      employee: { email: "robin.roe@example.com" },
      tags: ["Refund"],
    },
  });
});

test("with the production key as the webhook's password the survey goes to the customer", async () => {
  const webhookId = await connect(CREDENTIALS.stellaTestKey);
  const credentials = { username: "connect", password: CREDENTIALS.stellaProductionKey };
  await gladly.patch(`/api/v1/webhooks/${webhookId}`, { credentials });
  const id = await openConversation(gladly);
  await closeConversation(gladly, id);
  expect(await recordOf(id)).toMatchObject({ mode: "production", recipient: "eve@example.net" });
});

test.each([
  ["no agent", { agentId: null }, { refusal: "Employee not found" }],
  ["no address", { customer: { name: "Cleo" } }, { refusal: "Invalid customer" }],
  ["an agent without approval", { agentId: "agent-Kim-Novice-00003" }, { refusal: "Employee profile not complete" }],
])("a conversation with %s is refused, and Gladly still gets its 200", async (_what, opened, expected) => {
  await connect(CREDENTIALS.stellaTestKey);
  const id = await openConversation(gladly, opened);
  await closeConversation(gladly, id);
  expect(await recordOf(id)).toMatchObject({ ...expected, answeredStatus: 200 });
});

test("the topic do_not_send_stella is recorded, or dropped if a switch says so", async () => {
  await gladly.post("/api/v1/topics", { id: "do-not-send", name: "do_not_send_stella" });
  await connect(CREDENTIALS.stellaTestKey);
  const id = await openConversation(gladly, { topicIds: ["do-not-send"] });
  await closeConversation(gladly, id);
  expect(await recordOf(id)).toMatchObject({ deliveryStatus: "Not sent: do not send flag", recipient: null });
  await settings({ doNotSendTopic: "dropped", webhookAnswer: "after-look-up" });
  const event = JSON.stringify({ type: "CONVERSATION/CLOSED", content: { conversationId: id } });
  expect((await post(CREDENTIALS.stellaTestKey, event)).status).toBe(200);
  expect(await recorded()).toHaveLength(1);
});

test("a switch makes Stella answer after its look-ups, with the result", async () => {
  await settings({ webhookAnswer: "after-look-up" });
  const id = await openConversation(gladly, { agentId: null });
  const event = JSON.stringify({ type: "CONVERSATION/CLOSED", content: { conversationId: id } });
  const answer = await post(CREDENTIALS.stellaTestKey, event);
  expect([answer.status, answer.text]).toEqual([400, expect.stringContaining("Employee not found")]);
});

test("a switch decides which of a conversation's channels counts", async () => {
  const id = await openConversation(gladly, { channel: "SMS" });
  await settings({ webhookChannel: "last", webhookAnswer: "after-look-up" });
  const event = JSON.stringify({ type: "CONVERSATION/CLOSED", content: { conversationId: id } });
  await post(CREDENTIALS.stellaTestKey, event);
  expect((await recordOf(id)).request).toMatchObject({ channel: "sms" });
});

test("PING and other events are answered 200 and cause no survey; a wrong key gets 401", async () => {
  await settings({ webhookAnswer: "after-look-up" });
  for (const type of ["PING", "CONVERSATION/REOPENED", "SOMETHING/NEW"]) {
    expect((await post(CREDENTIALS.stellaTestKey, JSON.stringify({ type }))).status).toBe(200);
  }
  expect(await recorded()).toEqual([]);
  expect((await post("wrong", '{"type":"PING"}')).status).toBe(401);
  const webhook = { url: `${running.sandbox.stella.url}/v1/webhooks/gladly`, events: [], enabled: true };
  const credentials = { username: "connect", password: "wrong" };
  expect((await gladly.post("/api/v1/webhooks", { ...webhook, credentials })).text).toContain("401");
});

test("a failed look-up in Gladly is on the status page with its reason", async () => {
  await gladly.post("/_sandbox/faults", { effect: { kind: "status", status: 500 }, method: "GET" });
  const event = JSON.stringify({ type: "CONVERSATION/CLOSED", content: { conversationId: "some-id" } });
  await post(CREDENTIALS.stellaTestKey, event);
  expect(await recordOf("some-id")).toMatchObject({
    refusal: "Gladly could not be read",
    detail: expect.stringContaining("500"),
  });
});

test("Stella's look-ups wait when the organization's rate limit is exceeded", async () => {
  await gladly.post("/_sandbox/settings", { rateLimit: { perSecond: 2, buckets: "one" } });
  const id = await openConversation(gladly);
  const event = JSON.stringify({ type: "CONVERSATION/CLOSED", content: { conversationId: id } });
  await post(CREDENTIALS.stellaTestKey, event);
  expect(await recordOf(id)).toMatchObject({ decision: "accepted" });
  const Journal = z.array(z.looseObject({ status: z.number() }));
  const statuses = (await gladly.get("/_sandbox/journal")).as(Journal).map(({ status }) => status);
  expect(statuses).toContain(429);
});

test("a customer who was merged in the meantime is found", async () => {
  const id = await openConversation(gladly, { customer: { id: "was-two", name: "Twin", email: "twin@example.net" } });
  await closeConversation(gladly, id);
  await gladly.post("/_sandbox/customers/was-two/merge", { into: "customer-Dan-Daly-0004" });
  const event = JSON.stringify({ type: "CONVERSATION/CLOSED", content: { conversationId: id } });
  await post(CREDENTIALS.stellaTestKey, event);
  expect((await recordOf(id)).request).toMatchObject({ customer: { email: "dan.daly@example.net" } });
});

test("look-ups after Stella's answer count as pending until the request is recorded", async () => {
  const pending = async () => (await stella.get("/_sandbox/pending")).as(z.object({ count: z.number() })).count;
  const id = await openConversation(gladly);
  await closeConversation(gladly, id);
  await gladly.post("/_sandbox/clock", { freeze: true });
  const slow = { kind: "latency", milliseconds: 60_000 };
  await gladly.post("/_sandbox/faults", { effect: slow, path: "/api/v1/conversations/" });
  const event = { id: "event-1", type: "CONVERSATION/CLOSED", content: { conversationId: id } };
  expect(await post(CREDENTIALS.stellaTestKey, JSON.stringify(event))).toMatchObject({ status: 200 });
  expect(await pending()).toBe(1);
  expect(await recorded()).toEqual([]);
  await gladly.post("/_sandbox/clock", { freeze: false });
  await until("the end of the look-up", async () => {
    await gladly.post("/_sandbox/clock", { advance: 60_000 });
    return (await pending()) === 0 || undefined;
  });
  expect(await recorded()).toMatchObject([{ extInteractionId: id }]);
});
