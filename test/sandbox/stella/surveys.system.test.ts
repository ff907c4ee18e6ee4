import * as z from "zod";
import { type Client, Mails, type Running, run, send } from "../support";

let running: Running;

beforeEach(async () => {
  running = await run();
});

const Answered = z.array(
  z.looseObject({ response: z.looseObject({ stars: z.number(), timeline: z.string() }).optional() }),
);
const State = z.looseObject({
  customers: z.array(
    z.looseObject({ id: z.string(), activities: z.array(z.looseObject({ content: z.looseObject({}) })) }),
  ),
});

async function surveyOf(client: Client, box: "inbox" | "outbox"): Promise<string> {
  await client.post("/v1/requests", {
    channel: "chat",
    customer: { name: "Dan", email: "Dan.Daly@example.net" },
    employee: { email: "robin.roe@example.com" },
  });
  return (await client.get(`/_sandbox/${box}`)).as(Mails).at(-1)?.surveyUrl ?? "";
}

const answer = (url: string, form: Readonly<Record<string, string>>) =>
  send(url, { method: "POST", body: new URLSearchParams(form) });
const activities = async () => {
  const { customers } = (await running.gladly.get("/_sandbox/state")).as(State);
  return customers.find(({ id }) => id === "customer-Dan-Daly-0004")?.activities.map(({ content }) => content);
};
const responses = async () =>
  (await running.test.get("/_sandbox/requests")).as(Answered).map(({ response }) => response);

test("with the production key the answer is collected and added to the customer's timeline, escaped", async () => {
  const url = await surveyOf(running.production, "outbox");
  expect((await send(url)).text).toContain('name="stars"');
  const thanks = await answer(url, { stars: "4", comment: "Quick <b>answer</b> & thanks" });
  expect(thanks.status).toBe(200);
  expect(await responses()).toMatchObject([{ stars: 4, timeline: "on the timeline" }]);
  expect(await activities()).toMatchObject([
    {
      activityType: "SURVEY",
      title: "Satisfaction survey: 4 of 5",
      body: "Quick &#60;b&#62;answer&#60;/b&#62; &#38; thanks",
    },
  ]);
});

test("with the test key a survey can be answered, but nothing is collected", async () => {
  const url = await surveyOf(running.test, "inbox");
  expect((await send(url)).text).toContain("test key");
  expect((await answer(url, { stars: "5" })).status).toBe(200);
  expect(await responses()).toEqual([undefined]);
  expect(await activities()).toEqual([]);
});

test("a survey can be answered once, with one to five stars", async () => {
  const url = await surveyOf(running.production, "outbox");
  expect((await answer(url, { stars: "6" })).status).toBe(400);
  expect((await answer(url, {})).status).toBe(400);
  expect((await answer(url, { stars: "1" })).status).toBe(200);
  expect((await answer(url, { stars: "5" })).status).toBe(409);
  expect(await responses()).toMatchObject([{ stars: 1 }]);
  expect(await activities()).toHaveLength(1);
});

test("an answer that Gladly does not accept is kept, with Gladly's status", async () => {
  const url = await surveyOf(running.production, "outbox");
  await running.gladly.post("/_sandbox/faults", {
    effect: { kind: "status", status: 500 },
    path: "/api/v1/conversation-items",
  });
  await answer(url, { stars: "3" });
  expect(await responses()).toMatchObject([{ stars: 3, timeline: "Gladly answered 500" }]);
});

test("a survey that was never sent has no page", async () => {
  await running.production.post("/v1/requests", {
    channel: "chat",
    customer: { name: "Dan" },
    employee: { email: "robin.roe@example.com" },
    do_not_send: true,
  });
  const [request] = (await running.test.get("/_sandbox/requests")).as(z.array(z.looseObject({ uuid: z.string() })));
  expect((await running.test.get(`/surveys/${request?.uuid}`)).status).toBe(404);
});
