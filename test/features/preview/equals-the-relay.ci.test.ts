/**
 * Compares a preview, close by close, with the results of the real relay and the sandbox's Gladly and Stella.
 * `PREVIEW_CLOSES=5000 npx jest test/features/preview/equals` is a long run.
 */
import { z } from "zod";
import { PreviewSummary } from "../../../src/features/preview/summary";
import { BOTS, KINDS, kindsFor } from "./day";
import { outcomeOf, PreviewSetup, tallied } from "./setup";

const CLOSES = Number(process.env.PREVIEW_CLOSES ?? 200);

jest.setTimeout(1_200_000 + CLOSES * 1000);

let setup: PreviewSetup;

beforeEach(async () => {
  setup = await PreviewSetup.start();
});

afterEach(() => setup.end());

const POLICY = { bots: BOTS, channels: { VOICEMAIL: null } };

test("a preview of a day's closes equals the relay's results, by reason and number, and sends nothing", async () => {
  const live = { surveyMode: "production", policy: POLICY } as const;
  setup.write({ surveyMode: "test", policy: POLICY });
  setup.commitAll();
  setup.write(live);
  await setup.serve(live);
  // The relay stores events and processes them after the preview.
  await setup.pause(true);
  for (const kind of kindsFor(CLOSES)) await setup.day.close(kind);
  const seen = { gladly: (await journal("gladly")).length, stella: (await journal("stella")).length };

  const { code, terminal } = await setup.preview(["--json"]);
  expect(terminal.printed.err).toContain(`${CLOSES.toLocaleString("en-US")} closes to read.`);
  expect(code).toBe(0);
  const preview = PreviewSummary.parse(JSON.parse(terminal.printed.out));

  const reads = (await journal("gladly")).slice(seen.gladly);
  expect(reads.filter(({ method, path }) => method !== "GET" && !path.startsWith("/_sandbox"))).toEqual([]);
  expect(reads.length).toBeGreaterThan(CLOSES);
  const asked = (await journal("stella")).slice(seen.stella);
  expect(asked.map(({ method, path }) => `${method} ${path.split("?")[0]}`)).toEqual(["GET /v2/employees"]);
  expect(await setup.day.look("stella", "requests")).toEqual([]);

  await setup.pause(false);
  await setup.worked();
  const done = (await setup.closures()).map(outcomeOf);
  expect(done).toHaveLength(CLOSES);
  expect(preview.closes).toBe(CLOSES);
  expect(tallied(preview.proposed.outcomes.flatMap(({ outcome, closes }) => Array(closes).fill(outcome)))).toEqual(
    tallied(done),
  );
  // Without every kind of close, equality would prove little.
  expect(Object.keys(tallied(done))).toEqual([
    "recorded do-not-send-topic",
    "refused no-active-profile",
    "skipped agent-is-bot",
    "skipped channel-left-out",
    "skipped conversation-gone",
    "skipped customer-gone",
    "skipped do-not-send-topic",
    "skipped no-agent",
    "skipped no-customer-email",
    "skipped reopened",
    "survey-to-customer eligible",
    "tried-again agent-unknown",
  ]);
  const outbox = z.array(z.object({ to: z.string() })).parse(await setup.day.look("stella", "outbox"));
  expect(preview.proposed.surveys).toBe(outbox.length);
  expect(preview.proposed.customers).toBe(new Set(outbox.map(({ to }) => to)).size);
  expect(preview.proposed.customers).toBeLessThan(preview.proposed.surveys);
  expect(preview.changes).toEqual([
    {
      from: { kind: "survey-to-test-address", reason: "eligible" },
      to: { kind: "survey-to-customer", reason: "eligible" },
      closes: preview.proposed.surveys,
    },
  ]);
  const refusals = done.filter(({ kind }) => kind === "refused").length;
  expect(preview.profiles).toMatchObject({ checked: true });
  if (preview.profiles.checked) {
    expect(new Set(preview.profiles.notActive.map(({ agent }) => agent))).toEqual(
      new Set(["Nora Novice", "Fred Former", "Una Unknown"]),
    );
    expect(preview.profiles.notActive.reduce((sum, { closes }) => sum + closes, 0)).toBe(refusals);
  }
});

test("a day has closes of every kind", () => {
  expect(new Set(kindsFor(CLOSES))).toEqual(new Set(KINDS));
});

async function journal(server: "gladly" | "stella") {
  const entry = z.object({ method: z.string(), path: z.string() });
  return z.array(entry).parse(await setup.day.look(server, "journal"));
}
