import * as z from "zod";
import { type Client, openConversation, type Running, run } from "../support";

let running: Running;
let gladly: Client;

beforeAll(async () => {
  running = await run();
  gladly = running.gladly;
});

const ADA = "customer-Ada-Adams-001";
const ROBIN = "agent-Robin-Roe-000001";
const TASK = { body: "Call back", dueAt: "2099-01-01T00:00:00.000Z", assignee: { inboxId: "inbox-Support-00000001" } };
const Ids = z.array(z.looseObject({ id: z.string() }));

test("a task is created, listed newest first, commented on, closed, and reported in events", async () => {
  expect((await gladly.post(`/api/v1/customers/${ADA}/tasks`, { ...TASK, id: "t1" })).headers.get("location")).toBe(
    "/api/v1/tasks/t1",
  );
  await gladly.post("/api/v1/tasks", { ...TASK, id: "t2", customer: { emailAddress: "ADA.adams@example.net" } });
  const listed = (await gladly.get(`/api/v1/customers/${ADA}/tasks?status=OPEN`)).as(Ids);
  expect(listed.map(({ id }) => id)).toEqual(["t2", "t1"]);
  const comment = { id: "c1", agentId: ROBIN, comment: "Done" };
  expect((await gladly.post("/api/v1/tasks/t1/comments", comment)).status).toBe(201);
  expect((await gladly.get("/api/v1/tasks/t1/comments/c1")).text).toContain('"comment":"Done"');
  expect((await gladly.patch("/api/v1/tasks/t1", { status: "CLOSED" })).status).toBe(204);
  expect((await gladly.post("/api/v1/tasks/t1/comments", { ...comment, id: "c2" })).status).toBe(400);
  const events = (await gladly.get("/_sandbox/events")).text;
  for (const type of ["CREATED", "COMMENT_ADDED", "CLOSED"]) expect(events).toContain(`"TASK/${type}"`);
});

test.each([
  ["in the past", { dueAt: "2001-01-01T00:00:00.000Z" }, "dueAt"],
  ["for an unknown inbox", { assignee: { inboxId: "nothing" } }, "assignee.inboxId"],
  ["without a body", { body: "" }, "body"],
])("a task %s is refused", async (_what, change, attr) => {
  const answer = await gladly.post(`/api/v1/customers/${ADA}/tasks`, { ...TASK, ...change });
  expect([answer.status, answer.text]).toEqual([400, expect.stringContaining(`"attr":"${attr}"`)]);
});

test("a note is only on its conversation", async () => {
  const id = await openConversation(gladly);
  const made = await gladly.post(`/api/v1/conversations/${id}/notes`, { content: { body: "Loyal" } });
  const path = made.headers.get("location") ?? "";
  expect((await gladly.get(path)).text).toContain('"body":"Loyal"');
  expect((await gladly.get(path.replace(id, "_conversation-Ada-0001"))).status).toBe(404);
});

test("freeform topics are added and removed once each, with their events", async () => {
  const customerId = "-customer-Ben-Bauer-02";
  const path = `/api/v1/customer-history/${customerId}/conversations/conversation-Ben-00002/custom-attributes`;
  const order = { key: "ORDER_ID", value: "ORD_3" };
  for (let twice = 0; twice < 2; twice += 1) expect((await gladly.post(path, { add: [order] })).status).toBe(204);
  expect((await gladly.get("/api/v1/conversations/conversation-Ben-00002")).text).toContain(
    '"customAttributes":[{"id":"ORDER_ID","value":"ORD_3"}]',
  );
  await gladly.post(path, { remove: [order] });
  const events = (await gladly.get("/_sandbox/events")).text;
  expect(events.match(/CUSTOM_ATTRIBUTE_ADDED/g)).toHaveLength(1);
  expect(events.match(/CUSTOM_ATTRIBUTE_REMOVED/g)).toHaveLength(1);
});

test("a reply uses the message's channel, and assigns the API user if no agent is assigned", async () => {
  const id = await openConversation(gladly, { agentId: null, channel: "CHAT", replyOwed: true });
  const [message] = (await gladly.get(`/api/v1/conversations/${id}/items`)).as(Ids);
  const reply = (type: string) =>
    gladly.post(`/api/v1/conversation-items/${message?.id}/reply`, { content: { type, body: "Hello" } });
  expect((await reply("SMS")).status).toBe(400);
  expect((await reply("CHAT_MESSAGE")).status).toBe(201);
  expect((await gladly.get(`/api/v1/conversations/${id}`)).text).toContain('"agentId":"api-user-');
});

test("a redacted message stays without its content", async () => {
  const id = await openConversation(gladly, { customer: { name: "Card" }, channel: "SMS", message: "4111 1111" });
  const [message] = (await gladly.get(`/api/v1/conversations/${id}/items`)).as(Ids);
  expect((await gladly.post(`/api/v1/conversation-items/${message?.id}/redact`)).status).toBe(201);
  expect((await gladly.get(`/api/v1/conversation-items/${message?.id}`)).text).not.toContain("4111");
});
