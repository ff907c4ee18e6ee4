/** A report for a terminal. It shows only open folded parts. */
import pc from "picocolors";
import { grouped } from "../grouped";
import { printable } from "../printable";
import { type Block, bySeverity, count, type Finding, type Report, type Severity } from "../report";
import { columns } from "./columns";
import { wrap } from "./wrap";

export interface TerminalOptions {
  readonly colour: boolean;
  /** Characters per line. @default 100 */
  readonly width?: number;
}

type Paint = ReturnType<typeof pc.createColors>;

const MARK: Readonly<Record<Severity, string>> = { critical: "!!", warning: "! ", info: "- " };

export function terminalReport(report: Report, options: TerminalOptions): string {
  const paint = pc.createColors(options.colour);
  const width = options.width ?? 100;
  const parts = [
    [paint.bold(printable(report.title))],
    report.lead.flatMap((text) => wrap(text, width)),
    ...grouped(bySeverity(report.findings)).map((finding) => findingLines(finding, width, paint)),
    ...withRunsFolded(report.blocks).map((block) => blockLines(block, width, paint)),
  ];
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

/** Consecutive closed parts that are listed by name. For more, only the number is shown. */
const MOST_NAMED = 3;

/** Combines many consecutive closed parts into one line, because the table before them lists them. */
function withRunsFolded(blocks: readonly Block[]): readonly Block[] {
  const result: Block[] = [];
  let run: Block[] = [];
  const endRun = () => {
    if (run.length > MOST_NAMED) {
      result.push({ kind: "text", text: `… and ${count(run.length, "folded part")}: --format markdown has them.` });
    } else result.push(...run);
    run = [];
  };
  for (const block of blocks) {
    if (block.kind === "details" && !block.open) run.push(block);
    else {
      endRun();
      result.push(block);
    }
  }
  endRun();
  return result;
}

function findingLines(finding: Finding, width: number, paint: Paint): readonly string[] {
  const { severity, title, detail, remedy, since, resource, id } = finding;
  const colour = { critical: paint.red, warning: paint.yellow, info: paint.cyan }[severity];
  const body = [detail, since && `Since ${since}.`, remedy && `Next: ${remedy}`].filter(Boolean).join(" ");
  const about = [id, resource].filter(Boolean).join("  ");
  return [
    ...wrap(title, width - 3).map(
      (line, index) => `${index === 0 ? colour(MARK[severity]) : "  "} ${paint.bold(line)}`,
    ),
    ...wrap(body, width - 3).map((line) => `   ${line}`),
    `   ${paint.dim(printable(about))}`,
  ];
}

function blockLines(block: Block, width: number, paint: Paint): readonly string[] {
  switch (block.kind) {
    case "heading":
      return [paint.bold(printable(block.text))];
    case "text":
      return wrap(block.text, width);
    case "list":
      return block.items.flatMap((item) =>
        wrap(item, width - 4).map((line, index) => `${index === 0 ? "  - " : "    "}${line}`),
      );
    case "table":
      return columns({ ...block, rows: block.rows.map((row) => row.map(plainNames)) }).map((line, index) =>
        index === 0 && block.headings.some(Boolean) ? `  ${paint.dim(line)}` : `  ${line}`,
      );
    case "code":
      return block.text.split("\n").map((line) => `    ${paintCode(printable(line), block.language, paint)}`);
    case "details":
      return block.open
        ? [
            paint.bold(printable(plainNames(block.summary))),
            ...block.blocks.flatMap((inner) => blockLines(inner, width, paint)),
          ]
        : [paint.dim(printable(plainNames(block.summary)))];
  }
}

function paintCode(line: string, language: string, paint: Paint): string {
  if (language !== "diff") return line;
  if (line.startsWith("+")) return paint.green(line);
  return line.startsWith("-") ? paint.red(line) : line;
}

/** In a cell or a heading, names need no backticks. */
function plainNames(text: string): string {
  return text.replace(/`([^`]+)`/g, "$1");
}
