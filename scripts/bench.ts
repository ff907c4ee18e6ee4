/**
 * `npm run bench`: measures the project on this machine and compares each figure with an alternative and with its limit.
 * Nothing passes or fails here, because figures depend on the machine. Run it on an idle one.
 *
 *   npm run bench -- [--only <group>[,<group>]] [--before <folder>] [--json] [--write]
 *
 * `--before` names a checkout of an older version, with its packages: its commands are measured in turns with the present ones.
 * `--write` writes the results to docs/performance.md.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir, totalmem } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { bundleFunctions } from "../src/deploy/build/bundle-functions";
import { acknowledgeRows } from "./bench/acknowledge";
import { quickRows, tourRows } from "./bench/commands";
import { conversationRows } from "./bench/conversations";
import { costRows } from "./bench/cost";
import { growthRows, linear } from "./bench/growth";
import { providerStartRows, topicPlanRows } from "./bench/provider";
import { reviewRows } from "./bench/review";
import { markdown, type Row, text } from "./bench/rows";
import { synthRows } from "./bench/synth";

const root = resolve(__dirname, "..");
const CHANGES = [100, 1000, 5000];
const CLOSES = [1000, 10_000, 100_000];
const TOPICS = [5, 50, 500];
const CONVERSATIONS = [50, 500, 5000];

const GROUPS: Readonly<Record<string, (before?: string) => Promise<readonly Row[]>>> = {
  acknowledge: () => acknowledgeRows(3),
  provider: async () => {
    const rows = [...(await providerStartRows(15)), ...(await topicPlanRows(3, TOPICS))];
    return [...rows, linear(rows, (size) => `${size} topics`, TOPICS)];
  },
  review: async () => {
    const rows = await reviewRows(3, CHANGES);
    return [...rows, linear(rows, (size) => `${size} changes, CPU`, CHANGES)];
  },
  synth: () => synthRows(5),
  commands: async (before) => [...(await quickRows(9, before)), ...(await tourRows(2, before))],
  growth: async () => {
    const rows = [...(await growthRows(3, CLOSES)), ...(await conversationRows(CONVERSATIONS))];
    return [
      ...rows,
      linear(rows, (size) => `opening a ledger of ${size} closes`, CLOSES),
      linear(rows, (size) => `relay explain, ${size} closes`, CLOSES),
      linear(rows, (size) => `relay preview, ${size} conversations`, CONVERSATIONS),
    ];
  },
  functions: bundleRows,
  cost: () => costRows([1000, 30_000, 1_000_000]),
};

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      only: { type: "string" },
      before: { type: "string" },
      json: { type: "boolean" },
      write: { type: "boolean" },
    },
  });
  const wanted = values.only?.split(",") ?? Object.keys(GROUPS);
  const rows: Row[] = [];
  for (const name of wanted) {
    const measure = GROUPS[name];
    if (measure === undefined) throw new Error(`there is no group ${name}, only ${Object.keys(GROUPS).join(", ")}`);
    process.stderr.write(`measuring ${name} …\n`);
    const found = await measure(values.before);
    rows.push(...found);
    process.stderr.write(`${text(found)}\n`);
  }
  if (values.json) process.stdout.write(`${JSON.stringify({ machine: machine(), rows }, undefined, 2)}\n`);
  if (values.write) writeFileSync(join(root, "docs/performance.md"), page(rows));
}

const machine = () =>
  `${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB, Node.js ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}`;

const page = (rows: readonly Row[]) => `# Performance

\`npm run bench -- --write\` makes this page. Each figure is the median of several runs, with the lowest and the highest, beside
what you would pick instead and beside what bounds it. Measured on: ${machine()}. Your figures will differ; the ratios should
not by much.

${markdown(rows)}`;

const LIMITS: Readonly<Record<string, number>> = { ingest: 34, worker: 130, watchdog: 115 };

async function bundleRows(): Promise<readonly Row[]> {
  const out = mkdtempSync(join(tmpdir(), "bench-"));
  try {
    return (await bundleFunctions(root, out)).map(({ name, zippedBytes }): Row => {
      const limit = LIMITS[name] ?? Number.NaN;
      return {
        ...{ group: "The functions, zipped", what: name, unit: "KB", samples: [zippedBytes / 1024] },
        goal: { words: `under ${limit} KB`, met: zippedBytes / 1024 < limit },
      };
    });
  } finally {
    rmSync(out, { recursive: true });
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
