import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { PreviewSummary } from "../../../src/features/preview/summary";
import { kindsFor } from "./day";
import { PreviewSetup } from "./setup";

const CLOSES = 12;

const Journal = z.array(z.object({ number: z.number(), path: z.string() }));

let setup: PreviewSetup;
let cache: string;

beforeAll(async () => {
  setup = await PreviewSetup.start();
  setup.write({});
  setup.commitAll();
  for (const kind of kindsFor(CLOSES)) await setup.day.close(kind);
  cache = join(setup.root, "homes", "sandbox", "preview.jsonl");
});

afterAll(() => setup.end());

const json = (text: string) => PreviewSummary.parse(JSON.parse(text));

/** The number of reads of conversations and customers, which count for Gladly's rate limit. */
async function readsSince(number: number) {
  const entries = Journal.parse(await setup.day.look("gladly", `journal?after=${number}`));
  return entries.filter(({ path }) => /conversations|customer-profiles/.test(path));
}

async function lastEntry(): Promise<number> {
  return Journal.parse(await setup.day.look("gladly", "journal")).at(-1)?.number ?? 0;
}

test("an unchanged environment is compared with HEAD, and every close has the same result", async () => {
  const { code, terminal } = await setup.preview([]);
  expect({ code, err: terminal.printed.err }).toMatchObject({ code: 0 });
  expect(terminal.printed.out).toMatch(
    /^Preview of sandbox: of 12 closes in 24 hours \d+ would be surveys, all to the test address/,
  );
  expect(terminal.printed.out.replace(/\s+/g, " ")).toMatch(
    /Compared with `HEAD` \([0-9a-f]{12}\), every close ends the same\./,
  );
});

test("reads are estimated first, and no output has a customer's address or name", async () => {
  for (const format of ["terminal", "markdown", "json", "github"]) {
    const { terminal } = await setup.preview(["--format", format]);
    expect(terminal.printed.err).toContain(
      `${CLOSES} closes to read. At most ${2 * CLOSES} reads at 100 a second: about 1 s.`,
    );
    expect(terminal.printed.out + terminal.printed.err).not.toMatch(/example\.net|Customer \d|customer-\d/);
  }
});

test("a stopped preview keeps its reads in a private file without addresses, and the next one continues there", async () => {
  const stop = new AbortController();
  // The stop comes after the first conversation's customer is read.
  const slow = { effect: { kind: "latency", milliseconds: 60_000 }, path: "/api/v1/customer-profiles/customer-1" };
  await setup.day.control("faults", slow);
  const running = setup.preview([], stop.signal);
  await setup.until(async () => setup.keptLines(cache) > 2);
  stop.abort();
  const { code, terminal } = await running;
  await setup.day.settings();
  expect(code).toBe(1);
  const kept = setup.keptLines(cache);
  expect(terminal.printed.err).toContain(`stopped; nothing was sent. ${kept} of 12 closes read and kept in ${cache}`);
  expect(statSync(cache).mode & 0o777).toBe(0o600);
  expect(readFileSync(cache, "utf8")).not.toMatch(/@|example|Customer \d|customer-\d/);

  const before = await lastEntry();
  const resumed = await setup.preview(["--json"]);
  expect(resumed.terminal.printed.err).toContain(`Read before, in ${cache}: ${kept}; --fresh reads them again.`);
  const whole = await readsSince(before);
  expect(new Set(whole.filter(({ path }) => path.includes("/conversations/")).map(({ path }) => path)).size).toBe(
    CLOSES - kept,
  );
  expect(() => statSync(cache)).toThrow("ENOENT");
  const fresh = await setup.preview(["--json"]);
  expect({ ...json(resumed.terminal.printed.out), window: 0 }).toEqual({
    ...json(fresh.terminal.printed.out),
    window: 0,
  });
});

test("when Gladly fails midway the error says what is kept, and --fresh reads everything again", async () => {
  await setup.day.control("faults", {
    effect: { kind: "status", status: 403 },
    path: "/api/v1/customer-profiles/customer-1",
  });
  const { code, terminal } = await setup.preview([]);
  await setup.day.settings();
  expect(code).toBe(1);
  expect(terminal.printed.err).toMatch(
    /Gladly answered 403 to GET .*\d+ of 12 closes read and kept in .*the same command continues/,
  );
  const again = await setup.preview(["--fresh"]);
  expect(again.code).toBe(0);
  expect(again.terminal.printed.err).not.toContain("Read before");
});

test("a file that is not from a preview is never overwritten", async () => {
  const path = join(setup.root, "precious.txt");
  writeFileSync(path, "precious\n");
  const { code, terminal } = await setup.preview(["--cache", path]);
  expect(code).toBe(1);
  expect(terminal.printed.err).toContain(`${path} was not written by \`relay preview\``);
  expect(readFileSync(path, "utf8")).toBe("precious\n");
});

test("a sample is labelled as one, and its scaled numbers as estimates", async () => {
  const { terminal } = await setup.preview(["--limit", "5", "--json"]);
  const sampled = json(terminal.printed.out);
  expect(sampled).toMatchObject({ closes: 5, sample: { closes: 5, of: CLOSES } });
  const output = (await setup.preview(["--limit", "5"])).terminal.printed.out.replace(/\s+/g, " ");
  expect(output).toContain("A sample: only the newest 5 close events of 12 were looked at");
  expect(output).toContain(": an estimate.");
});

test("without the secret for Stella's list, profiles are not checked, with the reason", async () => {
  setup.home.secret("stella-api-secret", "");
  const { code, terminal } = await setup.preview([]);
  setup.restoreApiSecret();
  expect(code).toBe(0);
  expect(terminal.printed.out.replace(/\s+/g, " ")).toMatch(/was not checked .*stella-api-secret is empty/);
});

test.each([
  [["--rate", "0"], "--rate takes a whole number from 1 to 100"],
  [["--limit", "many"], "--limit takes a whole number from 1 to 1,000,000"],
  [["--format", "pdf"], "--format takes one of: terminal, markdown, json, github"],
  [["--base", "nowhere"], "--base nowhere: git knows no such commit"],
  [["--base=--output=x"], "git knows no such commit"],
])("%j is reported before any read of Gladly", async (options, message) => {
  const before = await lastEntry();
  const { code, terminal } = await setup.preview(options);
  expect(code).toBe(1);
  expect(terminal.printed.err).toContain(message);
  expect(await lastEntry()).toBe(before);
});
