/** The format of every command's tables on a terminal: indented by two spaces, with dimmed headings. */
import pc from "picocolors";
import type { Table } from "../report/report";
import { columns } from "../report/reporters/columns";
import type { Terminal } from "./command";

/** The lines of a table, each with a line break. For rows without headings, pass empty texts. */
export function tableText(table: Omit<Table, "kind">, terminal: Pick<Terminal, "colour">): string {
  const paint = pc.createColors(terminal.colour);
  const hasHeadings = table.headings.some((heading) => heading !== "");
  return columns(table)
    .map((line, index) => `  ${index === 0 && hasHeadings ? paint.dim(line) : line}\n`)
    .join("");
}

/** Facts, one per line: name and value. */
export function factsText(rows: readonly (readonly [string, string])[], terminal: Pick<Terminal, "colour">): string {
  return tableText({ headings: ["", ""], rows }, terminal);
}
