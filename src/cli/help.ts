/** What `relay --help` and `relay <command> --help` print. */
import { columns } from "../report/reporters/columns";
import { usageLine } from "./arguments";
import type { Command, CommandGroup } from "./command";
import { withAlignedOptions } from "./option-help";

/** The table of contents. */
export function overview(groupsOfCommands: readonly CommandGroup[]): string {
  const groups = groupsOfCommands.map(({ title, commands }) => ({
    title,
    rows: Object.entries(commands).map(([name, load]) => [name, load().command.summary]),
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

export function commandHelp(name: string, command: Command): string {
  return `${usageLine(name, command)}\n\n${withAlignedOptions(command.help)}\n`;
}
