import * as z from "zod";
import { Webhook } from "../../../src/vendors/gladly/wire";
import { type Client, createWebhook, Errors, Receiver, type Running, run } from "../support";

let running: Running;
let gladly: Client;
let receiver: Receiver;

beforeEach(async () => {
  running = await run();
  gladly = running.gladly;
  receiver = await Receiver.start();
});

const read = async (id: string) => (await gladly.get(`/api/v1/webhooks/${id}`)).as(Webhook);
const settings = (change: unknown) => gladly.post("/_sandbox/settings", change);
const refusalOf = (answer: Awaited<ReturnType<Client["get"]>>) => {
  const [error] = answer.as(Errors).errors;
  return [answer.status, error?.attr, error?.code];
};

test("a webhook is created disabled and without a PING by default", async () => {
  const answer = await gladly.post("/api/v1/webhooks", { url: receiver.url, events: ["CONVERSATION/CLOSED"] });
  const id = answer.headers.get("location")?.split("/").pop() ?? "";
  expect((await read(id)).enabled).toBe(false);
  expect(receiver.received).toHaveLength(0);
});

test("an enabled webhook gets a PING with its credentials and headers before it is created", async () => {
  await createWebhook(gladly, {
    url: receiver.url,
    credentials: { username: "connect", password: "secret:with:colons" },
    headers: { "X-Relay": "value" },
  });
  const [ping] = receiver.received;
  expect(ping?.event.type).toBe("PING");
  expect(ping?.headers.authorization).toBe(`Basic ${Buffer.from("connect:secret:with:colons").toString("base64")}`);
  expect(ping?.headers["x-relay"]).toBe("value");
});

test.each([201, 204, 301, 401, 500])("a PING answered %i fails the create, and nothing is created", async (status) => {
  receiver.answer = () => status;
  const answer = await gladly.post("/api/v1/webhooks", { url: receiver.url, events: [], enabled: true });
  expect(refusalOf(answer)).toEqual([400, "url", "invalid"]);
  expect((await gladly.get("/api/v1/webhooks")).text).toBe("[]");
});

test("a PING that is not answered in 15 seconds fails the create", async () => {
  await gladly.post("/_sandbox/clock", { scale: 1000 });
  receiver.answer = () => "never";
  const answer = await gladly.post("/api/v1/webhooks", { url: receiver.url, events: [], enabled: true });
  expect(refusalOf(answer)).toEqual([400, "url", "invalid"]);
  expect(answer.text).toContain("15 seconds");
});

test("enabling a webhook and changing its url send a PING, a repeated patch and new credentials do not", async () => {
  const id = await createWebhook(gladly, { url: receiver.url, enabled: false });
  const pings: number[] = [];
  const changes = [
    { enabled: true },
    { enabled: true, url: receiver.url },
    { credentials: { username: "a", password: "b" } },
    { url: `${receiver.url}/moved` },
    { enabled: false },
    { url: receiver.url },
  ];
  for (const change of changes) {
    expect((await gladly.patch(`/api/v1/webhooks/${id}`, change)).status).toBe(204);
    pings.push(receiver.of("PING").length);
  }
  expect(pings).toEqual([1, 1, 1, 2, 2, 3]);
});

test("a failed PING prevents every change of an update", async () => {
  const id = await createWebhook(gladly, { url: receiver.url, name: "Before", enabled: false });
  const before = await read(id);
  receiver.answer = () => 500;
  const answer = await gladly.patch(`/api/v1/webhooks/${id}`, { name: "After", enabled: true });
  expect(refusalOf(answer)).toEqual([400, "url", "invalid"]);
  expect(await read(id)).toEqual(before);
});

test("credentials and header values are never returned, only hasCredentials and the headers' names", async () => {
  const id = await createWebhook(gladly, {
    url: receiver.url,
    credentials: { username: "canary-user", password: "canary-password" },
    headers: { "X-One": "canary-one", "X-Two": "canary-two" },
  });
  const answer = await gladly.get(`/api/v1/webhooks/${id}`);
  expect(answer.text).not.toContain("canary");
  expect(answer.as(Webhook)).toMatchObject({ hasCredentials: true, headerKeys: ["X-One", "X-Two"] });
});

test("headers are replaced as a whole, null removes credentials, {} removes headers", async () => {
  const id = await createWebhook(gladly, {
    url: receiver.url,
    credentials: { username: "a", password: "b" },
    headers: { "X-One": "1", "X-Two": "2" },
  });
  await gladly.patch(`/api/v1/webhooks/${id}`, { headers: { "X-Three": "3" } });
  expect((await read(id)).headerKeys).toEqual(["X-Three"]);
  await gladly.patch(`/api/v1/webhooks/${id}`, { credentials: null, headers: {} });
  expect(await read(id)).toMatchObject({ hasCredentials: false, headerKeys: [] });
});

test.each([
  ["a missing url", { url: undefined }, "url", "blank"],
  ["plain HTTP elsewhere", { url: "http://relay.example.com/events" }, "url", "invalid"],
  ["an invalid address", { url: "relay" }, "url", "invalid"],
  ["missing events", { events: undefined }, "events", "blank"],
  ["an unknown event", { events: ["CONVERSATION_CLOSED"] }, "events", "invalid"],
  ["PING, which cannot be subscribed to", { events: ["PING"] }, "events", "invalid"],
  ["a name of 201 characters", { name: "x".repeat(201) }, "name", "too_long"],
  ["credentials without a password", { credentials: { username: "a" } }, "credentials.password", "blank"],
  ["headers that are not texts", { headers: { "X-One": 1 } }, "headers", "invalid"],
  ["enabled as a text", { enabled: "yes" }, "enabled", "invalid"],
])("a create with %s is refused", async (_what, change, attr, code) => {
  const body = { url: "https://relay.example.com/events", events: ["CONVERSATION/CLOSED"], ...change };
  expect(refusalOf(await gladly.post("/api/v1/webhooks", body))).toEqual([400, attr, code]);
});

test("plain HTTP on loopback is a switch", async () => {
  await settings({ loopbackHttpReceivers: false });
  const answer = await gladly.post("/api/v1/webhooks", { url: receiver.url, events: [] });
  expect(refusalOf(answer)).toEqual([400, "url", "invalid"]);
});

test("no two webhooks have the same url, even when both creates wait for a PING at once", async () => {
  const body = { url: receiver.url, events: [], enabled: true };
  const both = await Promise.all([gladly.post("/api/v1/webhooks", body), gladly.post("/api/v1/webhooks", body)]);
  expect(both.map(({ status }) => status).sort()).toEqual([201, 400]);
  expect(refusalOf(await gladly.post("/api/v1/webhooks", body))).toEqual([400, "url", "taken"]);
  const other = await createWebhook(gladly, { url: `${receiver.url}/2`, enabled: false });
  expect(refusalOf(await gladly.patch(`/api/v1/webhooks/${other}`, { url: receiver.url }))).toEqual([
    400,
    "url",
    "taken",
  ]);
});

test("the twenty-first webhook is refused", async () => {
  for (let count = 1; count <= 20; count += 1) {
    await createWebhook(gladly, { url: `https://relay.example.com/${count}`, enabled: false });
  }
  const answer = await gladly.post("/api/v1/webhooks", { url: "https://relay.example.com/21", events: [] });
  expect(answer.status).toBe(400);
  expect(answer.text).toContain("20");
});

test("only a disabled webhook can be deleted", async () => {
  const id = await createWebhook(gladly, { url: receiver.url });
  expect((await gladly.call("DELETE", `/api/v1/webhooks/${id}`)).status).toBe(400);
  await gladly.patch(`/api/v1/webhooks/${id}`, { enabled: false });
  expect((await gladly.call("DELETE", `/api/v1/webhooks/${id}`)).status).toBe(204);
  expect((await gladly.get(`/api/v1/webhooks/${id}`)).status).toBe(404);
});

test("switches add unknown fields and single errors as objects, which a lenient client does not notice", async () => {
  const id = await createWebhook(gladly, { url: receiver.url });
  await settings({ unknownFields: true, singleErrorAsObject: true });
  expect(await read(id)).toMatchObject({ id, sandboxUnknown: {} });
  const answer = await gladly.get("/api/v1/topics/nothing");
  expect(answer.as(z.looseObject({ errors: z.looseObject({ code: z.literal("not_exist") }) }))).toBeDefined();
});

test("a switch sends PING with only its type", async () => {
  await settings({ pingBody: "type-only" });
  await createWebhook(gladly, { url: receiver.url });
  expect(receiver.received.map(({ body }) => body)).toEqual(['{"type":"PING"}']);
});
