import * as z from "zod";
import { GladlyClient } from "../../../src/vendors/gladly/client";
import { Event } from "../../../src/vendors/gladly/wire";
import { type Client, CREDENTIALS, closeConversation, Errors, openConversation, type Running, run } from "../support";

const HOUR = 3600_000;

let running: Running;
let gladly: Client;

beforeEach(async () => {
  running = await run();
  gladly = running.gladly;
  await gladly.post("/_sandbox/clock", { freeze: true });
});

async function events(from: string, entities = "entities=CONVERSATION"): Promise<Event[]> {
  const answer = await gladly.get(`/api/v1/events?startAt=${from}&${entities}`);
  expect(answer.headers.get("content-type")).toBe("application/x-jsonlines");
  return answer.text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => Event.parse(JSON.parse(line)));
}

const now = async () => (await gladly.get("/_sandbox/clock")).as(z.looseObject({ now: z.string() })).now;

test("events are listed oldest first after 15 seconds, with the ids of their deliveries", async () => {
  const start = await now();
  await closeConversation(gladly, await openConversation(gladly));
  expect(await events(start)).toEqual([]);
  await gladly.post("/_sandbox/clock", { advance: 15_000 });
  const listed = await events(start);
  expect(listed.map(({ type }) => type)).toEqual(["CONVERSATION/CREATED", "CONVERSATION/CLOSED"]);
  const all = (await gladly.get("/_sandbox/events")).text;
  for (const { id } of listed) expect(all).toContain(`"${id}"`);
});

test("the delay of the list is a setting, and a request can name several entities", async () => {
  await gladly.post("/_sandbox/settings", { eventsDelaySeconds: 0 });
  const start = await now();
  await closeConversation(gladly, await openConversation(gladly));
  const listed = await events(start, "entities=CONTACT&entities=CUSTOMER_PROFILE");
  expect(listed.map(({ type }) => type)).toEqual(["CUSTOMER_PROFILE/CREATED", "CONTACT/STARTED", "CONTACT/ENDED"]);
});

test("a start more than 24 hours ago is refused, and so are invalid ranges and entities", async () => {
  const start = await now();
  await gladly.post("/_sandbox/clock", { advance: 25 * HOUR });
  const bad = [
    [`startAt=${start}&entities=CONVERSATION`, "startAt"],
    ["entities=CONVERSATION", "startAt"],
    [`startAt=${await now()}`, "entities"],
    [`startAt=${await now()}&entities=WEATHER`, "entities"],
    [`startAt=${await now()}&endAt=${start}&entities=CONVERSATION`, "endAt"],
  ] as const;
  for (const [query, attr] of bad) {
    const answer = await gladly.get(`/api/v1/events?${query}`);
    expect([query, answer.status, answer.as(Errors).errors[0]?.attr]).toEqual([query, 400, attr]);
  }
});

test("the product's client reads them, with and without unknown fields", async () => {
  await gladly.post("/_sandbox/settings", { eventsDelaySeconds: 0, unknownFields: true });
  const start = new Date(await now());
  const id = await openConversation(gladly);
  const { gladlyUser: user, gladlyToken: token } = CREDENTIALS;
  const client = new GladlyClient({ baseUrl: running.sandbox.gladly.url, user, token });
  const [created] = await client.events(start, ["CONVERSATION"]);
  expect(created).toMatchObject({ type: "CONVERSATION/CREATED", content: { conversationId: id } });
});
