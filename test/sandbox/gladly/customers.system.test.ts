import * as z from "zod";
import { GladlyClient } from "../../../src/vendors/gladly/client";
import { Conversation, Customer } from "../../../src/vendors/gladly/wire";
import { type Client, CREDENTIALS, openConversation, type Running, run } from "../support";

let running: Running;
let gladly: Client;

beforeEach(async () => {
  running = await run();
  gladly = running.gladly;
});

test("the product's client follows a merged customer, with conversations and addresses", async () => {
  const id = await openConversation(gladly, { customer: { id: "old-me", name: "Old", email: "old@example.net" } });
  await gladly.post("/_sandbox/customers/old-me/merge", { into: "customer-Dan-Daly-0004" });
  const { gladlyUser: user, gladlyToken: token } = CREDENTIALS;
  const client = new GladlyClient({ baseUrl: running.sandbox.gladly.url, user, token });
  expect(await client.customer("old-me")).toMatchObject({
    id: "customer-Dan-Daly-0004",
    emails: [{}, { original: "old@example.net" }],
  });
  expect(await client.conversation(id)).toMatchObject({ customerId: "customer-Dan-Daly-0004" });
  const conversations = await gladly.get("/api/v1/customers/customer-Dan-Daly-0004/conversations");
  expect(conversations.as(z.array(Conversation)).map((conversation) => conversation.id)).toContain(id);
});

test.each([
  ["email=ADA.adams%40example.net", ["customer-Ada-Adams-001"]],
  ["phoneNumber=%2B16505550145", ["customer-Cleo-Nomail-3"]],
  ["externalCustomerId=crm-1", []],
])("a search by %s finds the matching customers", async (query, ids) => {
  const found = (await gladly.get(`/api/v1/customer-profiles?${query}`)).as(z.array(Customer));
  expect(found.map(({ id }) => id)).toEqual(ids);
});

test("an activity for an unknown address creates the customer", async () => {
  const content = { type: "CUSTOMER_ACTIVITY", activityType: "SURVEY", title: "5 of 5" };
  await gladly.post("/api/v1/conversation-items", { customer: { emailAddress: "fresh@example.net" }, content });
  const found = (await gladly.get("/api/v1/customer-profiles?email=fresh%40example.net")).as(z.array(Customer));
  expect(found).toHaveLength(1);
});

test.each([
  ["a title of 101 characters", { title: "x".repeat(101) }, "content.title"],
  ["a source of 51 characters", { sourceName: "x".repeat(51) }, "content.sourceName"],
  [
    "a link's text of 51 characters",
    { link: { url: "https://example.com", text: "x".repeat(51) } },
    "content.link.text",
  ],
  ["a time of two years ago", { occurredAt: "2020-01-01T00:00:00.000Z" }, "content.occurredAt"],
  ["an unknown kind", { activityType: "FAX" }, "content.activityType"],
])("an activity with %s is refused", async (_what, change, attr) => {
  const content = { type: "CUSTOMER_ACTIVITY", activityType: "SURVEY", ...change };
  const answer = await gladly.post("/api/v1/customers/customer-Ada-Adams-001/conversation-items", { content });
  expect([answer.status, answer.text]).toEqual([400, expect.stringContaining(`"attr":"${attr}"`)]);
});

test("only customer activities can be deleted", async () => {
  const id = "an-activity";
  const content = { type: "CUSTOMER_ACTIVITY", activityType: "SURVEY" };
  await gladly.post("/api/v1/customers/customer-Ada-Adams-001/conversation-items", { id, content });
  expect((await gladly.call("DELETE", `/api/v1/conversation-items/${id}`)).status).toBe(204);
  expect((await gladly.get(`/api/v1/conversation-items/${id}`)).status).toBe(404);
  const items = await gladly.get("/api/v1/conversations/_conversation-Ada-0001/items");
  const [message] = items.as(z.array(z.looseObject({ id: z.string() })));
  expect((await gladly.call("DELETE", `/api/v1/conversation-items/${message?.id}`)).status).toBe(400);
});
