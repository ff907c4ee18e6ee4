/** Unusual customers and closes, because a rehearsal with only the usual ones proves little. */
import * as z from "zod";
import { Conversation, ConversationItem, Customer, Event } from "../../../src/vendors/gladly/wire";
import { type Client, closeConversation, openConversation, type Running, run } from "../support";

let running: Running;
let gladly: Client;

beforeEach(async () => {
  running = await run();
  gladly = running.gladly;
});

const settings = (change: unknown) => gladly.post("/_sandbox/settings", change);
const customer = async (id: string) => (await gladly.get(`/api/v1/customer-profiles/${id}`)).as(Customer);
const items = async (id: string) =>
  (await gladly.get(`/api/v1/conversations/${id}/items`)).as(z.array(ConversationItem));
const eventsOf = async (id: string, type: string) =>
  (await gladly.get("/_sandbox/events"))
    .as(z.array(Event))
    .filter((event) => event.type === type && event.content?.conversationId === id);

test("a customer can have no name, no address, several addresses, or an invalid one", async () => {
  await gladly.post("/_sandbox/customers", { id: "nobody" });
  expect(await customer("nobody")).toMatchObject({ emails: [] });
  expect((await customer("nobody")).name).toBeUndefined();
  const emails = [
    { original: "n/a" },
    { original: "Second@Example.net", normalized: "second@example.net", primary: true },
  ];
  await gladly.post("/_sandbox/customers", { id: "several", name: "", emails });
  expect(await customer("several")).toMatchObject({ name: "", emails });
  await gladly.post("/_sandbox/customers/several", { name: null, emails: [] });
  expect(await customer("several")).toMatchObject({ emails: [] });
  expect((await customer("several")).name).toBeUndefined();
});

test.each([
  ["agent", { id: "agent-Robin-Roe-000001", type: "AGENT" }],
  ["api", { id: expect.any(String), type: "API" }],
  ["rule", { id: expect.any(String), type: "AUTOMATION" }],
  ["job", { id: expect.any(String), type: "SYSTEM" }],
])("a close by %s names who closed, even with a reply owed and topics missing", async (by, initiator) => {
  const id = await openConversation(gladly, { topicIds: [], replyOwed: true });
  expect((await gladly.post(`/_sandbox/conversations/${id}/close`, { by })).status).toBe(200);
  expect((await eventsOf(id, "CONVERSATION/CLOSED")).map((event) => event.initiator)).toEqual([initiator]);
});

test("a setting makes initiators of an unknown type", async () => {
  await settings({ initiators: { rule: "WORKFLOW" } });
  const id = await openConversation(gladly);
  await gladly.post(`/_sandbox/conversations/${id}/close`, { by: "rule" });
  expect((await eventsOf(id, "CONVERSATION/CLOSED"))[0]?.initiator?.type).toBe("WORKFLOW");
});

test("an agent can start a conversation, and a customer can be left without any answer", async () => {
  const started = await openConversation(gladly, { startedBy: "agent", channel: "PHONE_CALL" });
  expect((await items(started)).map(({ initiator }) => initiator?.type)).toEqual(["AGENT"]);
  expect((await eventsOf(started, "CONVERSATION/CREATED"))[0]?.initiator?.type).toBe("AGENT");
  const spam = await openConversation(gladly, { customer: { name: "Spam" }, answeredBy: "nobody" });
  expect((await items(spam)).map(({ initiator }) => initiator?.type)).toEqual(["CUSTOMER"]);
  const bot = await openConversation(gladly, { customer: { name: "Bo" }, answeredBy: "automation" });
  expect((await items(bot)).map(({ initiator }) => initiator?.type)).toEqual(["CUSTOMER", "SYSTEM"]);
});

test("an agent's outbound call in an e-mail conversation is a phone call item", async () => {
  const id = await openConversation(gladly);
  const call = { from: "agent", text: "calls back", channel: "PHONE_CALL" };
  await gladly.post(`/_sandbox/conversations/${id}/messages`, call);
  expect((await items(id)).at(-1)).toMatchObject({
    initiator: { type: "AGENT" },
    responder: { type: "CUSTOMER" },
    content: { type: "PHONE_CALL" },
  });
});

test("a merge joins two open conversations, with items, topics and tasks, and keeps the primary address", async () => {
  const eve = await openConversation(gladly, { customer: { id: "eve", name: "Eve", email: "eve@example.net" } });
  const twin = { id: "twin", name: "E.", email: "E@example.net", phone: "+16505550188" };
  const other = await openConversation(gladly, { customer: twin, topicIds: ["topic-Refund-000000003"] });
  const task = { body: "Call", dueAt: "2099-01-01T00:00:00.000Z", assignee: { inboxId: "inbox-Support-00000001" } };
  expect((await gladly.post("/api/v1/customers/twin/tasks", task)).status).toBe(201);
  await gladly.post("/_sandbox/customers/twin/merge", { into: "eve" });
  expect((await gladly.get(`/api/v1/conversations/${other}`)).status).toBe(404);
  expect((await items(eve)).length).toBe(4);
  const kept = (await gladly.get(`/api/v1/conversations/${eve}`)).as(Conversation);
  expect(kept.topicIds).toEqual(expect.arrayContaining(["topic-Refund-000000003"]));
  expect((await gladly.get("/api/v1/customers/eve/tasks")).as(z.array(z.unknown()))).toHaveLength(1);
  const profile = await customer("eve");
  expect(profile.emails?.map(({ original, primary }) => [original, primary ?? false])).toEqual([
    ["eve@example.net", true],
    ["E@example.net", false],
  ]);
  expect((await gladly.patch("/api/v1/customer-profiles/twin", { name: "x" })).status).toBe(404);
});

test("a customer merged twice is redirected to the last one", async () => {
  for (const id of ["a", "b", "c"]) await gladly.post("/_sandbox/customers", { id, name: id });
  await gladly.post("/_sandbox/customers/a/merge", { into: "b" });
  await gladly.post("/_sandbox/customers/b/merge", { into: "c" });
  const answer = await gladly.get("/api/v1/customer-profiles/a");
  expect([answer.status, answer.text]).toEqual([301, expect.stringContaining('"new":"c"')]);
});

test("an erasure job closes and deletes, a delete over the API needs a closed conversation", async () => {
  const id = await openConversation(gladly, { customer: { id: "gone", name: "Gone" } });
  expect((await gladly.call("DELETE", "/api/v1/customer-profiles/gone")).status).toBe(400);
  expect((await gladly.post("/_sandbox/customers/gone/erase")).status).toBe(204);
  expect((await eventsOf(id, "CONVERSATION/CLOSED"))[0]?.initiator?.type).toBe("SYSTEM");
  expect((await gladly.get(`/api/v1/conversations/${id}`)).status).toBe(404);
  const answer = await gladly.get("/api/v1/customer-profiles/gone");
  expect([answer.status, answer.text]).toEqual([
    404,
    expect.stringContaining("customer profile [gone] does not exist"),
  ]);
});

test.each([
  ["items", (id: string) => `/api/v1/conversations/${id}/items`],
  ["topics", () => "/api/v1/topics"],
  ["agents", () => "/api/v1/agents"],
  ["customers", () => "/api/v1/customer-profiles?phoneNumber=%2B16505550123"],
])("a list of %s has the header only when it is cut", async (which, path) => {
  const id = await openConversation(gladly, {
    customer: { name: "Ada's phone", phones: [{ original: "+16505550123" }] },
  });
  expect((await gladly.get(path(id))).headers.get("gladly-limited-data")).toBeNull();
  await settings({ listLimits: { [which]: 1 } });
  const cut = await gladly.get(path(id));
  expect([cut.headers.get("gladly-limited-data"), cut.as(z.array(z.unknown())).length]).toEqual(["true", 1]);
});

test("settings add an unknown status and an unknown item type", async () => {
  const id = await openConversation(gladly);
  await closeConversation(gladly, id);
  await settings({ statusNames: { CLOSED: "RESOLVED" }, unknownItems: true });
  expect((await gladly.get(`/api/v1/conversations/${id}`)).as(Conversation).status).toBe("RESOLVED");
  expect((await items(id)).at(-1)?.content.type).toBe("HOLOGRAM");
});

test("a profile created over the API is validated and unique, and a change replaces whole lists", async () => {
  const phones = [{ original: "(650) 555 0177", type: "MOBILE" }];
  const made = await gladly.post("/api/v1/customer-profiles", { id: "api-made", name: "Al", phones });
  expect([made.status, made.headers.get("location")]).toEqual([201, "/api/v1/customer-profiles/api-made"]);
  expect(await customer("api-made")).toMatchObject({
    phones: [{ original: "(650) 555 0177", normalized: "+16505550177" }],
  });
  const refused = await gladly.post("/api/v1/customer-profiles", { emails: [{ original: "not an address" }] });
  expect([refused.status, refused.text]).toEqual([400, expect.stringContaining('"attr":"email","code":"invalid"')]);
  const taken = await gladly.patch("/api/v1/customer-profiles/api-made", {
    emails: [{ original: "Ada.Adams@example.net" }],
  });
  expect([taken.status, taken.text]).toEqual([409, expect.stringContaining('"id":"customer-Ada-Adams-001"')]);
  await gladly.patch("/api/v1/customer-profiles/api-made", { emails: [{ original: "al@example.net" }] });
  await gladly.patch("/api/v1/customer-profiles/api-made", { emails: [] });
  expect(await customer("api-made")).toMatchObject({ name: "Al", emails: [] });
});

test.each([
  ["%2B1%20650%20555%200177", 200],
  ["+16505550177", 200],
  ["6505550177", 200],
  ["call%20me", 400],
])("a search by the phone number %s answers %s, spaces included", async (query, status) => {
  await gladly.post("/_sandbox/customers", { id: "spaced", name: "Sp", phones: ["+1 650 555 0177"] });
  const answer = await gladly.get(`/api/v1/customer-profiles?phoneNumber=${query}`);
  expect(answer.status).toBe(status);
  if (status === 200) expect(answer.as(z.array(Customer)).map(({ id }) => id)).toEqual(["spaced"]);
});

test.each([
  ["POST", "/api/v1/conversation-items", { id: null, customer: { emailAddress: "a@example.net" }, content: {} }, "id"],
  ["POST", "/api/v1/topics", { name: "A topic", disabled: null }, "disabled"],
  ["POST", "/api/v1/customer-profiles", { name: null, emails: null }, "name"],
])("%s %s refuses a null for a field that has a type", async (method, path, body, attr) => {
  const answer = await gladly.call(method, path, body);
  expect([answer.status, answer.text]).toEqual([400, expect.stringContaining(`"attr":"${attr}","code":"invalid"`)]);
});
