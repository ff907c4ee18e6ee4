/** A table in fixed columns for a terminal: separated by two spaces, without lines, numbers right-aligned. */
import { printable } from "../printable";
import type { Table } from "../report";

/** Starts with the headings, unless all of them are empty. */
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

/** Counts code points, which match a terminal's width better than UTF-16 units. */
function length(text: string): number {
  return [...text].length;
}
