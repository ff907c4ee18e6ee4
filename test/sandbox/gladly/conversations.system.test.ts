import * as z from "zod";
import { Conversation, ConversationItem } from "../../../src/vendors/gladly/wire";
import { type Client, closeConversation, Errors, openConversation, type Running, run } from "../support";

const ROBIN = "agent-Robin-Roe-000001";
const SUPPORT = "inbox-Support-00000001";
const CLAIMS = "inbox-Claims-000000002";

let running: Running;
let gladly: Client;

beforeAll(async () => {
  running = await run();
  gladly = running.gladly;
});

const read = async (id: string) => (await gladly.get(`/api/v1/conversations/${id}`)).as(Conversation);
const patch = (id: string, body: unknown) => gladly.patch(`/api/v1/conversations/${id}`, body);
const Events = z.array(
  z.looseObject({ type: z.string(), content: z.looseObject({ conversationId: z.string().optional() }) }),
);
const eventsOf = async (id: string) =>
  (await gladly.get("/_sandbox/events")).as(Events).filter(({ content }) => content.conversationId === id);

test("closing keeps the agent and sets closedAt, reopening removes closedAt", async () => {
  const id = await openConversation(gladly);
  await closeConversation(gladly, id);
  const closed = await read(id);
  expect(closed).toMatchObject({ status: "CLOSED", agentId: ROBIN });
  expect(Date.parse(closed.closedAt ?? "")).not.toBeNaN();
  await patch(id, { status: { value: "OPEN" } });
  const reopened = await read(id);
  expect(reopened.status).toBe("OPEN");
  expect(reopened.closedAt).toBeUndefined();
});

test("a conversation can be closed more than once, with a new event and id each time", async () => {
  const id = await openConversation(gladly);
  for (let close = 1; close <= 2; close += 1) {
    await closeConversation(gladly, id);
    await patch(id, { status: { value: "OPEN" } });
  }
  const closes = (await eventsOf(id)).filter(({ type }) => type === "CONVERSATION/CLOSED");
  expect(new Set(closes.map((event) => event.id)).size).toBe(2);
});

test("closing a closed conversation does nothing", async () => {
  const id = await openConversation(gladly);
  await closeConversation(gladly, id);
  const before = (await eventsOf(id)).length;
  await closeConversation(gladly, id);
  expect((await eventsOf(id)).length).toBe(before);
});

test("the close event has the state before the close, but after an assignment in the same call", async () => {
  const id = await openConversation(gladly, { agentId: null });
  expect((await read(id)).agentId).toBeUndefined();
  await patch(id, { assignee: { inboxId: SUPPORT, agentId: ROBIN }, status: { value: "CLOSED" } });
  const events = await eventsOf(id);
  const assigned = events.find(({ type }) => type === "CONVERSATION_ASSIGNEE/UPDATED");
  const closed = events.find(({ type }) => type === "CONVERSATION/CLOSED");
  expect(assigned?.content).toMatchObject({
    assignee: { agentId: ROBIN },
    context: { assignee: { inboxId: SUPPORT } },
  });
  expect(JSON.stringify(assigned?.content.context)).not.toContain("agentId");
  expect(closed?.content).toMatchObject({ context: { assignee: { inboxId: SUPPORT, agentId: ROBIN } } });
});

test("when one part of an update is refused, the other part is not applied", async () => {
  const id = await openConversation(gladly, { topicIds: [], agentId: null });
  const answer = await patch(id, { assignee: { inboxId: SUPPORT, agentId: ROBIN }, status: { value: "CLOSED" } });
  expect(answer.as(Errors).errors[0]?.detail).toBe("topics are required before closing of conversation");
  expect((await read(id)).agentId).toBeUndefined();
});

test("a null agent unassigns the agent, a missing one keeps the agent", async () => {
  const id = await openConversation(gladly);
  await patch(id, { assignee: { inboxId: SUPPORT } });
  expect((await read(id)).agentId).toBe(ROBIN);
  await patch(id, { assignee: { inboxId: CLAIMS, agentId: null } });
  expect(await read(id)).toMatchObject({ inboxId: CLAIMS });
  expect((await read(id)).agentId).toBeUndefined();
});

test("closing needs force when a reply is owed, and a topic unless that is switched off", async () => {
  const id = await openConversation(gladly, { replyOwed: true, topicIds: [] });
  await gladly.post("/_sandbox/settings", { topicsRequiredToClose: false });
  expect((await patch(id, { status: { value: "CLOSED" } })).status).toBe(400);
  expect((await patch(id, { status: { value: "CLOSED", force: true } })).status).toBe(204);
  await gladly.post("/_sandbox/settings", { topicsRequiredToClose: true });
});

test("WAITING cannot be set, and an unknown inbox is refused", async () => {
  const id = await openConversation(gladly);
  expect((await patch(id, { status: { value: "WAITING" } })).as(Errors).errors[0]).toMatchObject({
    attr: "status.value",
  });
  expect((await patch(id, { assignee: { inboxId: "x" } })).as(Errors).errors[0]).toMatchObject({
    attr: "assignee.inboxId",
  });
});

test("a customer's message reopens a closed conversation", async () => {
  const id = await openConversation(gladly);
  await closeConversation(gladly, id);
  await gladly.post(`/_sandbox/conversations/${id}/messages`, { from: "customer", text: "It broke again." });
  expect((await read(id)).status).toBe("OPEN");
  expect((await patch(id, { status: { value: "CLOSED" } })).status).toBe(400);
  await gladly.post(`/_sandbox/conversations/${id}/messages`, { from: "agent", text: "Here is a new one." });
  await closeConversation(gladly, id);
});

test("topics that a conversation already has are skipped, and only new ones cause an event", async () => {
  const id = await openConversation(gladly, { topicIds: ["topic-Refund-000000003"] });
  const topicIds = ["topic-Refund-000000003", "topic-Late-Parcel-0002"];
  await gladly.post(`/api/v1/conversations/${id}/topics`, { topicIds });
  expect((await read(id)).topicIds).toEqual(topicIds);
  const added = (await eventsOf(id)).filter(({ type }) => type === "CONVERSATION/TOPIC_ADDED");
  expect(added.map(({ content }) => content.topicId)).toEqual(["topic-Late-Parcel-0002"]);
});

test("a disabled topic cannot be added to a conversation", async () => {
  const id = await openConversation(gladly);
  const answer = await gladly.post(`/api/v1/conversations/${id}/topics`, { topicIds: ["topic-Old-Campaign-004"] });
  expect(answer.status).toBe(400);
});

test.each([
  ["EMAIL", "EMAIL"],
  ["CHAT", "CHAT_MESSAGE"],
  ["SMS", "SMS"],
  ["PHONE_CALL", "PHONE_CALL"],
  ["VOICEMAIL", "VOICEMAIL"],
  ["WHATSAPP", "WHATSAPP"],
  ["FB_MESSENGER", "FACEBOOK_MESSAGE"],
  ["INSTAGRAM_DIRECT", "INSTAGRAM_DIRECT"],
])("a conversation of the channel %s has items of the type %s, oldest first", async (channel, kind) => {
  const id = await openConversation(gladly, { channel });
  await closeConversation(gladly, id);
  const items = (await gladly.get(`/api/v1/conversations/${id}/items`)).as(z.array(ConversationItem));
  expect(items.map(({ content }) => content.type)).toEqual([kind, kind, "CONVERSATION_STATUS_CHANGE"]);
  expect(items.map(({ initiator }) => initiator?.type)).toEqual(["CUSTOMER", "AGENT", "API"]);
});

test("without an agent, the answer in a conversation is the automation's", async () => {
  const id = await openConversation(gladly, { agentId: null });
  const items = (await gladly.get(`/api/v1/conversations/${id}/items`)).as(z.array(ConversationItem));
  expect(items.map(({ initiator }) => initiator?.type)).toEqual(["CUSTOMER", "SYSTEM"]);
});

test("lists of items and conversations are cut at Gladly's limit, and a header says so", async () => {
  const id = await openConversation(gladly, { customer: { id: "busy-customer", name: "Busy" } });
  for (let batch = 0; batch < 10; batch += 1) {
    const words = Array.from({ length: 100 }, () =>
      gladly.post(`/_sandbox/conversations/${id}/messages`, { from: "agent", text: "One more thing." }),
    );
    await Promise.all(words);
  }
  const items = await gladly.get(`/api/v1/conversations/${id}/items`);
  expect(items.as(z.array(z.unknown()))).toHaveLength(1000);
  expect(items.headers.get("Gladly-Limited-Data")).toBeTruthy();
  for (let count = 0; count < 100; count += 1) {
    const open = (await gladly.get("/api/v1/customers/busy-customer/conversations")).as(z.array(Conversation));
    await closeConversation(gladly, open.at(-1)?.id ?? "");
    await openConversation(gladly, { customerId: "busy-customer" });
  }
  const listed = await gladly.get("/api/v1/customers/busy-customer/conversations");
  expect(listed.as(z.array(z.unknown()))).toHaveLength(100);
  expect(listed.headers.get("Gladly-Limited-Data")).toBeTruthy();
});

test("a customer has only one open conversation", async () => {
  const id = await openConversation(gladly, { customerId: "customer-Dan-Daly-0004" });
  const second = await gladly.post("/_sandbox/conversations", { customerId: "customer-Dan-Daly-0004" });
  expect([second.status, second.text]).toEqual([409, expect.stringContaining(id)]);
});
