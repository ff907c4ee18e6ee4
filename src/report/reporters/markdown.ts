/**
 * A report as a comment on a pull request: GitHub's Markdown, which GitLab and Gitea support too. GitHub accepts at most 65,536
 * characters. A longer report loses its least important parts and says so.
 */
import { grouped } from "../grouped";
import { type Block, bySeverity, type Finding, type Report, SEVERITIES, type Severity } from "../report";
import { escaped, html, plainCell } from "./markdown-text";

/** Maximum length of a report in characters. A workflow may add some text to the comment. */
export const MARKDOWN_LIMIT = 60_000;

const ALERT: Readonly<Record<Severity, string>> = { critical: "CAUTION", warning: "WARNING", info: "NOTE" };
/** Rows of a table that stay if a report is too long. */
const ROWS_KEPT = 20;

export interface MarkdownOptions {
  /** Maximum number of characters. @default 60000 */
  readonly limit?: number;
  /** A hidden first line with which a workflow finds its comment again. @default none */
  readonly marker?: string;
  /** Says where the whole report is, for a report that is cut: Markdown without a full stop. @default --format json */
  readonly whole?: string;
}

export function markdownReport(report: Report, options: MarkdownOptions = {}): string {
  const limit = options.limit ?? MARKDOWN_LIMIT;
  const head = [
    ...(options.marker === undefined ? [] : [`<!-- ${options.marker.replace(/[^\w:./ -]/g, "")} -->`]),
    `## ${escaped(report.title)}`,
    ...report.lead.map(escaped),
  ];
  const whole = [...head, ...findingParts(report.findings), ...report.blocks.map(blockText)];
  if (lengthOf(whole) <= limit) return joined(whole);
  return fitted({ head, ...report }, limit, options.whole ?? "`--format json` has the whole report");
}

function findingParts(findings: readonly Finding[], shown?: number): readonly string[] {
  const sorted = grouped(bySeverity(findings), shown);
  return SEVERITIES.toReversed().flatMap((severity) => {
    const some = sorted.filter((finding) => finding.severity === severity);
    return some.length === 0 ? [] : [[`> [!${ALERT[severity]}]`, ...some.map(findingLine)].join("\n")];
  });
}

function findingLine({ id, title, detail, remedy, since, resource }: Finding): string {
  const more = [detail, since && `Since ${since}.`, remedy && `Next: ${remedy}`].flatMap((text) =>
    text ? escaped(text) : [],
  );
  const about = [id, ...(resource === undefined ? [] : [resource])].map((name) => `\`${name.replaceAll("`", "'")}\``);
  return `> - **${escaped(title)}** ${[...more, `<sub>${escaped(about.join(" "))}</sub>`].join(" ")}`;
}

function joined(parts: readonly string[]): string {
  return `${parts.join("\n\n")}\n`;
}

function lengthOf(parts: readonly string[]): number {
  return parts.reduce((sum, part) => sum + part.length + 2, 0);
}

/** Findings of one kind that stay, fewer each time if the report does not fit. */
const FEWER = [8, 3, 1];

/**
 * Removes folded parts first, closed ones before open ones and last ones before first ones; then the ends of long tables; then
 * further findings of the same kind. The beginnings of tables and the next step stay.
 */
function fitted(
  { head, findings, blocks }: Pick<Report, "findings" | "blocks"> & { readonly head: readonly string[] },
  limit: number,
  whole: string,
): string {
  const rendered = blocks.map(blockText);
  const top = [...head, ...findingParts(findings), cutNote(`${blocks.length} folded parts`, whole)];
  let length = lengthOf([...top, ...rendered]);
  const dropped = new Set<number>();
  for (const index of foldedFromLast(blocks)) {
    if (length <= limit) break;
    dropped.add(index);
    length -= (rendered[index]?.length ?? 0) + 2;
  }
  if (length <= limit) {
    const what = dropped.size === 1 ? "1 folded part is" : `${dropped.size.toLocaleString("en-US")} folded parts are`;
    const kept = rendered.filter((_, index) => !dropped.has(index));
    return joined([...head, ...findingParts(findings), cutNote(what, whole), ...kept]);
  }
  const note = cutNote("all folded parts and the ends of long tables are", whole);
  const kept = blocks.filter(({ kind }) => kind !== "details").map((block) => blockText(shortened(block)));
  for (const shown of FEWER) {
    const parts = [...head, ...findingParts(findings, shown), note, ...kept];
    if (lengthOf(parts) <= limit) return joined(parts);
  }
  // The table and the next step come before the findings, so the first findings stay.
  return cutBetweenLines(joined([...head, note, ...kept, ...findingParts(findings, 1)]), limit);
}

function cutNote(what: string, whole: string): string {
  return `_This report was too long for a comment: ${what} left out. ${whole}._`;
}

function foldedFromLast(blocks: readonly Block[]): readonly number[] {
  const details = blocks.flatMap((block, index) => (block.kind === "details" ? [{ index, open: block.open }] : []));
  const order = [...details.filter(({ open }) => open), ...details.filter(({ open }) => !open)].toReversed();
  return order.map(({ index }) => index);
}

function shortened(block: Block): Block {
  if (block.kind !== "table" || block.rows.length <= ROWS_KEPT) return block;
  const left = `… and ${(block.rows.length - ROWS_KEPT).toLocaleString("en-US")} more`;
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
        `<details${block.open ? " open" : ""}><summary>${html(block.summary)}</summary>`,
        ...block.blocks.map(blockText),
        "</details>",
      ].join("\n\n");
  }
}
