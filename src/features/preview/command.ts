/** `relay preview`: what a change would have meant for the real closes of the last 24 hours; sends nothing. */
import { type Command, EXIT, type Invocation, stringOption, type Terminal, wholeNumberOption } from "../../cli/command";
import { REPORT_HELP, REPORT_OPTIONS, reportFormat, writeReport } from "../../cli/write-report";
import { environmentsFolder } from "../../contract/locations";
import { findEnvironment } from "../shared/open-relay";
import type { PreviewSummary } from "./summary";

/** Half of what Gladly allows an organization by default. The relay and other integrations need the rest. */
const REQUESTS_PER_SECOND = 5;

export const command: Command = {
  summary: "shows what a change would mean for customers, from real closes of 24 hours; sends nothing",
  usage: "<environment> [--base <git ref>] [--limit <n>] [--format <name>] [--out <file>]",
  help: `
Reads the closes of the last 24 hours from Gladly and decides each one twice, as the relay would: with the environment at
a git ref, and with the environment in your working tree. Shows how many customers would have got a survey, who would not
and why, and what differs. It asks Stella Connect only which agents have an active profile. It sends nothing.

Options
  --base <git ref>  Branch, tag or commit to compare with. [where this branch left the default branch, else HEAD]
  --limit <n>       Only read the newest n closes.
  --rate <n>        Requests to Gladly per second. Gladly allows an organization 10 in all. [${REQUESTS_PER_SECOND}]
  --cache <file>    File that keeps what was read until the preview is done. [.relay/<environment>/preview.jsonl]
  --fresh           Read everything again. Ignore what a stopped preview kept.
${REPORT_HELP}

Each close takes two requests, so 5,000 closes take about half an hour. If you stop with Ctrl-C, the same command continues
from there.

Secrets: an environment on this machine uses its own secrets. For one on AWS set GLADLY_TOKEN, and STELLA_API_KEY and
STELLA_API_SECRET to check agents' profiles.

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
  const limit = wholeNumberOption(invocation, "limit", 1_000_000);
  const requestsPerSecond = wholeNumberOption(invocation, "rate", 100) ?? REQUESTS_PER_SECOND;
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
