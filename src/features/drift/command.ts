/** `relay drift`: the world against the code, with causes. What it means is judged in src/features/drift. */
import { z } from "zod";
import { type Command, EXIT, stringOption, type Terminal } from "../../cli/command";
import { REPORT_HELP, REPORT_OPTIONS, reportFormat, writeReport } from "../../cli/write-report";
import type { Report } from "../../report/report";
import { lookForDrift } from "./gather";

/** By which a pipeline finds its issue or comment again. */
const MARKER = "relay drift";

export const command: Command = {
  summary: "what was changed by hand in Gladly or on AWS since the last apply, and why",
  usage: "[stack]... [--format <name>] [--out <file>]",
  help: `
Refreshes and plans every environment and every foundation, or those that are named, and tells of each difference since
when it is there, its probable cause, what it means for customers, and what to do. It takes no lock and writes no state.
It also tells which of Gladly's webhooks are under code, and warns of a second one that would give customers two surveys.

An environment on AWS needs credentials that may read its account, and GLADLY_TOKEN. Without them it is "not known".

Options
${REPORT_HELP}

Exit codes
  0  no drift: a plan has nothing to do
  1  not known: something could not be looked at, and what could be has no drift
  2  drift, or a change of the code that nobody has applied; the report also names what is not known

Examples
  relay drift
  relay drift production
  relay drift production foundation-444455556666 --format markdown --out drift.md
  relay drift --json | jq '.stacks[] | {name, state}'
`,
  options: REPORT_OPTIONS,
  positionals: { min: 0, max: 100 },
  async run(invocation, terminal) {
    const format = reportFormat(invocation);
    try {
      const report = await lookForDrift(invocation.positionals, terminal);
      writeReport(report, invocation, terminal, MARKER);
      if (format !== "terminal" || stringOption(invocation, "out") !== undefined) tellUnknown(report, terminal);
      return driftExit(report);
    } catch (error) {
      if (!terminal.stop.aborted) throw error;
      terminal.err("relay drift: stopped, so nothing is known.\n");
      return 130;
    }
  },
};

/** For a pipeline that keeps the report in a file: its log says why nothing is known. */
function tellUnknown({ findings }: Report, terminal: Terminal): void {
  for (const { id, title, detail } of findings) {
    if (id === "not-known") terminal.err(`relay drift: not known: ${title}: ${detail ?? ""}\n`);
  }
}

const State = z.enum(["steady", "drift", "unapplied", "unknown"]);

/** Drift that is certain outweighs what is not known: whoever waits for 2 must not miss it. Unknown is never 0. */
export function driftExit({ data }: Report): number {
  const state = State.parse(data.state);
  switch (state) {
    case "steady":
      return EXIT.ok;
    case "drift":
    case "unapplied":
      return EXIT.findings;
    case "unknown":
      return EXIT.failed;
    default:
      return state satisfies never;
  }
}
