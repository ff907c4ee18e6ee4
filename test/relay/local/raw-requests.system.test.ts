/** Sends arbitrary bytes to both ports of a served relay: it keeps running, answers valid HTTP, and its memory does not grow. */
import fc from "fast-check";
import { ending, rawBytes, sendRaw } from "../support/raw-requests";
import { TestRelay } from "../support/test-relay";
import { Upstreams } from "../support/upstreams";

/** Number of connections. Set `FUZZ=100000` for a long run. */
const RUNS = Number(process.env.FUZZ ?? 500);
const AT_ONCE = 25;
/** Largest growth of memory in bytes, for any number of connections. */
const MOST_GROWTH = 96 * 1024 * 1024;

let upstreams: Upstreams;
let home: TestRelay;
let ports: readonly number[];

beforeAll(async () => {
  upstreams = await Upstreams.start();
  home = new TestRelay(upstreams);
  home.configure();
  const { url, operationsUrl } = await home.serve();
  ports = [url, operationsUrl].map((address) => Number(new URL(address).port));
});

afterAll(() => home.remove());

const portOf = (which: "webhook" | "operations") => ports[which === "webhook" ? 0 : 1] ?? 0;
const status = (answer: string) => Number(/^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1]);
const ask = async (which: "webhook" | "operations", text: string) =>
  status(await sendRaw(portOf(which), Buffer.from(text, "latin1")));

test(`after ${RUNS} connections with arbitrary bytes both ports still answer, nothing is stored, and memory has not grown`, async () => {
  const groups = fc.array(fc.tuple(fc.constantFrom("webhook", "operations"), rawBytes, ending), {
    minLength: AT_ONCE,
    maxLength: AT_ONCE,
  });
  const seen = new Map<number, number>();
  let settledAt = 0;
  let sent = 0;
  await fc.assert(
    fc.asyncProperty(groups, async (list) => {
      const answers = await Promise.all(list.map(([which, bytes, how]) => sendRaw(portOf(which), bytes, how)));
      sent += answers.length;
      for (const answer of answers) {
        if (answer === "") continue;
        expect(answer).toMatch(/^HTTP\/1\.1 \d{3} /);
        seen.set(status(answer), (seen.get(status(answer)) ?? 0) + 1);
      }
      if (settledAt === 0 && sent >= RUNS / 5) settledAt = process.memoryUsage().rss;
    }),
    { numRuns: Math.ceil(RUNS / AT_ONCE), endOnFailure: true },
  );
  expect(process.memoryUsage().rss - settledAt).toBeLessThan(MOST_GROWTH);
  // 100 requests the body, 417 and 431 come from Node.js, and 503 from health.
  expect([...seen.keys()].filter((code) => ![100, 200, 400, 401, 404, 405, 408, 417, 421, 431].includes(code))).toEqual(
    [],
  );
  expect(seen.get(400)).toBeGreaterThan(0);
  expect((await fetch(`${home.relay?.operationsUrl}/health`)).status).toBe(200);
  expect(await home.post("{}")).toBe(200);
  expect(await home.metrics()).toContain("relay_accepted_total 1\n");
}, 3_600_000);

test.each(["webhook", "operations"] as const)(
  "an invalid target is 400 on the %s port, or not found",
  async (which) => {
    for (const target of ["//", "//[", "/\\", "///"]) {
      expect(await ask(which, `GET ${target} HTTP/1.1\r\nhost: localhost\r\n\r\n`)).toBe(404);
    }
    for (const target of ["http://", "localhost:1", "http:///health", "x"]) {
      expect(await ask(which, `GET ${target} HTTP/1.1\r\nhost: localhost\r\n\r\n`)).toBe(400);
    }
  },
);

test("a target in absolute form is accepted, and its host overrides the header", async () => {
  expect(await ask("operations", "GET http://127.0.0.1/health HTTP/1.1\r\nhost: evil.example\r\n\r\n")).toBe(200);
  expect(await ask("operations", "GET http://evil.example/health HTTP/1.1\r\nhost: localhost\r\n\r\n")).toBe(421);
  const url = "http://relay.example/v1/webhooks/gladly";
  expect(await ask("webhook", `POST ${url} HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n`)).toBe(401);
});

test("another host name for this machine, as in DNS rebinding, is refused on the operations port", async () => {
  for (const host of ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "localhost.evil.example", ""]) {
    expect(await ask("operations", `GET /health HTTP/1.1\r\nhost: ${host}\r\n\r\n`)).toBe(421);
  }
  for (const host of ["localhost", "127.0.0.1:8081", "[::1]:1", "LOCALHOST"]) {
    expect(await ask("operations", `GET /health HTTP/1.1\r\nhost: ${host}\r\n\r\n`)).toBe(200);
  }
  expect(await ask("operations", "GET /health HTTP/1.1\r\nhost: localhost\r\nhost: evil\r\n\r\n")).toBe(400);
});

test("HEAD, OPTIONS * and CONNECT are answered", async () => {
  const head = await sendRaw(portOf("operations"), Buffer.from("HEAD /health HTTP/1.1\r\nhost: localhost\r\n\r\n"));
  expect(head).toMatch(/^HTTP\/1\.1 200 [\s\S]*\r\n\r\n$/);
  expect(await ask("operations", "OPTIONS * HTTP/1.1\r\nhost: localhost\r\n\r\n")).toBe(405);
  expect(await ask("webhook", "CONNECT a:1 HTTP/1.1\r\nhost: a:1\r\n\r\n")).toBe(405);
});
