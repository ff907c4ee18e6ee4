/** The output of a tour: headings, sentences and tables of what was seen. */
import pc from "picocolors";
import { columns } from "../../report/reporters/columns";
import type { PlannedChange } from "./facts";

export interface TourOutput {
  /** A new chapter. */
  heading(title: string): void;
  /** What is being done, or was seen. */
  print(text: string): void;
  /** Something longer, as it is: a diff, a plan. */
  quote(text: string): void;
  /** A report for a terminal with this width in characters. */
  report(write: (options: { readonly colour: boolean; readonly width: number }) => string): void;
  /** Rows under headings, padded to columns. */
  table(headings: readonly string[], rows: readonly (readonly string[])[]): void;
}

/** A plan's changes as a table, with the values that change below each. */
export function printChanges(output: TourOutput, changes: readonly PlannedChange[]): void {
  const rows = changes.flatMap(({ address, actions, changed }) => [
    [actions.join(" and "), address],
    ...changed.map((value) => ["", `  ${value}`]),
  ]);
  output.table(["action", "resource"], rows);
}

/** Characters: a report stands four to the right, and a README shows hundred and twenty. */
const REPORT_WIDTH = 110;

/** Output that writes through one function, in colour where that is a terminal. */
export function tourOutput(write: (text: string) => void, colour: boolean): TourOutput {
  const paint = pc.createColors(colour);
  const line = (text = "") => write(`${text}\n`);
  return {
    heading: (title) => line(`\n${paint.bold(title)}`),
    print: (text) => line(`  ${text}`),
    quote: (text) => {
      for (const row of text.split("\n")) line(`    ${paintRow(row, paint)}`);
    },
    report: (write) => {
      for (const row of write({ colour, width: REPORT_WIDTH }).trimEnd().split("\n"))
        line(row === "" ? "" : `    ${row}`);
    },
    table: (headings, rows) => {
      const [heading = "", ...lines] = columns({ headings, rows });
      line(`    ${paint.dim(heading)}`);
      for (const row of lines) line(`    ${row}`);
    },
  };
}

function paintRow(row: string, paint: ReturnType<typeof pc.createColors>): string {
  if (row.startsWith("+")) return paint.green(row);
  if (row.startsWith("-")) return paint.red(row);
  return row;
}
