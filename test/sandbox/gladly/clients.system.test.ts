/** Requests as clients of the real service write them. */
import { request } from "node:http";
import { basic, CREDENTIALS, type Running, run, send } from "../support";

let running: Running;

beforeAll(async () => {
  running = await run();
});

afterAll(() => running.sandbox.close());

const authorization = basic(CREDENTIALS.gladlyUser, CREDENTIALS.gladlyToken);

test.each([
  [
    "as axios does",
    { accept: "application/json, text/plain, */*", "content-type": "application/json", "user-agent": "axios/1.7.2" },
  ],
  ["without Accept or content type", {}],
  ["with a charset", { "content-type": "application/json; charset=utf-8", accept: "*/*" }],
])("a create %s is understood", async (_how, headers) => {
  const body = JSON.stringify({ name: `Topic ${Math.random()}` });
  const answer = await send(`${running.sandbox.gladly.url}/api/v1/topics`, {
    method: "POST",
    body,
    headers: { ...headers, authorization },
  });
  expect(answer.status).toBe(201);
});

test.each(["?", "?cache=1", "?a=b&c=%20"])("a trailing query %s is no matter", async (query) => {
  const answer = await send(`${running.sandbox.gladly.url}/api/v1/agents${query}`, { headers: { authorization } });
  expect(answer.status).toBe(200);
});

test("the limit and what is left of it are in every answer", async () => {
  await running.gladly.post("/_sandbox/settings", { rateLimit: { buckets: "per-method" } });
  const answer = await running.gladly.get("/api/v1/agents");
  expect(answer.headers.get("Ratelimit-Limit-Second")).toBe("10");
  expect(Number(answer.headers.get("Ratelimit-Remaining-Second"))).toBeLessThan(10);
  await running.gladly.post("/_sandbox/settings", { rateLimit: { buckets: "off" } });
});

test("a lower-case scheme and a token with a colon pass, a body sent in pieces is read", async () => {
  const answer = await new Promise<number | undefined>((resolve, reject) => {
    const headers = { authorization: authorization.replace("Basic", "basic") };
    const call = request(`${running.sandbox.gladly.url}/api/v1/topics`, { method: "POST", headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    call.on("error", reject);
    call.write('{"name":');
    setImmediate(() => call.end('"In pieces"}'));
  });
  expect(answer).toBe(201);
});

test.each(["", "[]", "null", "not json", '"text"'])(
  "the body %j is refused as a 400, never as a defect",
  async (body) => {
    const answer = await running.gladly.call("POST", "/api/v1/topics", body);
    expect(answer.status).toBe(400);
  },
);

test("a body of more than two megabytes is refused", async () => {
  const body = JSON.stringify({ name: "x".repeat(3_000_000) });
  const status = await running.gladly.call("POST", "/api/v1/topics", body).then(
    (answer) => answer.status,
    // The connection may be gone before the client has written everything.
    () => 413,
  );
  expect(status).toBe(413);
});
