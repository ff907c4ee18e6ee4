/** Compares the sandbox's Gladly with its OpenAPI description: one generated test for each documented answer. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { basic, CREDENTIALS, Errors, Receiver, type Running, run, send } from "../support";
import { type Documented, documentedAnswers, faultsOf, keyOf } from "./description";
import { type DriveContext, drives } from "./drives";
import { contractReport } from "./report";

const documented = documentedAnswers();
const operations = [...new Map(documented.map((answer) => [answer.operationId, answer])).values()];
const exercised = new Set<string>();
const REPORT = join(__dirname, "..", "..", "..", "docs", "sandbox-contract.md");

let running: Running;
let context: DriveContext;

beforeAll(async () => {
  running = await run();
  await running.gladly.post("/_sandbox/settings", { webhookLimit: 1000 });
  let count = 0;
  context = {
    gladly: running.gladly,
    receiver: await Receiver.start(),
    unique: () => {
      count += 1;
      return count;
    },
  };
});

describe("every documented answer matches its description", () => {
  test.each(documented.map((answer) => [keyOf(answer), answer] as const))("%s", async (key, answer) => {
    const drive = drives[key];
    if (drive === undefined) throw new Error(`drives.ts has no drive for "${key}".`);
    const got = await drive(context);
    expect(got.status).toBe(answer.status);
    for (const header of answer.headers) expect(got.headers.get(header)).toBeTruthy();
    if (answer.status === 204 || answer.status === 201) expect(got.text).toBe("");
    if (answer.schema) {
      expect(got.headers.get("content-type")).toMatch(/^application\/json/);
      expect(faultsOf(answer.schema, JSON.parse(got.text))).toEqual([]);
    }
    if (answer.errors) expect(comparable(got.as(Errors).errors)).toEqual(comparable(answer.errors));
    exercised.add(key);
  });

  test("no drive is for an answer that is not documented", () => {
    const known = new Set(documented.map(keyOf));
    expect(Object.keys(drives).filter((key) => !known.has(key))).toEqual([]);
  });
});

describe("every operation", () => {
  const concrete = ({ path }: Documented) => path.replace(/\{[^}]+\}/g, "nothing");

  test.each(operations.map((operation) => [operation.operationId, operation] as const))(
    "%s is refused with 401 without the right token",
    async (_id, operation) => {
      const url = running.sandbox.gladly.url + concrete(operation);
      for (const authorization of [undefined, basic(CREDENTIALS.gladlyUser, "wrong"), "Bearer x", "Basic !"]) {
        const init = { method: operation.method, ...(authorization ? { headers: { authorization } } : {}) };
        expect((await send(url, init)).status).toBe(401);
      }
    },
  );

  test("is answered 429 with the documented headers when the organization's rate limit is exceeded", async () => {
    await running.gladly.post("/_sandbox/settings", { rateLimit: { perSecond: 1, buckets: "one" } });
    for (const operation of operations) {
      const burst = Array.from({ length: 8 }, () => running.gladly.call(operation.method, concrete(operation)));
      const answers = await Promise.all(burst);
      const refused = answers.filter(({ status }) => status === 429);
      expect(refused.length).toBeGreaterThan(0);
      for (const answer of answers) expect(answer.headers.get("Ratelimit-Limit-Second")).toBe("1");
      for (const answer of refused) expect(answer.headers.get("Ratelimit-Remaining-Second")).toBe("0");
    }
    await running.gladly.post("/_sandbox/settings", { rateLimit: { buckets: "off" } });
  });
});

test("the report in docs/ lists what was exercised", () => {
  const report = contractReport(documented, exercised);
  if (process.env.UPDATE_DOCS === "1") writeFileSync(REPORT, report);
  expect(readFileSync(REPORT, "utf8")).toBe(report);
});

/** Errors without the parts that change: ids in `meta`, and ids in brackets in the text. */
function comparable(errors: readonly Readonly<Record<string, unknown>>[]): unknown {
  return errors.map(({ attr, code, detail, meta }) => ({
    attr,
    code,
    detail: typeof detail === "string" ? detail.replace(/\[[^\]]*\]/g, "[…]") : detail,
    meta: typeof meta === "object" && meta !== null ? Object.keys(meta) : undefined,
  }));
}
