/** `relay drift`: live settings against the code, with causes. */
import { z } from "zod";
import { type Command, EXIT, stringOption, type Terminal } from "../../cli/command";
import { REPORT_HELP, REPORT_OPTIONS, reportFormat, writeReport } from "../../cli/write-report";
import type { Report } from "../../report/report";
import { lookForDrift } from "./gather";

/** A pipeline finds its issue or comment by it. */
const MARKER = "relay drift";

export const command: Command = {
  summary: "shows what was changed in Gladly or on AWS since the last apply, and why",
  usage: "[stack]... [--format <name>] [--out <file>]",
  help: `
Refreshes and plans every environment and every foundation, or the ones that you name. For each difference it shows when
it began, the probable cause, what it means for customers, and what to do. It takes no lock and writes no state. It also
lists which of Gladly's webhooks Terraform manages, and warns of a second one that would cause two surveys.

An environment on AWS needs credentials that may read its account, and GLADLY_TOKEN. Without them it is "not known".

Options
${REPORT_HELP}

Exit codes
  0  no drift: a plan has nothing to do
  1  not known: something could not be read, and the rest has no drift
  2  drift, or a change of the code that is not applied; the report also names what is not known

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
      if (format !== "terminal" || stringOption(invocation, "out") !== undefined) logUnknown(report, terminal);
      return driftExit(report);
    } catch (error) {
      if (!terminal.stop.aborted) throw error;
      terminal.err("relay drift: stopped, so the result is not known.\n");
      return 130;
    }
  },
};

/** For a pipeline that writes the report to a file: its log says what is not known. */
function logUnknown({ findings }: Report, terminal: Terminal): void {
  for (const { id, title, detail } of findings) {
    if (id === "not-known") terminal.err(`relay drift: not known: ${title}: ${detail ?? ""}\n`);
  }
}

const State = z.enum(["steady", "drift", "unapplied", "unknown"]);

/** Certain drift counts more than what is not known. Unknown is never 0. */
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
