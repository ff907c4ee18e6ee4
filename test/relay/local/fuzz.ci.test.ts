/** Sends arbitrary bodies and headers to the real server: it gives only the specified answers, and its memory does not grow. */
import { Agent, type IncomingMessage, type OutgoingHttpHeaders, request } from "node:http";
import fc from "fast-check";
import { RELAY_WEBHOOK_PATH } from "../../../src/contract/webhook-address";
import { openLocalStores } from "../../../src/relay/local/stores";
import { setPaused } from "../../../src/relay/pause";
import { closeEvent, PASSWORD, TestRelay } from "../support/test-relay";
import { Upstreams } from "../support/upstreams";

/** Number of deliveries. Set `FUZZ=100000` for a long run. */
const RUNS = Number(process.env.FUZZ ?? 2500);
const AT_ONCE = 25;
/** Largest growth of memory in bytes, for any number of deliveries: the caches of the store and of the test. */
const MOST_GROWTH = 128 * 1024 * 1024;

const right = `Basic ${Buffer.from(`connect:${PASSWORD}`).toString("base64")}`;
const event = JSON.parse(closeEvent("c1"));
const authorization = fc.oneof(
  { weight: 3, arbitrary: fc.constant(right) },
  { weight: 1, arbitrary: fc.string({ unit: "binary-ascii" }).map(printable) },
  { weight: 1, arbitrary: fc.base64String().map((text) => `Basic ${text}`) },
  { weight: 1, arbitrary: fc.constant(undefined) },
);
const body = fc.oneof(
  fc.uint8Array({ maxLength: 2000 }).map((bytes) => Buffer.from(bytes)),
  fc.json().map((text) => Buffer.from(text)),
  fc.string({ unit: "binary" }).map((text) => Buffer.from(text)),
  // Gladly's event with one part replaced by any value.
  fc.tuple(fc.constantFrom("id", "type", "timestamp", "initiator", "content"), fc.jsonValue()).map(([name, value]) => {
    return Buffer.from(JSON.stringify({ ...event, [name]: value }));
  }),
  fc.nat(120_000).map((length) => Buffer.alloc(length, "x")),
);
const headers = fc.dictionary(
  fc.stringMatching(/^x-[a-z]{1,20}$/),
  fc.string({ maxLength: 200, unit: "binary-ascii" }).map(printable),
  { maxKeys: 5 },
);

let upstreams: Upstreams;
let home: TestRelay;

beforeAll(async () => {
  upstreams = await Upstreams.start();
  home = new TestRelay(upstreams);
  home.configure({ delivery: "forward" });
});

afterAll(() => home.remove());

test(`${RUNS} arbitrary deliveries: 200 with the right credentials, otherwise 401, and no growth of memory`, async () => {
  // Accepted deliveries are only stored here. The next test processes them.
  const store = openLocalStores(home.path);
  await setPaused(store.ledger, true);
  const { url } = await home.serve();
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  const tally = new Map<number, number>();
  const deliveries = fc.array(fc.tuple(authorization, body, headers), { minLength: AT_ONCE, maxLength: AT_ONCE });
  let settledAt = 0;
  await fc.assert(
    fc.asyncProperty(deliveries, async (list) => {
      const statuses = await Promise.all(
        list.map(([credentials, bytes, extra]) => {
          const given = { ...extra, ...(credentials === undefined ? {} : { authorization: credentials }) };
          return send(`${url}${RELAY_WEBHOOK_PATH}`, bytes, given, agent);
        }),
      );
      for (const status of statuses) tally.set(status, (tally.get(status) ?? 0) + 1);
      expect(statuses).toEqual(list.map(([credentials]) => (credentials === right ? 200 : 401)));
      if (settledAt === 0 && total(tally) >= RUNS / 5) settledAt = process.memoryUsage().rss;
    }),
    { numRuns: Math.ceil(RUNS / AT_ONCE), endOnFailure: true },
  );
  expect(process.memoryUsage().rss - settledAt).toBeLessThan(MOST_GROWTH);
  agent.destroy();
  expect([...tally.keys()].sort()).toEqual([200, 401]);
  expect(store.queue.depth()).toMatchObject({ waiting: tally.get(200), parked: 0 });
  await setPaused(store.ledger, false);
  store.close();
});

test("the worker processes every one of them", async () => {
  upstreams.mood = 200;
  const store = openLocalStores(home.path);
  try {
    for (;;) {
      const { waiting, handedOut } = store.queue.depth();
      if (waiting + handedOut === 0) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(home.log.filter((line) => line.event === "work.failed")).toEqual([]);
  } finally {
    store.close();
  }
});

function send(url: string, bytes: Buffer, given: OutgoingHttpHeaders, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    const options = { method: "POST", agent, headers: { ...given, "content-length": bytes.length } };
    const sent = request(url, options, (response: IncomingMessage) => {
      response.resume();
      // Not "end": it never comes if the connection of a refused sender is reset right after the status.
      response.on("close", () => resolve(response.statusCode ?? 0));
    });
    // The server closes a refused sender's connection while it still writes, but after the answer.
    sent.on("error", (error) => setImmediate(() => reject(error)));
    sent.end(bytes);
  });
}

function total(tally: ReadonlyMap<number, number>): number {
  return [...tally.values()].reduce((sum, count) => sum + count, 0);
}

/** Removes control characters, which Node.js refuses to send in headers. */
function printable(text: string): string {
  return text.replace(/[^\t\x20-\x7e]/g, "");
}
