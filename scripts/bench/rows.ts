/** The rows of the benchmark: each figure with its noise, its comparison and its limit. */

export interface Row {
  /** Heading of the row. */
  readonly group: string;
  readonly what: string;
  readonly unit: "ms" | "CPU s" | "a second" | "KB" | "MB" | "requests" | "dollars" | "times";
  /** One figure per run. */
  readonly samples: readonly number[];
  /** The row of the same group that this one is divided by: an alternative, or the limit. */
  readonly against?: string;
  readonly goal?: Goal;
  /** What limits the figure. */
  readonly bound?: string;
}

export interface Goal {
  readonly words: string;
  readonly met: boolean;
}

export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** @throws RangeError when there is no sample */
export function spread(samples: readonly number[]): Spread {
  const sorted = [...samples].sort((a, b) => a - b);
  const [min, median, max] = [sorted[0], sorted[Math.floor((sorted.length - 1) / 2)], sorted.at(-1)];
  if (min === undefined || median === undefined || max === undefined) throw new RangeError("nothing was measured");
  return { min, median, max };
}

/** Rounds to three significant digits; more would be noise. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString("en-US", { maximumFractionDigits: digits });
}

/** The figure divided by the figure of its comparison; undefined if there is none. */
export function ratio(row: Row, rows: readonly Row[]): number | undefined {
  const other = rows.find(({ group, what }) => group === row.group && what === row.against);
  return other === undefined ? undefined : spread(row.samples).median / spread(other.samples).median;
}

/** The cells of a row: what, median, lowest to highest, against, goal, bound. */
function cells(row: Row, rows: readonly Row[]): readonly string[] {
  const { median, min, max } = spread(row.samples);
  const times = ratio(row, rows);
  return [
    row.what,
    `${figure(median)} ${row.unit}`,
    row.samples.length > 1 ? `${figure(min)} to ${figure(max)}` : "",
    times === undefined ? "" : `${figure(times)} times ${row.against}`,
    row.goal === undefined ? "" : `${row.goal.met ? "met" : "not met"}: ${row.goal.words}`,
    row.bound ?? "",
  ];
}

const HEADINGS = ["what", "median", "lowest to highest", "against", "goal", "bound by"];

/** Markdown tables, one per group. */
export function markdown(rows: readonly Row[]): string {
  const line = (words: readonly string[]) => `| ${words.map((word) => word.replaceAll("|", "\\|")).join(" | ")} |`;
  return [...new Set(rows.map(({ group }) => group))]
    .map((group) => {
      const own = rows.filter((row) => row.group === group).map((row) => cells(row, rows));
      return `## ${group}\n\n${[HEADINGS, HEADINGS.map(() => "---"), ...own].map(line).join("\n")}\n`;
    })
    .join("\n");
}

/** The same for a terminal. */
export function text(rows: readonly Row[]): string {
  return rows
    .map((row) => {
      const [what = "", median = "", noise = "", against = "", goal = ""] = cells(row, rows);
      return [`${row.group}: ${what}`.padEnd(64), median.padStart(14), noise.padEnd(20), against, goal]
        .join("  ")
        .trimEnd();
    })
    .join("\n");
}
