/** `relay review`: what a plan means for customers, before anybody applies it. */
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

/** By which a workflow finds the comment again that it wrote before. */
const MARKER = "relay review";
/** A stack's name, and nothing that could be a file of another form. */
const STACK = /^[a-z][a-z0-9-]{0,40}$/;

export const command: Command = {
  summary: "what a plan means for customers, before anybody applies it",
  usage: "<environment or plan.json>... [--preview <file>] [--fail-on <severity>] [--format <name>] [--out <file>]",
  help: `
Reads what Terraform plans and says what it means: who gets surveys, what happens to events, what cannot be taken back. Then
the changes with their attributes, what was changed outside, the next command and the way back. Shows no secret.

An environment's name plans it first, without a lock. Otherwise a plan is read from a file that
\`terraform show -json <plan file>\` printed, or from standard input (-). The environment is the file's folder below
cdktf.out/stacks or planned, or what is written before it: production=plan.json.

Options
  --preview <file>  Tells what \`relay preview <environment> --json --out <file>\` found as well.
${FAIL_ON_HELP}
${REPORT_HELP}

docs/review.md lists every finding with its id.

Examples
  relay review production
  relay review cdktf.out/stacks/production/plan.json --format markdown --out review.md
  terraform show -json plan | relay review production=- --fail-on critical
  relay preview production --json --out preview.json && relay review production --preview preview.json
`,
  options: { ...REPORT_OPTIONS, ...FAIL_ON_OPTION, preview: { type: "string" } },
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
    if (twice !== undefined) throw new CommandError(`two of the plans are of ${twice}. Review each stack once.`);
    if (preview !== undefined && !names.includes(preview.environment)) {
      throw new CommandError(
        `--preview ${file} is of ${preview.environment}, and the review is of ${names.join(", ")}.`,
      );
    }
    const report = reviewPlans(inputs, preview === undefined ? {} : { preview });
    writeReport(report, invocation, terminal, MARKER);
    return exitOf(report, least);
  },
};

/** Files as they are; whatever can only be the name of a stack is planned. */
async function plansOf(given: readonly string[], terminal: Terminal): Promise<readonly ReviewInput[]> {
  if (given.filter((argument) => argument === "-" || argument.endsWith("=-")).length > 1) {
    throw new CommandError("standard input can be read once only.");
  }
  const { readPlan }: typeof import("./gather-plan-file") = require("./gather-plan-file");
  const stacks = given.filter((argument) => STACK.test(argument) && !existsSync(argument));
  const files = given.filter((argument) => !stacks.includes(argument)).map((argument) => readPlan(argument));
  if (stacks.length === 0) return files;
  const { planStacks }: typeof import("./gather-stack") = require("./gather-stack");
  return [...files, ...(await planStacks(stacks, terminal))];
}
