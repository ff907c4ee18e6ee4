/** Requests in the forms that clients of the real service send. */
import { request } from "node:http";
import { basic, CREDENTIALS, type Running, run, send } from "../support";

let running: Running;

beforeAll(async () => {
  running = await run();
});

const authorization = basic(CREDENTIALS.gladlyUser, CREDENTIALS.gladlyToken);

test.each([
  [
    "as axios does",
    { accept: "application/json, text/plain, */*", "content-type": "application/json", "user-agent": "axios/1.7.2" },
  ],
  ["without Accept or content type", {}],
  ["with a charset", { "content-type": "application/json; charset=utf-8", accept: "*/*" }],
])("a create %s is accepted", async (_how, headers) => {
  const body = JSON.stringify({ name: `Topic ${Math.random()}` });
  const answer = await send(`${running.sandbox.gladly.url}/api/v1/topics`, {
    method: "POST",
    body,
    headers: { ...headers, authorization },
  });
  expect(answer.status).toBe(201);
});

test.each(["?", "?cache=1", "?a=b&c=%20"])("a trailing query %s is ignored", async (query) => {
  const answer = await send(`${running.sandbox.gladly.url}/api/v1/agents${query}`, { headers: { authorization } });
  expect(answer.status).toBe(200);
});

test("every answer has the rate limit and the remaining requests", async () => {
  await running.gladly.post("/_sandbox/settings", { rateLimit: { buckets: "per-method" } });
  const answer = await running.gladly.get("/api/v1/agents");
  expect(answer.headers.get("Ratelimit-Limit-Second")).toBe("10");
  expect(Number(answer.headers.get("Ratelimit-Remaining-Second"))).toBeLessThan(10);
  await running.gladly.post("/_sandbox/settings", { rateLimit: { buckets: "off" } });
});

test("a lower-case scheme, a token with a colon and a chunked body are accepted", async () => {
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
  "the body %j is refused with 400, and is no internal error",
  async (body) => {
    const answer = await running.gladly.call("POST", "/api/v1/topics", body);
    expect(answer.status).toBe(400);
  },
);

test("a body of more than two megabytes is refused", async () => {
  const body = JSON.stringify({ name: "x".repeat(3_000_000) });
  const status = await running.gladly.call("POST", "/api/v1/topics", body).then(
    (answer) => answer.status,
    // The server may close the connection before the client has written everything.
    () => 413,
  );
  expect(status).toBe(413);
});
