/** A table in fixed columns, as every table on a terminal looks: two spaces between, no lines, numbers to the right. */
import { printable } from "../printable";
import type { Table } from "../report";

/** The heading's line first, unless every heading is empty. */
export function columns({ headings, rows, numbers = [] }: Omit<Table, "kind">): readonly string[] {
  const clean = rows.map((row) => row.map(printable));
  const all = headings.some((heading) => heading !== "") ? [headings, ...clean] : clean;
  const widths = headings.map((_, column) => Math.max(0, ...all.map((row) => length(row[column] ?? ""))));
  return all.map((row) =>
    headings
      .map((_, column) => {
        const cell = row[column] ?? "";
        const space = " ".repeat(Math.max(0, (widths[column] ?? 0) - length(cell)));
        return numbers.includes(column) ? space + cell : cell + space;
      })
      .join("  ")
      .trimEnd(),
  );
}

/** Code points: nearer to what a terminal shows than UTF-16 units. */
function length(text: string): number {
  return [...text].length;
}
