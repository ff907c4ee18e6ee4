/** What `relay --help` and `relay <command> --help` print. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { wrap } from "../report/reporters/wrap";
import { usageLine } from "./arguments";
import type { Command, CommandGroup } from "./command";
import { helpText } from "./help-text";

/** Line width without a terminal, and the minimum and maximum width of a help text, in characters. */
const WIDTH = { elsewhere: 100, least: 60, most: 120 } as const;

/**
 * The table of contents.
 *
 * @param columns width of the terminal in characters; undefined if not known
 */
export function overview(groupsOfCommands: readonly CommandGroup[], columns?: number): string {
  const summaryOf = compiledSummaries();
  const groups = groupsOfCommands.map(({ title, commands }) => ({
    title,
    rows: Object.entries(commands).map(([name, load]) => [name, summaryOf(name) ?? load().command.summary] as const),
  }));
  const width = widthFor(columns);
  const longest = Math.max(...groups.flatMap(({ rows }) => rows.map(([name]) => name.length)));
  const row = ([name, summary]: readonly [string, string]) => {
    const [first = "", ...rest] = wrap(summary, width - longest - 4);
    return [`  ${name.padEnd(longest)}  ${first}`, ...rest.map((line) => " ".repeat(longest + 4) + line)];
  };
  const listed = groups.map(({ title, rows }) => [title, ...rows.flatMap(row)].join("\n"));
  const text = (...sentences: readonly string[]) => sentences.flatMap((each) => wrap(each, width)).join("\n");
  return [
    text("Customer surveys between Gladly and Stella Connect, as code."),
    text("Usage: relay <command> [options]"),
    ...listed,
    text("Plan and apply an environment with `npx cdktf plan|apply|destroy <environment>`."),
    [
      "Exit codes",
      ...[
        ["0", "done, and nothing needs your attention"],
        ["1", "failed, or not known"],
        ["2", "found something: drift, not ready, a secret without a value, a finding that --fail-on names"],
      ].flatMap(([code, meaning = ""]) => {
        const [first = "", ...rest] = wrap(meaning, width - 5);
        return [`  ${code}  ${first}`, ...rest.map((line) => `     ${line}`)];
      }),
    ].join("\n"),
    text(
      "`relay help <command>` or `relay <command> --help` shows more, with examples. `relay --version` shows the version.",
      "Results go to standard output, everything else to standard error. Colours are only for terminals; NO_COLOR turns them off.",
    ),
  ]
    .join("\n\n")
    .concat("\n");
}

/** The summaries of the commands from the build, because loading all commands takes a second. */
function compiledSummaries(): (name: string) => string | undefined {
  const file = join(__dirname, "..", "summaries.json");
  if (!existsSync(file)) return () => undefined;
  const summaries: Readonly<Record<string, string>> = JSON.parse(readFileSync(file, "utf8"));
  return (name) => summaries[name];
}

/** @param columns as for {@link overview} */
export function commandHelp(name: string, command: Command, columns?: number): string {
  const width = widthFor(columns);
  const [first = "", ...rest] = wrap(usageLine(name, command), width - "Usage: ".length);
  const usage = [first, ...rest.map((line) => " ".repeat("Usage: ".length) + line)].join("\n");
  return `${usage}\n\n${helpText(command.help, width)}\n`;
}

function widthFor(columns: number | undefined): number {
  return Math.min(WIDTH.most, Math.max(WIDTH.least, columns ?? WIDTH.elsewhere));
}
