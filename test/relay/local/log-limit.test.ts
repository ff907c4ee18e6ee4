import { LogLimit } from "../../../src/relay/local/log-limit";
import type { Log } from "../../../src/relay/ports";

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test("a flood of one kind of line is cut to one line a second, with the number of lines", () => {
  const lines: Parameters<Log>[] = [];
  const limit = new LogLimit((...line) => lines.push(line));
  for (let refusal = 0; refusal < 5000; refusal += 1) {
    limit.log("warn", "ingest.refused", { source: String(refusal) });
    if (refusal % 1000 === 999) jest.advanceTimersByTime(1000);
  }
  expect(lines).toEqual([
    ["warn", "ingest.refused", { source: "0" }],
    ["warn", "ingest.refused", { source: "999", count: 999 }],
    ["warn", "ingest.refused", { source: "1999", count: 1000 }],
    ["warn", "ingest.refused", { source: "2999", count: 1000 }],
    ["warn", "ingest.refused", { source: "3999", count: 1000 }],
    ["warn", "ingest.refused", { source: "4999", count: 1000 }],
  ]);
});

test("the limit applies to each kind separately, and held-back lines are written at the end", () => {
  const lines: Parameters<Log>[] = [];
  const limit = new LogLimit((...line) => lines.push(line));
  limit.log("warn", "ingest.refused");
  limit.log("error", "ingest.unavailable", { part: "store" });
  limit.log("error", "ingest.unavailable", { part: "store" });
  limit.close();
  expect(lines.map(([, event, fields]) => [event, fields?.count])).toEqual([
    ["ingest.refused", undefined],
    ["ingest.unavailable", undefined],
    ["ingest.unavailable", 1],
  ]);
  jest.advanceTimersByTime(5000);
  expect(lines).toHaveLength(3);
});
