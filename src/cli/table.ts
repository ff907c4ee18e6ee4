/** A table on a terminal, as every command prints one: the columns of the reports, two spaces in, headings dim in colour. */
import pc from "picocolors";
import type { Table } from "../report/report";
import { columns } from "../report/reporters/columns";
import type { Terminal } from "./command";

/** The lines of a table, each with its line's end. Rows without headings: `headings` of empty texts. */
export function tableText(table: Omit<Table, "kind">, terminal: Pick<Terminal, "colour">): string {
  const paint = pc.createColors(terminal.colour);
  const hasHeadings = table.headings.some((heading) => heading !== "");
  return columns(table)
    .map((line, index) => `  ${index === 0 && hasHeadings ? paint.dim(line) : line}\n`)
    .join("");
}

/** Facts, one a line: what it is, and its value. */
export function factsText(rows: readonly (readonly [string, string])[], terminal: Pick<Terminal, "colour">): string {
  return tableText({ headings: ["", ""], rows }, terminal);
}
