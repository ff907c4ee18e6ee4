/** The options of a help text in two columns, whatever pieces they were put together from. */

/** Characters a line of a help text, at most. */
const WIDTH = 120;
const HELP = "-h, --help";

interface Row {
  readonly option: string;
  readonly text: string;
}

/** Lays the part under the heading "Options" out anew, with `--help` at its end; a help without one gets it. */
export function withAlignedOptions(help: string): string {
  const parts = help.trim().split("\n\n");
  const found = parts.findIndex((part) => part.startsWith("Options\n"));
  const rows = [...readRows(found < 0 ? "" : (parts[found] ?? "")), { option: HELP, text: "This text." }];
  const text = ["Options", ...layOut(rows)].join("\n");
  if (found >= 0) return parts.with(found, text).join("\n\n");
  const examples = parts.findIndex((part) => part.startsWith("Examples\n"));
  return parts.toSpliced(examples < 0 ? parts.length : examples, 0, text).join("\n\n");
}

/** An option begins two spaces in; what begins further in goes on with the one before. */
function readRows(part: string): readonly Row[] {
  return part
    .split("\n")
    .slice(1)
    .reduce<Row[]>((rows, line) => {
      const [, option, text] = /^ {2}(-\S.*?)(?: {2,}(.*))?$/.exec(line) ?? [];
      const last = rows.at(-1);
      if (option !== undefined) rows.push({ option, text: text ?? "" });
      else if (last !== undefined) rows[rows.length - 1] = { ...last, text: `${last.text} ${line.trim()}`.trim() };
      return rows;
    }, []);
}

function layOut(rows: readonly Row[]): readonly string[] {
  const first = Math.max(...rows.map(({ option }) => option.length)) + 4;
  return rows.flatMap(({ option, text }) => {
    const lines = wrapped(text, WIDTH - first);
    const rest = lines.slice(1).map((line) => " ".repeat(first) + line);
    return [`  ${option.padEnd(first - 2)}${lines[0] ?? ""}`.trimEnd(), ...rest];
  });
}

function wrapped(text: string, width: number): readonly string[] {
  return text.split(" ").reduce<string[]>((lines, word) => {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
    return lines;
  }, []);
}
