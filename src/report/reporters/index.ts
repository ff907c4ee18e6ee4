/** The reporters. Each is a pure function from a report to text. */
import type { Report } from "../report";
import { githubReport } from "./github";
import { jsonReport } from "./json";
import { type MarkdownOptions, markdownReport } from "./markdown";
import { type TerminalOptions, terminalReport } from "./terminal";

export const FORMATS = ["terminal", "markdown", "json", "github"] as const;
export type Format = (typeof FORMATS)[number];

export function render(report: Report, format: Format, options: TerminalOptions & MarkdownOptions): string {
  switch (format) {
    case "terminal":
      return terminalReport(report, options);
    case "markdown":
      return markdownReport(report, options);
    case "json":
      return jsonReport(report);
    case "github":
      return githubReport(report);
  }
}
