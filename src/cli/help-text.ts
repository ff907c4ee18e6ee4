/** Formats a help text for the width of the terminal. Line breaks in the source do not matter. */
import { wrap } from "../report/reporters/wrap";

const HELP_ROW = "  -h, --help  This text.";
/** A term longer than this share of a line gets its own line. */
const TERM_SHARE = 0.4;
/** Indentation of a text below its term. */
const BELOW = 6;

interface Row {
  readonly term: string;
  readonly text: string;
}

/** The parts of a help text, at most `width` characters wide, with `--help` added to the options. */
export function helpText(help: string, width: number): string {
  return withHelpOption(help.trim().split("\n\n"))
    .map((part) => laidOut(part, width).join("\n"))
    .join("\n\n");
}

function withHelpOption(parts: readonly string[]): readonly string[] {
  const found = parts.findIndex((part) => part.startsWith("Options\n"));
  if (found >= 0) return parts.with(found, `${parts[found]}\n${HELP_ROW}`);
  const examples = parts.findIndex((part) => part.startsWith("Examples\n"));
  return parts.toSpliced(examples < 0 ? parts.length : examples, 0, `Options\n${HELP_ROW}`);
}

/** A paragraph, or rows with an indentation of two spaces, with or without a heading. */
function laidOut(part: string, width: number): readonly string[] {
  const lines = part.split("\n");
  const rowsBegin = lines.findIndex((line) => line.startsWith("  "));
  if (rowsBegin < 0) return wrap(part, width);
  const heading = rowsBegin === 0 ? [] : wrap(lines.slice(0, rowsBegin).join(" "), width);
  const body = lines.slice(rowsBegin);
  return [...heading, ...(lines[0] === "Examples" ? examples(body, width) : rows(readRows(body), width))];
}

/** A row is indented by two spaces. Further indentation continues the previous row. */
function readRows(lines: readonly string[]): readonly Row[] {
  return lines.reduce<Row[]>((read, line) => {
    const [, term, text] = /^ {2}(\S.*?)(?: {2,}(.*))?$/.exec(line) ?? [];
    const last = read.at(-1);
    if (term !== undefined) read.push({ term, text: text ?? "" });
    else if (last !== undefined) read[read.length - 1] = { ...last, text: `${last.text} ${line.trim()}`.trim() };
    return read;
  }, []);
}

function rows(all: readonly Row[], width: number): readonly string[] {
  const longest = Math.max(...all.map(({ term }) => term.length));
  const stacked = longest > width * TERM_SHARE;
  const indent = stacked ? BELOW : longest + 4;
  return all.flatMap(({ term, text }) => {
    const lines = wrap(text, width - indent);
    const rest = lines.map((line) => " ".repeat(indent) + line);
    if (stacked) return [...wrap(term, width - 2).map((line) => `  ${line}`), ...rest];
    return [`  ${term.padEnd(longest)}  ${lines[0] ?? ""}`.trimEnd(), ...rest.slice(1)];
  });
}

/** A command that is too long continues on the next line with a backslash. Its purpose then comes before it. */
function examples(lines: readonly string[], width: number): readonly string[] {
  return lines.flatMap((line) => {
    if (line.length <= width) return [line];
    const [, command = "", purpose] = /^ {2}(\S.*?)(?: {2,}(.*))?$/.exec(line) ?? [];
    const pieces = wrap(command, width - 6);
    const shown = pieces.map(
      (piece, index) => `${index === 0 ? "  " : "    "}${piece}${index < pieces.length - 1 ? " \\" : ""}`,
    );
    return purpose === undefined ? shown : [...wrap(`# ${purpose}`, width - 2).map((text) => `  ${text}`), ...shown];
  });
}
