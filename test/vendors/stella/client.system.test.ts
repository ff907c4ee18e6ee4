import type { IncomingHttpHeaders, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { StellaClient } from "../../../src/vendors/stella/client";
import { StellaReader } from "../../../src/vendors/stella/data";
import { StellaReadFailed, signToken } from "../../../src/vendors/stella/read";
import { type Loopback, loopback } from "../../support/loopback";

let server: Loopback;
let url: string;
let seen: { method: string | undefined; url: string | undefined; headers: IncomingHttpHeaders; body: string }[];
let answer: (response: ServerResponse) => void;

beforeEach(async () => {
  seen = [];
  answer = (response) => response.end("{}");
  server = await loopback(async (request, response) => {
    seen.push({ method: request.method, url: request.url, headers: request.headers, body: await text(request) });
    answer(response);
  });
  url = server.url;
});

afterEach(() => server.close());

test("a survey request carries the key in x-api-key", async () => {
  const body = { channel: "chat", ext_interaction_id: "c1" };
  expect(await new StellaClient({ baseUrl: `${url}/` }).request("the-key", body)).toEqual({
    kind: "accepted",
    status: 200,
  });
  expect(seen).toMatchObject([{ method: "POST", url: "/v1/requests", headers: { "x-api-key": "the-key" } }]);
  expect(JSON.parse(seen[0]?.body ?? "")).toEqual(body);
});

test("a forwarded event carries the key like Gladly's events, and unchanged bytes", async () => {
  await new StellaClient({ baseUrl: url }).forward("the-key", ' {"type" : "CONVERSATION/CLOSED"}\n');
  const authorization = `Basic ${Buffer.from("connect:the-key").toString("base64")}`;
  expect(seen).toMatchObject([{ url: "/v1/webhooks/gladly", headers: { authorization } }]);
  expect(seen[0]?.body).toBe(' {"type" : "CONVERSATION/CLOSED"}\n');
});

test("no answer within the time limit is ambiguous", async () => {
  answer = () => undefined;
  const client = new StellaClient({ baseUrl: url, timeout: 50 });
  expect(await client.request("key", { channel: "chat" })).toMatchObject({ kind: "ambiguous" });
});

test("a connection cut before the answer is ambiguous, a cut after the status counts as that status", async () => {
  const client = new StellaClient({ baseUrl: url });
  answer = (response) => response.socket?.destroy();
  expect(await client.request("key", { channel: "chat" })).toMatchObject({ kind: "ambiguous" });
  answer = (response) => {
    response.writeHead(200, { "content-length": 1000 });
    response.write("{", () => response.socket?.destroy());
  };
  expect(await client.request("key", { channel: "chat" })).toEqual({ kind: "accepted", status: 200 });
});

test("without a listener the request was not sent", async () => {
  await server.close();
  expect(await new StellaClient({ baseUrl: url }).request("key", { channel: "chat" })).toMatchObject({
    kind: "unavailable",
  });
});

const query = { respondedFrom: new Date(0), respondedTo: new Date(1000), after: 7 };
const key = { apiKey: "the-key", apiSecret: "the-secret" };

test("answers are read with key, token, window and place", async () => {
  answer = (response) => response.end(JSON.stringify([{ uuid: "u", sequence_id: 8, more: true }]));
  expect(await new StellaReader({ baseUrl: url }).feedback(key, query, 100.9)).toMatchObject([
    { uuid: "u", sequence_id: 8 },
  ]);
  expect(seen[0]?.headers).toMatchObject({ "x-api-key": "the-key", authorization: signToken("the-secret", 100) });
  expect(Object.fromEntries(new URL(seen[0]?.url ?? "", url).searchParams)).toEqual({
    responded_at_gte: "1970-01-01T00:00:00.000Z",
    responded_at_lte: "1970-01-01T00:00:01.000Z",
    after: "7",
    limit: "1000",
  });
});

test.each<[string, (response: ServerResponse) => void, string]>([
  ["a refusal", (response) => response.writeHead(403).end(), "Stella answered 403"],
  ["another shape", (response) => response.end('{"feedbacks":[]}'), "is not understood"],
  ["no JSON", (response) => response.end("<html>"), "is not JSON"],
  ["no answer", (response) => response.socket?.destroy(), "cannot be reached"],
])("the error for %s is named and has no key", async (_case, given, message) => {
  answer = given;
  const error: unknown = await new StellaReader({ baseUrl: url })
    .feedback(key, query, 100)
    .catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(StellaReadFailed);
  expect(String(error)).toContain(message);
  expect(String(error)).not.toMatch(/the-key|the-secret/);
});
