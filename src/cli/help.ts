/** What `relay --help` and `relay <command> --help` print. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { columns } from "../report/reporters/columns";
import { usageLine } from "./arguments";
import type { Command, CommandGroup } from "./command";
import { withAlignedOptions } from "./option-help";

/** The table of contents. */
export function overview(groupsOfCommands: readonly CommandGroup[]): string {
  const summaryOf = compiledSummaries();
  const groups = groupsOfCommands.map(({ title, commands }) => ({
    title,
    rows: Object.entries(commands).map(([name, load]) => [name, summaryOf(name) ?? load().command.summary]),
  }));
  // One table, so that the summaries of all groups begin in one column.
  const lines = columns({ headings: ["", ""], rows: groups.flatMap(({ rows }) => rows) });
  const listed = groups.map(({ title, rows }, index) => {
    const before = groups.slice(0, index).reduce((sum, group) => sum + group.rows.length, 0);
    return [title, ...lines.slice(before, before + rows.length).map((line) => `  ${line}`)].join("\n");
  });
  return [
    "Customer surveys between Gladly and Stella Connect, as code.",
    "Usage: relay <command> [options]",
    ...listed,
    "The environments themselves are planned and applied with `npx cdktf plan|apply|destroy <environment>`.",
    [
      "Exit codes",
      "  0  done, and nothing was found that needs anybody",
      "  1  failed, or not known",
      "  2  found something: drift, not ready, a secret without a value, a finding that --fail-on names",
    ].join("\n"),
    [
      "`relay help <command>` or `relay <command> --help` tells more, with examples. `relay --version` tells the version.",
      "Results go to standard output, everything else to standard error. Colour is for terminals, and off with NO_COLOR.",
    ].join("\n"),
  ]
    .join("\n\n")
    .concat("\n");
}

/** Each command's line, as the build wrote it beside the compiled commands: loading them all takes a second. */
function compiledSummaries(): (name: string) => string | undefined {
  const file = join(__dirname, "..", "summaries.json");
  if (!existsSync(file)) return () => undefined;
  const summaries: Readonly<Record<string, string>> = JSON.parse(readFileSync(file, "utf8"));
  return (name) => summaries[name];
}

export function commandHelp(name: string, command: Command): string {
  return `${usageLine(name, command)}\n\n${withAlignedOptions(command.help)}\n`;
}
