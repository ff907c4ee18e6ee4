/** Options of every command with a report: format, file, and when to fail. */
import { writeFileSync } from "node:fs";
import { reasonOf } from "../contract/file-fault";
import { type Report, reaches, SEVERITIES, type Severity } from "../report/report";
import { FORMATS, type Format, render } from "../report/reporters";
import { chosenFrom } from "./choice";
import { CommandError, EXIT, type Invocation, stringOption, type Terminal } from "./command";

export const REPORT_OPTIONS = {
  format: { type: "string" },
  json: { type: "boolean" },
  out: { type: "string" },
} as const;
export const REPORT_HELP = `  --format <name>  ${FORMATS.join(", ")}. [terminal]
  --json           The same as --format json.
  --out <file>     Write to this file instead of standard output.`;

/**
 * Writes the report in the chosen format.
 *
 * @param whole where to find the whole report, as Markdown, for a format that may cut it
 */
export function writeReport(
  report: Report,
  invocation: Invocation,
  terminal: Terminal,
  marker?: string,
  whole?: string,
): void {
  const text = render(report, reportFormat(invocation), {
    colour: terminal.colour && stringOption(invocation, "out") === undefined,
    ...(marker === undefined ? {} : { marker }),
    ...(whole === undefined ? {} : { whole }),
  });
  const file = stringOption(invocation, "out");
  if (file === undefined) {
    terminal.out(text);
    return;
  }
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new CommandError(`--out ${file} cannot be written: ${reasonOf(error)}.`);
  }
}

/** @throws CommandError if there is no such format; call it before long work */
export function reportFormat(invocation: Invocation): Format {
  const given = stringOption(invocation, "format");
  if (invocation.values.json === true && given !== undefined && given !== "json") {
    throw new CommandError(`--json and --format ${given} contradict each other.`);
  }
  if (invocation.values.json === true) return "json";
  return chosenFrom("--format", given ?? "terminal", FORMATS);
}

export const FAIL_ON_OPTION = { "fail-on": { type: "string" } } as const;
export const FAIL_ON_HELP = `  --fail-on <severity>  Exit 2 on a finding of ${SEVERITIES.join(", ")} or above. [never]`;

/** @throws CommandError if there is no such severity; call it before long work */
export function failOn(invocation: Invocation): Severity | undefined {
  const given = stringOption(invocation, "fail-on");
  return given === undefined ? undefined : chosenFrom("--fail-on", given, SEVERITIES);
}

export function exitOf(report: Report, least: Severity | undefined): number {
  return least !== undefined && report.findings.some((finding) => reaches(finding, least)) ? EXIT.findings : EXIT.ok;
}
