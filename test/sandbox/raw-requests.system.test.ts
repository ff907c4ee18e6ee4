/** Sends arbitrary bytes to both ports of the sandbox: it keeps running, answers valid HTTP, and keeps its records. */
import fc from "fast-check";
import { ending, rawBytes, sendRaw } from "../relay/support/raw-requests";
import { type Running, run } from "./support";

/** Number of connections. Set `FUZZ=100000` for a long run. */
const RUNS = Number(process.env.FUZZ ?? 500);
const AT_ONCE = 25;

let running: Running;

beforeAll(async () => {
  running = await run();
});

const portOf = (which: "gladly" | "stella") => Number(new URL(running.sandbox[which].url).port);

test(`after ${RUNS} connections with arbitrary bytes both ports still answer, and no record has changed`, async () => {
  const before = (await running.gladly.get("/_sandbox/state")).text;
  const groups = fc.array(fc.tuple(fc.constantFrom("gladly", "stella"), rawBytes, ending), {
    minLength: AT_ONCE,
    maxLength: AT_ONCE,
  });
  await fc.assert(
    fc.asyncProperty(groups, async (list) => {
      const answers = await Promise.all(list.map(([which, bytes, how]) => sendRaw(portOf(which), bytes, how)));
      for (const answer of answers) if (answer !== "") expect(answer).toMatch(/^HTTP\/1\.1 (?!5)\d{3} /);
    }),
    { numRuns: Math.ceil(RUNS / AT_ONCE), endOnFailure: true },
  );
  expect((await running.gladly.get("/_sandbox/state")).text).toBe(before);
  expect((await running.test.get("/_sandbox/requests")).text).toBe("[]");
});

test.each([
  ["GET // HTTP/1.1\r\nhost: x\r\n\r\n", 401],
  ["GET //[ HTTP/1.1\r\nhost: x\r\n\r\n", 401],
  ["GET http://[ HTTP/1.1\r\nhost: x\r\n\r\n", 400],
  ["GET nonsense HTTP/1.1\r\nhost: x\r\n\r\n", 400],
  ["GET / HTTP/1.1\r\nhost: a\r\nhost: b\r\n\r\n", 400],
  ["CONNECT a:1 HTTP/1.1\r\nhost: a:1\r\n\r\n", 405],
])("%j is answered %i", async (bytes, status) => {
  expect(await sendRaw(portOf("gladly"), Buffer.from(bytes))).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
});
