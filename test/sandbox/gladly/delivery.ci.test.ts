import * as z from "zod";
import { Webhook } from "../../../src/vendors/gladly/wire";
import { eventFaults } from "../contract/description";
import {
  Attempts,
  basic,
  type Client,
  closeConversation,
  createWebhook,
  openConversation,
  Receiver,
  type Running,
  run,
  until,
} from "../support";

const MINUTE = 60_000;

let running: Running;
let gladly: Client;
let receiver: Receiver;

beforeEach(async () => {
  running = await run();
  gladly = running.gladly;
  receiver = await Receiver.start();
});

const deliveries = async () => (await gladly.get("/_sandbox/deliveries")).as(Attempts);
const advance = (milliseconds: number) => gladly.post("/_sandbox/clock", { advance: milliseconds });
const read = async (id: string) => (await gladly.get(`/api/v1/webhooks/${id}`)).as(Webhook);
const attemptsMade = async (count: number) =>
  until(`attempt ${count}`, async () => {
    const { attempts } = await deliveries();
    const made = attempts.filter(({ type }) => type !== "PING");
    return made.length >= count && made;
  });

/** Milliseconds from the first attempt to each retry, by a sandbox clock that is frozen in between. */
async function retryOffsets(): Promise<readonly number[]> {
  await gladly.post("/_sandbox/clock", { freeze: true });
  await createWebhook(gladly, { url: receiver.url });
  receiver.answer = () => 500;
  await closeConversation(gladly, await openConversation(gladly));
  for (let count = 1; count <= 4; count += 1) {
    await attemptsMade(count);
    const next = await until("the next retry", async () => (await deliveries()).deliveries[0]?.nextAttemptAt);
    const now = z.looseObject({ now: z.string() });
    await advance(Date.parse(next) - Date.parse((await gladly.get("/_sandbox/clock")).as(now).now));
  }
  const [first, ...retries] = (await attemptsMade(5)).map(({ at }) => Date.parse(at));
  return retries.map((at) => Math.round((at - (first ?? 0)) / 1000));
}

test("an event goes only to enabled webhooks that subscribe to it, with credentials and headers", async () => {
  const credentials = { username: "connect", password: "a-password" };
  await createWebhook(gladly, { url: `${receiver.url}/1`, credentials, headers: { "X-Relay": "yes" } });
  await createWebhook(gladly, { url: `${receiver.url}/2` });
  await createWebhook(gladly, { url: `${receiver.url}/other`, events: ["CONVERSATION/CREATED"] });
  await createWebhook(gladly, { url: `${receiver.url}/off`, enabled: false });
  const id = await openConversation(gladly);
  await closeConversation(gladly, id);
  await until(
    "three deliveries",
    async () => (await deliveries()).deliveries.filter(({ state }) => state === "delivered").length === 3,
  );
  const closed = receiver.of("CONVERSATION/CLOSED");
  expect(closed.map(({ event }) => event.content?.conversationId)).toEqual([id, id]);
  const withCredentials = closed.find(({ headers }) => headers["x-relay"] === "yes");
  expect(withCredentials?.headers.authorization).toBe(basic("connect", "a-password"));
  expect(closed.find(({ headers }) => headers["x-relay"] === undefined)?.headers.authorization).toBeUndefined();
  expect(receiver.of("CONVERSATION/CREATED")).toHaveLength(1);
});

test("every event of a conversation matches the description", async () => {
  const events = [
    ...["CLOSED", "CREATED", "REOPENED", "TOPIC_ADDED", "TOPIC_REMOVED"].map((name) => `CONVERSATION/${name}`),
    ...["CONVERSATION_ASSIGNEE/UPDATED", "CONVERSATION_STATUS/UPDATED", "CONTACT/ENDED"],
    ...["CUSTOMER_PROFILE/CREATED", "CUSTOMER_PROFILE/UPDATED", "CUSTOMER/MERGED"],
  ];
  // Only the type of a PING is documented.
  await gladly.post("/_sandbox/settings", { pingBody: "type-only" });
  await createWebhook(gladly, { url: receiver.url, events });
  const id = await openConversation(gladly, { customer: { id: "source", name: "Source" } });
  const topic = "topic-Refund-000000003";
  await gladly.post(`/api/v1/conversations/${id}/topics`, { topicIds: [topic] });
  await gladly.call("DELETE", `/api/v1/conversations/${id}/topics/${topic}`);
  await gladly.patch(`/api/v1/conversations/${id}`, { assignee: { inboxId: "inbox-Claims-000000002", agentId: null } });
  await closeConversation(gladly, id);
  await gladly.patch(`/api/v1/conversations/${id}`, { status: { value: "OPEN" } });
  await gladly.post("/_sandbox/customers/source", { name: "Renamed" });
  await openConversation(gladly, { customer: { id: "destination", name: "Destination" } });
  await gladly.post("/_sandbox/customers/source/merge", { into: "destination" });
  await until("one event of each type", () => events.every((type) => receiver.of(type).length > 0));
  for (const { event } of receiver.received) expect([event.type, eventFaults(event)]).toEqual([event.type, []]);
});

test("retries come 30 seconds, 5 minutes, 30 minutes and an hour after the first failure", async () => {
  expect(await retryOffsets()).toEqual([30, 300, 1800, 3600]);
});

test("a switch makes each retry interval start at the attempt before", async () => {
  await gladly.post("/_sandbox/settings", { retrySchedule: "one-after-another" });
  expect(await retryOffsets()).toEqual([30, 330, 2130, 5730]);
});

test("the fourth failed retry disables the webhook, and enabling it removes disabledAtDueToRetryLimit", async () => {
  await retryOffsets();
  const [webhook] = (await gladly.get("/api/v1/webhooks")).as(z.array(Webhook));
  expect(webhook?.enabled).toBe(false);
  expect(Date.parse(webhook?.disabledAtDueToRetryLimit ?? "")).not.toBeNaN();
  const { attempts, deliveries: made } = await deliveries();
  expect(attempts.map(({ result }) => result)).toEqual(["Success", "Debug", "Debug", "Debug", "Debug", "Error"]);
  expect(made.map(({ state }) => state)).toEqual(["given-up"]);
  receiver.answer = () => 200;
  await gladly.patch(`/api/v1/webhooks/${webhook?.id}`, { enabled: true });
  expect(await read(webhook?.id ?? "")).toMatchObject({ enabled: true });
  expect((await read(webhook?.id ?? "")).disabledAtDueToRetryLimit).toBeUndefined();
});

test("a retry sends the same event, and a successful retry is the last", async () => {
  const id = await createWebhook(gladly, { url: receiver.url });
  receiver.answer = () => 503;
  await closeConversation(gladly, await openConversation(gladly));
  await attemptsMade(1);
  receiver.answer = () => 202;
  await advance(30_000);
  await attemptsMade(2);
  await advance(120 * MINUTE);
  const [first, second, ...more] = receiver.of("CONVERSATION/CLOSED");
  expect(second?.body).toBe(first?.body);
  expect(more).toEqual([]);
  expect(await read(id)).toMatchObject({ enabled: true });
});

test("no answer in 15 seconds is a failure with its reason", async () => {
  await createWebhook(gladly, { url: receiver.url });
  receiver.answer = () => "never";
  await gladly.post("/_sandbox/clock", { scale: 200 });
  await closeConversation(gladly, await openConversation(gladly));
  const [attempt] = await attemptsMade(1);
  expect(attempt).toMatchObject({ result: "Debug", failure: "no answer within 15 seconds" });
});

test("events during the time a webhook is disabled are never delivered, and its waiting retries are dropped", async () => {
  const id = await createWebhook(gladly, { url: receiver.url });
  receiver.answer = (event) => (event.type === "PING" ? 200 : 500);
  await closeConversation(gladly, await openConversation(gladly));
  await attemptsMade(1);
  await gladly.patch(`/api/v1/webhooks/${id}`, { enabled: false });
  await closeConversation(gladly, await openConversation(gladly));
  await gladly.patch(`/api/v1/webhooks/${id}`, { enabled: true });
  await advance(120 * MINUTE);
  const later = await openConversation(gladly);
  await closeConversation(gladly, later);
  const made = await attemptsMade(2);
  expect(made).toHaveLength(2);
  expect(receiver.of("CONVERSATION/CLOSED").at(-1)?.event.content?.conversationId).toBe(later);
  expect((await deliveries()).deliveries.map(({ state }) => state)).toEqual(["dropped", "waiting"]);
});

test("a switch keeps the waiting retries of a disabled webhook", async () => {
  await gladly.post("/_sandbox/settings", { retriesOfDisabledWebhook: "kept" });
  const id = await createWebhook(gladly, { url: receiver.url });
  receiver.answer = () => 500;
  await closeConversation(gladly, await openConversation(gladly));
  await attemptsMade(1);
  await gladly.patch(`/api/v1/webhooks/${id}`, { enabled: false });
  await advance(30_000);
  expect(await attemptsMade(2)).toHaveLength(2);
});

test("an event can be redelivered with the same id", async () => {
  await createWebhook(gladly, { url: receiver.url });
  await closeConversation(gladly, await openConversation(gladly));
  const first = await until("the event", () => receiver.of("CONVERSATION/CLOSED")[0]);
  expect((await gladly.post(`/_sandbox/events/${first.event.id}/redeliver`)).status).toBe(202);
  const second = await until("the event again", () => receiver.of("CONVERSATION/CLOSED")[1]);
  expect(second.body).toBe(first.body);
  expect((await gladly.post("/_sandbox/events/nothing/redeliver")).status).toBe(404);
});

test("a switch delivers every event twice", async () => {
  await gladly.post("/_sandbox/settings", { duplicateDeliveries: 1 });
  await createWebhook(gladly, { url: receiver.url });
  await closeConversation(gladly, await openConversation(gladly));
  const [one, two] = await until(
    "both",
    () => receiver.of("CONVERSATION/CLOSED").length === 2 && receiver.of("CONVERSATION/CLOSED"),
  );
  expect(two?.event.id).toBe(one?.event.id);
});

test("of 1,000 conversations closed at once, each event is delivered once, and journal and log agree", async () => {
  await createWebhook(gladly, { url: receiver.url });
  const ids: string[] = [];
  for (let batch = 0; batch < 20; batch += 1) {
    ids.push(...(await Promise.all(Array.from({ length: 50 }, () => openConversation(gladly)))));
  }
  await Promise.all(ids.map((id) => closeConversation(gladly, id)));
  await until("all deliveries", () => receiver.of("CONVERSATION/CLOSED").length === 1000);
  const received = receiver.of("CONVERSATION/CLOSED").map(({ event }) => event.content?.conversationId);
  expect(new Set(received)).toEqual(new Set(ids));
  const made = await until("the log", async () => {
    const { deliveries: all } = await deliveries();
    return all.every(({ state }) => state === "delivered") && all;
  });
  expect(made).toHaveLength(1000);
  const Journal = z.array(z.looseObject({ method: z.string(), path: z.string(), status: z.number() }));
  const journal = (await gladly.get("/_sandbox/journal")).as(Journal).filter(({ method }) => method === "PATCH");
  expect(new Set(journal.map(({ path }) => path.split("/").pop()))).toEqual(new Set(ids));
  expect(journal.filter(({ status }) => status !== 204)).toEqual([]);
});
