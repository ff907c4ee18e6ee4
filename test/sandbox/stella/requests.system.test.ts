import * as z from "zod";
import { StellaClient } from "../../../src/vendors/stella/client";
import { basic, Client, CREDENTIALS, Mails, Recorded, type Running, run } from "../support";

const DAY = 24 * 3600_000;

let running: Running;
let testKey: Client;
let production: Client;

beforeEach(async () => {
  running = await run();
  testKey = running.test;
  production = running.production;
});

const survey = (change: Readonly<Record<string, unknown>> = {}) => ({
  channel: "chat",
  customer: { name: "Ada", email: "ada@example.net" },
  employee: { email: "robin.roe@example.com" },
  ext_interaction_id: "conversation-1",
  ...change,
});
const settings = (change: unknown) => testKey.post("/_sandbox/settings", change);
const recorded = async () => (await testKey.get("/_sandbox/requests")).as(Recorded);
const last = async () => (await recorded()).at(-1);
const mails = async (box: "inbox" | "outbox") => (await testKey.get(`/_sandbox/${box}`)).as(Mails);

test("the test key sends every survey to the test address, the production key to the customer", async () => {
  expect((await testKey.post("/v1/requests", survey())).status).toBe(200);
  expect(await mails("inbox")).toMatchObject([{ to: "survey-test@example.com", customerEmail: "ada@example.net" }]);
  expect(await mails("outbox")).toEqual([]);
  expect((await production.post("/v1/requests", survey())).status).toBe(200);
  expect(await mails("outbox")).toMatchObject([{ to: "ada@example.net" }]);
  expect((await recorded()).map(({ mode, recipient }) => [mode, recipient])).toEqual([
    ["test", "survey-test@example.com"],
    ["production", "ada@example.net"],
  ]);
});

test("an accepted request is answered with its own fields", async () => {
  const body = survey({
    tags: ["Refund"],
    external_url: "gladly.example.com/c/1",
    custom_properties: { closed_at: "now" },
  });
  expect((await testKey.post("/v1/requests", body)).as(z.unknown())).toEqual(body);
});

test("/v1/auth accepts the same request with Basic credentials", async () => {
  const client = new Client(running.sandbox.stella.url, { authorization: basic("connect", CREDENTIALS.stellaTestKey) });
  expect((await client.post("/v1/auth", survey({ do_not_send: true }))).status).toBe(200);
  expect(await last()).toMatchObject({ way: "auth", mode: "test", deliveryStatus: "Not sent: do not send flag" });
});

test("a wrong key is refused and leaves no record", async () => {
  const { url } = running.sandbox.stella;
  const { stellaTestKey } = CREDENTIALS;
  expect((await new Client(url, { "x-api-key": "wrong" }).post("/v1/requests", survey())).status).toBe(403);
  expect((await new Client(url, {}).post("/v1/requests", survey())).status).toBe(403);
  expect((await new Client(url, { authorization: basic("connect", "wrong") }).post("/v1/auth", survey())).status).toBe(
    401,
  );
  expect(
    (await new Client(url, { authorization: basic("gladly", stellaTestKey) }).post("/v1/auth", survey())).status,
  ).toBe(401);
  expect(await recorded()).toEqual([]);
});

test.each([
  ["an unknown employee", { employee: { email: "nobody@example.com" } }, {}, "Employee not found"],
  ["no employee", { employee: undefined }, {}, "Employee not found"],
  [
    "a profile that is not approved",
    { employee: { email: "kim.novice@example.com" } },
    {},
    "Employee profile not complete",
  ],
  ["no customer's address", { customer: { name: "Ada" } }, {}, "Invalid customer"],
  ["a bad customer's address", { customer: { name: "Ada", email: "ada" } }, {}, "Invalid customer"],
  ["no customer's name", { customer: { email: "ada@example.net" } }, {}, "Invalid customer"],
  ["a channel that is not configured", { channel: "fax" }, {}, "Channel not enabled for company"],
  ["a channel in another case", { channel: "Chat" }, {}, "Channel not enabled for company"],
  ["a channel that is off", {}, { channels: { chat: { enabled: false } } }, "Channel not enabled for company"],
  ["no brand", {}, { brands: [{ label: "A" }, { label: "B" }] }, "Brand signifier not provided"],
  [
    "an unknown brand",
    { brand: "C" },
    { brands: [{ label: "A" }, { label: "B" }] },
    "Invalid/inactive brand signifier",
  ],
  [
    "an inactive brand",
    { brand: "A" },
    { brands: [{ label: "A", active: false }] },
    "Invalid/inactive brand signifier",
  ],
  ["no language", {}, { languages: ["en", "de"] }, "Language not specified"],
])(
  "a request with %s is refused with either key and the reason of the status page",
  async (_what, change, set, name) => {
    await settings(set);
    for (const client of [testKey, production]) {
      const answer = await client.post("/v1/requests", survey(change));
      expect([answer.status, answer.text]).toEqual([400, expect.stringContaining(name)]);
      expect(await last()).toMatchObject({ decision: "refused", refusal: name, recipient: null, answeredStatus: 400 });
    }
    expect([...(await mails("inbox")), ...(await mails("outbox"))]).toEqual([]);
  },
);

test.each(["Pending Review", "Confirmed", "Unapproved", "Created", "Deactivated"])(
  "an employee who is %s can be surveyed only after a change to Active",
  async (status) => {
    const path = "/_sandbox/employees/robin.roe%40example.com";
    await testKey.post(path, { status });
    expect((await testKey.post("/v1/requests", survey())).status).toBe(400);
    await testKey.post(path, { status: "Active" });
    expect((await testKey.post("/v1/requests", survey())).status).toBe(200);
  },
);

test("manual mode refuses only the production key", async () => {
  await settings({ channels: { chat: { integrated: false } } });
  expect((await testKey.post("/v1/requests", survey())).status).toBe(200);
  const refused = await production.post("/v1/requests", survey());
  expect([refused.status, refused.text]).toEqual([400, expect.stringContaining("Channel is in manual mode")]);
  expect((await production.post("/v1/requests", survey({ channel: "email" }))).status).toBe(200);
});

test("do_not_send is recorded and not sent, and needs no address", async () => {
  const answer = await production.post("/v1/requests", survey({ do_not_send: true, customer: { name: "Cleo" } }));
  expect(answer.status).toBe(200);
  expect(await last()).toMatchObject({ deliveryStatus: "Not sent: do not send flag", recipient: null });
});

test("within the suppression period a customer gets no second survey of a brand, whatever the case of the address", async () => {
  await settings({ suppressionDays: 7, brands: [{ label: "A" }, { label: "B" }] });
  const send = async (brand: string, email: string) => {
    await production.post("/v1/requests", survey({ brand, customer: { name: "Ada", email } }));
    return (await last())?.deliveryStatus;
  };
  expect(await send("A", "ada@example.net")).toBe("Sent");
  expect(await send("A", "ADA@example.net")).toBe("Not sent: suppression period");
  expect(await send("B", "ada@example.net")).toBe("Sent");
  expect(await send("A", "other@example.net")).toBe("Sent");
  await testKey.post("/_sandbox/clock", { advance: 7 * DAY });
  expect(await send("A", "ada@example.net")).toBe("Sent");
});

test("two requests with the same ext_interaction_id send two surveys", async () => {
  await production.post("/v1/requests", survey());
  await production.post("/v1/requests", survey());
  expect(await mails("outbox")).toHaveLength(2);
});

test("opt-outs and bounces end as a delivery status, not as an error", async () => {
  await settings({
    unsubscribed: ["out@example.net"],
    bouncing: ["gone@example.net"],
    softBouncing: ["full@example.net"],
  });
  const statuses: unknown[] = [];
  for (const email of ["out@example.net", "gone@example.net", "gone@example.net", "full@example.net"]) {
    expect((await production.post("/v1/requests", survey({ customer: { name: "A", email } }))).status).toBe(200);
    statuses.push((await last())?.deliveryStatus);
  }
  expect(statuses).toEqual(["Not sent: consumer unsubscribed", "Hard bounce", "Not sent: rejected", "Soft bounce"]);
});

test("tags are cut at twenty and values at 2,000 characters; refusing more tags is a switch", async () => {
  const tags = Array.from({ length: 21 }, () => "t".repeat(2001));
  await testKey.post("/v1/requests", survey({ tags, custom_properties: { note: "n".repeat(2001) } }));
  const kept = z.looseObject({ tags: z.array(z.string()), custom_properties: z.object({ note: z.string() }) });
  const { tags: keptTags, custom_properties: properties } = z.parse(kept, (await last())?.request);
  expect([keptTags.length, keptTags[0]?.length, properties.note.length]).toEqual([20, 2000, 2000]);
  await settings({ assumptions: { moreThan20Tags: "refused" } });
  expect((await testKey.post("/v1/requests", survey({ tags }))).status).toBe(400);
});

test("unknown fields are ignored, or refused if a switch says so", async () => {
  expect((await testKey.post("/v1/requests", survey({ priority: 1 }))).status).toBe(200);
  await settings({ assumptions: { unknownFields: "refused", errorBody: "none", refusalStatus: 422 } });
  const answer = await testKey.post("/v1/requests", survey({ priority: 1 }));
  expect([answer.status, answer.text]).toEqual([422, ""]);
});

test.each(["", "not json", "[]", "{}", '{"channel":5}', '{"channel":"chat","customer":{"age":1}}'])(
  "the body %j is refused and recorded as malformed",
  async (body) => {
    expect((await testKey.call("POST", "/v1/requests", body)).status).toBe(400);
    expect(await last()).toMatchObject({ refusal: "Malformed request" });
  },
);

test("more than 5% failures within an hour send one alert", async () => {
  const Status = z.looseObject({
    alerts: z.array(z.looseObject({ to: z.string(), failed: z.number() })),
    invalid: Recorded,
  });
  const fail = () => testKey.post("/v1/requests", survey({ channel: "fax" }));
  const status = async () => (await testKey.get("/_sandbox/status")).as(Status);
  for (let count = 0; count < 38; count += 1) await testKey.post("/v1/requests", survey());
  await fail();
  await fail();
  expect((await status()).alerts).toEqual([]);
  await fail();
  await fail();
  expect((await status()).alerts).toMatchObject([{ to: "survey-alerts@example.com", failed: 3 }]);
  expect((await status()).invalid).toHaveLength(4);
});

test("the product's client classifies the sandbox's answers like Stella's", async () => {
  const client = new StellaClient({ baseUrl: running.sandbox.stella.url });
  const kinds: string[] = [];
  const ask = async (key: string, channel = "chat") =>
    kinds.push((await client.request(key, survey({ channel }))).kind);
  await ask(CREDENTIALS.stellaTestKey);
  await ask("wrong");
  await ask(CREDENTIALS.stellaTestKey, "fax");
  await testKey.post("/_sandbox/faults", { effect: { kind: "status", status: 500 }, times: 1 });
  await ask(CREDENTIALS.stellaTestKey);
  await testKey.post("/_sandbox/faults", { effect: { kind: "cut", when: "after" }, times: 1 });
  await ask(CREDENTIALS.stellaTestKey);
  expect(kinds).toEqual(["accepted", "misconfigured", "refused", "ambiguous", "ambiguous"]);
  expect(await mails("inbox")).toHaveLength(2);
});
