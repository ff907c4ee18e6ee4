/** `relay review`: explains what a plan means for customers. */
import { existsSync } from "node:fs";
import { type Command, CommandError, stringOption, type Terminal } from "../../cli/command";
import {
  exitOf,
  FAIL_ON_HELP,
  FAIL_ON_OPTION,
  failOn,
  REPORT_HELP,
  REPORT_OPTIONS,
  reportFormat,
  writeReport,
} from "../../cli/write-report";
import type { ReviewInput } from "./judge";

/** A workflow finds its comment by it. */
const MARKER = "relay review";
/** A stack's name, and nothing that could be a file of another form. */
const STACK = /^[a-z][a-z0-9-]{0,40}$/;

export const command: Command = {
  summary: "explains what a plan means for customers, before you apply it",
  usage: "<environment or plan.json>... [--preview <file>] [--fail-on <severity>] [--format <name>] [--out <file>]",
  help: `
Reads a Terraform plan and explains what it means: who gets surveys, what happens to events, what cannot be undone. Then it
lists the changes with their attributes, changes made outside of Terraform, the next command and how to go back. It never
shows secrets.

Give it the name of an environment, and it plans first, without a lock. Or give it a file that
\`terraform show -json <plan file>\` printed, or - for standard input. It takes the environment's name from the file's folder
below cdktf.out/stacks or planned. You can also write the name: production=plan.json.

Options
  --preview <file>  Also show what \`relay preview <environment> --json --out <file>\` found.
  --full-report <url>  Address of the full report, for a comment that is cut.
${FAIL_ON_HELP}
${REPORT_HELP}

docs/review.md lists every finding with its id.

Examples
  relay review production
  relay review cdktf.out/stacks/production/plan.json --format markdown --out review.md
  terraform show -json plan | relay review production=- --fail-on critical
  relay preview production --json --out preview.json && relay review production --preview preview.json
`,
  options: { ...REPORT_OPTIONS, ...FAIL_ON_OPTION, preview: { type: "string" }, "full-report": { type: "string" } },
  positionals: { min: 1, max: 100 },
  async run(invocation, terminal) {
    reportFormat(invocation);
    const least = failOn(invocation);
    const { readPreview }: typeof import("./gather-plan-file") = require("./gather-plan-file");
    const { reviewPlans }: typeof import("./judge") = require("./judge");
    const file = stringOption(invocation, "preview");
    const preview = file === undefined ? undefined : readPreview(file);
    const inputs = await plansOf(invocation.positionals, terminal);
    const names = inputs.map(({ name }) => name);
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice !== undefined) throw new CommandError(`two of the plans belong to ${twice}. Review each stack once.`);
    if (preview !== undefined && !names.includes(preview.environment)) {
      throw new CommandError(
        `--preview ${file} belongs to ${preview.environment}, and the review to ${names.join(", ")}.`,
      );
    }
    const { withEarlierPlaces }: typeof import("./gather-earlier") = require("./gather-earlier");
    const report = reviewPlans(withEarlierPlaces(inputs, terminal.env), preview === undefined ? {} : { preview });
    const whole = stringOption(invocation, "full-report");
    writeReport(report, invocation, terminal, MARKER, whole === undefined ? undefined : `[The whole report](${whole})`);
    return exitOf(report, least);
  },
};

/** Reads files, and plans arguments that can only be the name of a stack. */
async function plansOf(given: readonly string[], terminal: Terminal): Promise<readonly ReviewInput[]> {
  if (given.filter((argument) => argument === "-" || argument.endsWith("=-")).length > 1) {
    throw new CommandError("standard input can be read only once.");
  }
  const { readPlan }: typeof import("./gather-plan-file") = require("./gather-plan-file");
  const stacks = given.filter((argument) => STACK.test(argument) && !existsSync(argument));
  const files = given
    .filter((argument) => !stacks.includes(argument))
    .map((argument) => readPlan(argument, terminal.err));
  if (stacks.length === 0) return files;
  const { planStacks }: typeof import("./gather-stack") = require("./gather-stack");
  return [...files, ...(await planStacks(stacks, terminal))];
}
