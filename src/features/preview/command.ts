/** `relay preview`: yesterday's real closes through the present and the proposed configuration; sends nothing. */
import { type Command, CommandError, EXIT, type Invocation, stringOption, type Terminal } from "../../cli/command";
import { REPORT_HELP, REPORT_OPTIONS, reportFormat, writeReport } from "../../cli/write-report";
import { environmentsFolder } from "../../contract/locations";
import { findEnvironment } from "../shared/open-relay";
import type { PreviewSummary } from "./summary";

/** Half of what Gladly allows an organization by default: the relay and everybody else need the rest. */
const REQUESTS_PER_SECOND = 5;

export const command: Command = {
  summary: "what a change would mean for customers, by the closes of the last 24 hours; sends nothing",
  usage: "<environment> [--base <git ref>] [--limit <n>] [--format <name>] [--out <file>]",
  help: `
Reads the closes of the last 24 hours from Gladly and puts each through the relay's own decision: once with the
environment as it is at a git ref, once as it is in the work tree. Tells how many customers would have been surveyed, who
not and why, and what differs. Stella is asked only whose profile is active. Nothing is sent to anybody.

Options
  --base <git ref>  What to compare with: a branch, a tag, a commit. [where this branch left the default branch, else HEAD]
  --limit <n>       Look at the newest n closes only: a sample.
  --rate <n>        Requests a second to Gladly, which allows an organization 10 in all. [${REQUESTS_PER_SECOND}]
  --cache <file>    Where to keep what was read, until it is done. [preview.jsonl in the environment's folder of .relay]
  --fresh           Read everything again, though an earlier preview was stopped half-way.
${REPORT_HELP}

Two reads for each close take their time: 5,000 closes about half an hour. Ctrl-C keeps what was read, and the same command
goes on from there.

Secrets: on this machine those of the environment's folder; for one on AWS Gladly's token in GLADLY_TOKEN, and, to check
agents' profiles, STELLA_API_KEY and STELLA_API_SECRET.

Examples
  relay preview production
  relay preview production --base origin/main --json --out preview.json      for relay review --preview
  relay preview staging --limit 200
`,
  options: {
    ...REPORT_OPTIONS,
    base: { type: "string" },
    limit: { type: "string" },
    rate: { type: "string" },
    cache: { type: "string" },
    fresh: { type: "boolean" },
  },
  positionals: { min: 1, max: 1 },
  async run(invocation, terminal) {
    reportFormat(invocation);
    const { previewReport }: typeof import("./document") = require("./document");
    const { summary, done } = await preview(invocation, terminal);
    writeReport(previewReport(summary), invocation, terminal);
    done();
    return EXIT.ok;
  },
};

interface Previewed {
  readonly summary: PreviewSummary;
  /** To be called once it is written: what was kept is not needed any more. */
  readonly done: () => void;
}

async function preview(invocation: Invocation, terminal: Terminal): Promise<Previewed> {
  const limit = wholeNumber(invocation, "limit", 1_000_000);
  const requestsPerSecond = wholeNumber(invocation, "rate", 100) ?? REQUESTS_PER_SECOND;
  const environment = findEnvironment(invocation.positionals[0] ?? "", terminal);
  const { findBase }: typeof import("../shared/base-environment") = require("../shared/base-environment");
  const vendorAccess: typeof import("../shared/vendor-access") = require("../shared/vendor-access");
  const { readCloses }: typeof import("./gather-closes") = require("./gather-closes");
  const { lookUpPolicy, previewConfiguration }: typeof import("./configuration") = require("./configuration");
  const { summarize }: typeof import("./summarize") = require("./summarize");

  const found = findBase(environmentsFolder(terminal.env), environment.name, stringOption(invocation, "base"));
  if (found.kind === "missing" && found.detail !== undefined) terminal.err(`${found.detail}\n`);
  const base = found.kind === "found" ? found.base : undefined;
  const proposed = previewConfiguration(environment);
  const present = base && previewConfiguration(base.environment);
  const token = await vendorAccess.gladlyToken(environment, terminal.env);
  const profiles = await vendorAccess.readProfiles(environment, terminal.env);
  const read = await readCloses(
    {
      ...{ environment, token, requestsPerSecond, limit },
      policy: lookUpPolicy(proposed.policy, (present ?? proposed).policy),
      cache: stringOption(invocation, "cache"),
      fresh: invocation.values.fresh === true,
      clock: { now: Date.now },
    },
    terminal,
  );
  const summary = summarize({
    ...{ environment: environment.name, present, proposed },
    base: base === undefined ? null : { ref: base.ref, commit: base.commit },
    baseMissing: found.kind === "missing" ? found.why : null,
    window: { from: new Date(read.from).toISOString(), to: new Date(read.to).toISOString() },
    ...{ conversations: read.conversations, malformed: read.malformed, reopenedSince: read.reopenedSince },
    sample: read.sampledOf === undefined ? null : { closes: read.conversations.flat().length, of: read.sampledOf },
    vendorData: { ...read.names, profiles: profiles.kind === "read" ? profiles.profiles : undefined },
    notChecked: profiles.kind === "read" ? undefined : profiles.why,
  });
  return { summary, done: read.done };
}

function wholeNumber(invocation: Invocation, name: string, most: number): number | undefined {
  const given = stringOption(invocation, name);
  if (given === undefined) return undefined;
  const value = Number(given);
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new CommandError(`--${name} takes a whole number from 1 to ${most.toLocaleString("en-US")}, not "${given}".`);
}
