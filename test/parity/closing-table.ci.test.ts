/**
 * Checks the table of docs/which-closes-get-a-survey.md: performs each row's close in three sandboxes, and compares the
 * results with the page's text.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Reason } from "../../src/relay/reasons";
import type { Closure } from "../../src/relay/record";
import { type Delivery, type Policy, Side, type SideOptions } from "./side";
import { COMPANY, OTHER_AGENT, WAYS } from "./ways-to-close";

const PAGE = readFileSync(join(__dirname, "..", "..", "docs", "which-closes-get-a-survey.md"), "utf8");

interface Row {
  readonly closed: string;
  readonly cells: Readonly<Record<Delivery, string>>;
  readonly settings: readonly (readonly [name: string, value: unknown])[];
}

const ROWS: readonly Row[] = (PAGE.split(/^## /m)[1] ?? "")
  .split("\n")
  .filter((line) => /^\| (?!closed \||---)/.test(line))
  .map((line) => {
    const [closed = "", direct = "", forward = "", enrich = "", leave = ""] = line
      .slice(1, -1)
      .split("|")
      .map((cell) => cell.trim());
    const settings = [...leave.matchAll(/`([\w.]+): ([^`]+)`/g)].map(
      ([, name = "", value = ""]) => [name, JSON.parse(value)] as const,
    );
    return { closed, cells: { direct, forward, enrich }, settings };
  });

type Meaning = (scenario: string, before: Meaning) => string | undefined;
const always = (outcome: string) => () => outcome;
const unless =
  (...without: readonly string[]) =>
  (scenario: string) =>
    without.includes(scenario) ? "no survey" : "survey";

/**
 * The meaning of the page's texts for each scenario of a row. Undefined: the text says nothing about the scenario. `before`
 * is the cell to the left, for "the same".
 */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  survey: always("survey"),
  "survey about the assigned agent": always("survey"),
  "the same": (scenario, before) => before(scenario, before),
  "Stella refuses it": always("Stella refuses it"),
  "skipped: `no-agent`": always("skipped: `no-agent`"),
  "survey, if an agent is assigned": unless("nobody"),
  "survey, if an agent is assigned and the customer still exists": unless("nobody", "gone"),
  "the same; if not found: `conversation-gone` after three reads": (scenario, before) =>
    scenario === "gone" ? "skipped: `conversation-gone` after 3 looks" : before(scenario, before),
  "reported to Stella without a survey": (scenario) =>
    scenario === "reported" ? "reported to Stella without a survey" : undefined,
  "the same; without an address or agent it is skipped": (scenario, before) =>
    scenario === "reported" ? before(scenario, before) : "skipped: `do-not-send-topic`",
  "survey about the bot, if it has a profile": unless("no profile"),
  "each close gets a survey": (scenario) => (scenario === "twice" ? "survey, survey" : undefined),
  "the same, but a close is skipped if a newer one arrives before its survey is sent": (scenario, before) =>
    scenario === "overtaken" ? "skipped: `superseded`" : before(scenario, before),
  "depends on Stella": () => undefined,
  "skipped: `reopened`; the next close counts": always("skipped: `reopened`, survey"),
  "never surveyed": always("no survey"),
  "fetched from Gladly's history, up to 24 hours": always("survey"),
};

/** The reason in the ledger of a close that a setting excludes. */
const LEFT_OUT: Readonly<Record<string, Reason>> = {
  "exclude.closedBy": "excluded-closer",
  "exclude.withoutAgentMessage": "no-agent-message",
  "exclude.startedByAgent": "started-by-agent",
  "exclude.topics": "excluded-topic",
  "exclude.inboxes": "excluded-inbox",
  "exclude.customerSilentDays": "customer-silent",
  bots: "agent-is-bot",
  oncePerConversation: "already-surveyed",
  delay: "reopened",
};

/** By row and scenario. */
type Observed = ReadonlyMap<string, { readonly outcome: string; readonly reasons: readonly unknown[] }>;

test("the table and the test have the same rows", () => {
  expect(ROWS.map(({ closed }) => closed).sort()).toEqual(Object.keys(WAYS).sort());
});

describe("with the default policy", () => {
  const observed = new Map<Delivery, Observed>();

  beforeAll(async () => {
    const deliveries = ["direct", "forward", "enrich"] as const;
    const all = await Promise.all(deliveries.map((delivery) => played({ delivery }, Object.keys(WAYS))));
    for (const [index, delivery] of deliveries.entries()) observed.set(delivery, all[index] ?? new Map());
  });

  test.each(ROWS.map((row) => [row.closed, row] as const))("%s: has the page's result", (closed, { cells }) => {
    let before: Meaning = () => undefined;
    for (const delivery of ["direct", "forward", "enrich"] as const) {
      const left = before;
      const words = meaningOf(cells[delivery]);
      const meaning: Meaning = (scenario) => words(scenario, left);
      before = meaning;
      for (const scenario of Object.keys(WAYS[closed] ?? {})) {
        const expected = meaning(scenario, left);
        if (expected === undefined) continue;
        const { outcome } = observed.get(delivery)?.get(`${closed}: ${scenario}`) ?? {};
        const matches = expected === "no survey" ? outcome !== undefined && !outcome.includes("survey") : false;
        expect({ delivery, scenario, outcome: matches ? expected : outcome }).toEqual({
          ...{ delivery, scenario, outcome: expected },
        });
      }
    }
  });
});

describe.each(["forward", "enrich"] as const)("with the settings that exclude a close, %s", (delivery) => {
  const named = (row: Row) => row.settings.length > 0;
  const waits = ({ settings }: Row) => settings.some(([name]) => name === "delay");
  const observed = new Map<string, readonly unknown[]>();

  beforeAll(async () => {
    const groups = [ROWS.filter((row) => named(row) && !waits(row)), ROWS.filter(waits)];
    const all = await Promise.all(
      groups.map((rows) => {
        const policy = policyOf(rows);
        const closed = new Set(rows.map((row) => row.closed));
        return played(
          { delivery, policy },
          Object.keys(WAYS).filter((way) => closed.has(way)),
        );
      }),
    );
    for (const [key, { reasons }] of all.flatMap((one) => [...one])) observed.set(key, reasons);
  });

  test.each(ROWS.filter(named).map((row) => [row.closed, row] as const))("%s: is excluded", (closed, { settings }) => {
    const scenarios = Object.keys(WAYS[closed] ?? {});
    const reasons = scenarios.flatMap((scenario) => observed.get(`${closed}: ${scenario}`) ?? []);
    for (const [name] of settings)
      expect({ name, reasons }).toEqual({ name, reasons: expect.arrayContaining([LEFT_OUT[name]]) });
  });
});

function meaningOf(words: string): Meaning {
  const meaning = MEANINGS[words];
  if (meaning === undefined) throw new Error(`MEANINGS has no entry for the page's text “${words}”`);
  return meaning;
}

/** One policy with the settings of all these rows. Lists are joined. */
function policyOf(rows: readonly Row[]): Policy {
  const exclude = new Map<string, unknown>();
  const own = new Map<string, unknown>();
  for (const [name, value] of rows.flatMap(({ settings }) => settings)) {
    const [first = "", second] = name.split(".");
    const [map, key] = second === undefined ? [own, first] : [exclude, second];
    const known = map.get(key);
    const given = Array.isArray(value) ? value.map((one) => (one === "<agent id>" ? OTHER_AGENT : one)) : value;
    map.set(key, Array.isArray(known) && Array.isArray(given) ? [...known, ...given] : given);
  }
  return { ...Object.fromEntries(own), ...(exclude.size === 0 ? {} : { exclude: Object.fromEntries(exclude) }) };
}

async function played(options: SideOptions, ways: readonly string[]): Promise<Observed> {
  const side = await Side.start({ ...options, scenario: COMPANY });
  try {
    const ids = new Map<string, string>();
    const pure = new Map<string, string>();
    for (const way of ways) {
      for (const [scenario, play] of Object.entries(WAYS[way] ?? {})) {
        const key = `${way}: ${scenario}`;
        const id = `way-${ids.size}`;
        ids.set(key, id);
        const seen = await play(side, id);
        if (seen !== undefined) pure.set(key, seen);
      }
    }
    await side.settled();
    const [surveys, ledger] = [await side.surveys(), await side.closures()];
    const observed = new Map<string, { outcome: string; reasons: readonly unknown[] }>();
    for (const [key, id] of ids) {
      const closures = ledger.get(id) ?? [];
      const outcomes = [
        ...closures.filter(({ state }) => state === "skipped").map(skipped),
        ...(surveys.get(id) ?? []).map(({ status }) =>
          status.startsWith("Not sent") ? "reported to Stella without a survey" : "survey",
        ),
        ...(await side.refusals(id)).map(() => "Stella refuses it"),
      ];
      observed.set(key, {
        outcome: pure.get(key) ?? outcomes.join(", "),
        reasons: closures.map(({ reason }) => reason),
      });
    }
    return observed;
  } finally {
    await side.end();
  }
}

function skipped({ reason, finishes }: Closure): string {
  const looks = reason?.endsWith("-gone") ? ` after ${finishes} looks` : "";
  return `skipped: \`${reason}\`${looks}`;
}
