import { createHmac } from "node:crypto";
import * as z from "zod";
import { Client, CREDENTIALS, type Running, run, send } from "../support";

let running: Running;

beforeEach(async () => {
  running = await run();
});

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

function token(
  claims: unknown = { iat: Math.floor(Date.now() / 1000) },
  secret: string = CREDENTIALS.stellaApiSecret,
): string {
  const signed = `${encode({ alg: "HS256", typ: "JWT" })}.${encode(claims)}`;
  return `${signed}.${createHmac("sha256", secret).update(signed).digest("base64url")}`;
}

const reader = (authorization: string, key: string = CREDENTIALS.stellaProductionKey) =>
  new Client(running.sandbox.stella.url, { "x-api-key": key, authorization });
const Employees = z.object({
  employees: z.array(z.looseObject({ email: z.string() })),
  meta: z.object({ next_page: z.string().nullable() }),
});
const emailsOf = (answer: Awaited<ReturnType<Client["get"]>>) =>
  answer.as(Employees).employees.map(({ email }) => email);

test("a token is valid with and without Bearer, but not without iat, from yesterday, or with another secret", async () => {
  expect((await reader(token()).get("/v2/employees")).status).toBe(200);
  expect((await reader(`Bearer ${token()}`).get("/v2/employees")).status).toBe(200);
  const bad = [
    "",
    "x.y.z",
    token({}),
    token({ iat: Date.now() / 1000 - 86_400 }),
    token(undefined, "another"),
    token({ iat: "now" }),
  ];
  for (const authorization of bad) expect((await reader(authorization).get("/v2/employees")).status).toBe(403);
});

test("the test key cannot read, unless a switch allows it", async () => {
  const withTestKey = reader(token(), CREDENTIALS.stellaTestKey);
  expect((await withTestKey.get("/v2/data")).status).toBe(403);
  await withTestKey.post("/_sandbox/settings", { assumptions: { testKeyOpensReads: true } });
  expect((await withTestKey.get("/v2/data")).status).toBe(200);
});

test("employees have no status, only the filter shows who is active", async () => {
  const client = reader(token());
  expect(emailsOf(await client.get("/v2/employees?status=active"))).toEqual([
    "robin.roe@example.com",
    "sam.sample@example.com",
  ]);
  expect(emailsOf(await client.get("/v2/employees?status=pending%20review"))).toEqual(["kim.novice@example.com"]);
  expect(emailsOf(await client.get("/v2/employees?q=ROBIN"))).toEqual(["robin.roe@example.com"]);
  expect((await client.get("/v2/employees")).text).not.toContain('"status"');
});

test("each page of employees links to the next, up to the last", async () => {
  const client = reader(token());
  const emails: string[] = [];
  let path: string | null = "/v2/employees?number_of_employees=2";
  while (path !== null) {
    const answer: Awaited<ReturnType<Client["get"]>> = await client.get(path);
    emails.push(...emailsOf(answer));
    path = answer.as(Employees).meta.next_page?.replace(running.sandbox.stella.url, "") ?? null;
  }
  expect(emails).toEqual(["robin.roe@example.com", "sam.sample@example.com", "kim.novice@example.com"]);
});

test("an employee is found by address or custom id, an unknown one gets 404", async () => {
  const client = reader(token());
  expect((await client.get("/v2/employees/Robin.Roe%40example.com")).text).toContain("robin.roe@example.com");
  expect((await client.get("/v2/employees/-agent-Sam-Sample-0002")).text).toContain("sam.sample@example.com");
  expect((await client.get("/v2/employees/nobody%40example.com")).status).toBe(404);
});

test("/v2/data lists the production key's accepted requests with their answers, by sequence id", async () => {
  const Data = z.array(
    z.looseObject({ sequence_id: z.number(), ext_interaction_id: z.string(), answers: z.looseObject({}) }),
  );
  const request = (id: string, channel = "chat") => ({
    channel,
    customer: { name: "Dan", email: "dan.daly@example.net" },
    employee: { email: "robin.roe@example.com" },
    ext_interaction_id: id,
  });
  await running.production.post("/v1/requests", request("first"));
  await running.test.post("/v1/requests", request("of the test key"));
  await running.production.post("/v1/requests", request("refused", "fax"));
  await running.production.post("/v1/requests", request("second"));
  const [mail] = (await running.test.get("/_sandbox/outbox")).as(z.array(z.looseObject({ surveyUrl: z.string() })));
  await send(mail?.surveyUrl ?? "", { method: "POST", body: new URLSearchParams({ stars: "4" }) });

  const client = reader(token());
  const list = async (query: string) => (await client.get(`/v2/data${query}`)).as(Data);
  const all = await list("");
  expect(all.map((row) => row.ext_interaction_id)).toEqual(["first", "second"]);
  expect(JSON.stringify(all[0]?.answers)).toContain('"integer_value":4');
  expect((await list("?limit=1")).map((row) => row.ext_interaction_id)).toEqual(["first"]);
  expect((await list(`?after=${all[0]?.sequence_id}`)).map((row) => row.ext_interaction_id)).toEqual(["second"]);
  expect(await list("?created_at_gte=2999-01-01T00:00:00Z")).toEqual([]);
  expect((await list("?responded_at_gte=2020-01-01T00:00:00Z")).map((row) => row.ext_interaction_id)).toEqual([
    "first",
  ]);
  expect((await client.get("/v2/data?created_at_gte=yesterday")).status).toBe(400);
});

test("the 101st read of a minute gets 429", async () => {
  const client = reader(token());
  const statuses: number[] = [];
  for (let count = 0; count < 202; count += 1) statuses.push((await client.get("/v2/data")).status);
  expect(statuses[0]).toBe(200);
  expect(statuses).toContain(429);
});
