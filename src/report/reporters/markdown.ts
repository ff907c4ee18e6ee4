/**
 * A report as a comment on a pull request: GitHub's Markdown, which GitLab and Gitea read as well. GitHub takes at most
 * 65,536 characters; what does not fit is left out from the least important end, and the report says so.
 */
import { type Block, bySeverity, type Finding, type Report, SEVERITIES, type Severity } from "../report";
import { escaped, plainCell } from "./markdown-text";

/** Characters of a report at most: room is left for what a workflow adds to the comment. */
export const MARKDOWN_LIMIT = 60_000;

const ALERT: Readonly<Record<Severity, string>> = { critical: "CAUTION", warning: "WARNING", info: "NOTE" };
/** Rows of a table that stay when a report is too long. */
const ROWS_KEPT = 20;

export interface MarkdownOptions {
  /** Characters at most. @default 60000 */
  readonly limit?: number;
  /** A hidden first line by which a workflow finds its comment again. @default none */
  readonly marker?: string;
}

export function markdownReport(report: Report, options: MarkdownOptions = {}): string {
  const limit = options.limit ?? MARKDOWN_LIMIT;
  const head = [
    ...(options.marker === undefined ? [] : [`<!-- ${options.marker.replace(/[^\w:./ -]/g, "")} -->`]),
    `## ${escaped(report.title)}`,
    ...report.lead.map(escaped),
  ];
  const findings = SEVERITIES.toReversed().flatMap((severity) => {
    const found = bySeverity(report.findings).filter((finding) => finding.severity === severity);
    return found.length === 0 ? [] : [[`> [!${ALERT[severity]}]`, ...found.map(findingLine)].join("\n")];
  });
  return fitted([...head, ...findings], report.blocks, limit);
}

function findingLine({ id, title, detail, remedy, since, resource }: Finding): string {
  const more = [detail, since && `Since ${since}.`, remedy && `Next: ${remedy}`].flatMap((text) =>
    text ? escaped(text) : [],
  );
  const about = [id, ...(resource === undefined ? [] : [resource])].map((name) => `\`${name.replaceAll("`", "'")}\``);
  return `> - **${escaped(title)}** ${[...more, `<sub>${about.join(" ")}</sub>`].join(" ")}`;
}

/** Everything if it fits; else without folded parts from the end, then with shorter tables, then cut between parts. */
function fitted(head: readonly string[], blocks: readonly Block[], limit: number): string {
  const render = (kept: readonly Block[], note: string) => {
    const parts = [...head, ...(note === "" ? [] : [note]), ...kept.map(blockText)];
    return `${parts.join("\n\n")}\n`;
  };
  const whole = render(blocks, "");
  if (whole.length <= limit) return whole;
  const folded = blocks.filter((block) => block.kind === "details").length;
  for (let gone = 1; gone <= folded; gone += 1) {
    const text = render(
      withoutLastDetails(blocks, gone),
      cutNote(gone === 1 ? "1 folded part" : `${gone} folded parts`),
    );
    if (text.length <= limit) return text;
  }
  const short = withoutLastDetails(blocks, folded).map(shortened);
  const text = render(short, cutNote("the folded parts and the end of long tables"));
  return text.length <= limit ? text : cutBetweenLines(text, limit);
}

function cutNote(what: string): string {
  return `_This report was too long for a comment: ${what} left out here. The whole of it is in the output of \`--format json\`._`;
}

/** Closed parts go before open ones, the last first. */
function withoutLastDetails(blocks: readonly Block[], number: number): readonly Block[] {
  const details = blocks.flatMap((block, index) => (block.kind === "details" ? [{ index, open: block.open }] : []));
  const order = [...details.filter(({ open }) => open), ...details.filter(({ open }) => !open)].toReversed();
  const gone = new Set(order.slice(0, number).map(({ index }) => index));
  return blocks.filter((_, index) => !gone.has(index));
}

function shortened(block: Block): Block {
  if (block.kind !== "table" || block.rows.length <= ROWS_KEPT) return block;
  const left = `… and ${block.rows.length - ROWS_KEPT} more`;
  return { ...block, rows: [...block.rows.slice(0, ROWS_KEPT), block.headings.map((_, index) => (index ? "" : left))] };
}

function cutBetweenLines(text: string, limit: number): string {
  const note = "\n\n_The rest was cut._\n";
  const cut = text.slice(0, limit - note.length);
  return cut.slice(0, Math.max(0, cut.lastIndexOf("\n"))) + note;
}

function blockText(block: Block): string {
  switch (block.kind) {
    case "heading":
      return `### ${escaped(block.text)}`;
    case "text":
      return escaped(block.text);
    case "list":
      return block.items.map((item) => `- ${escaped(item)}`).join("\n");
    case "table": {
      const row = (cells: readonly string[]) =>
        `| ${block.headings.map((_, i) => plainCell(cells[i] ?? "")).join(" | ")} |`;
      const rule = `| ${block.headings.map((_, i) => (block.numbers?.includes(i) ? "---:" : "---")).join(" | ")} |`;
      return [row(block.headings), rule, ...block.rows.map(row)].join("\n");
    }
    case "code": {
      const longest = Math.max(2, ...(block.text.match(/`+/g) ?? []).map((run) => run.length));
      const fence = "`".repeat(longest + 1);
      return `${fence}${block.language}\n${block.text}\n${fence}`;
    }
    case "details":
      return [
        `<details${block.open ? " open" : ""}><summary>${escaped(block.summary)}</summary>`,
        ...block.blocks.map(blockText),
        "</details>",
      ].join("\n\n");
  }
}
