/** The tables of a preview. */
import { type Block, count, type Table } from "../../report/report";
import { describeOutcome, outcomeOrder, type PreviewOutcome } from "./outcome";
import type { PreviewSummary, Share, Tally } from "./summary";

/** Lines of a table that are shown without unfolding. */
const SHOWN = 20;

export function outcomesTable({ present, proposed }: PreviewSummary): Table {
  const outcomes = new Map<string, PreviewOutcome>();
  for (const { outcome } of [...(present?.outcomes ?? []), ...proposed.outcomes]) {
    outcomes.set(describeOutcome(outcome), outcome);
  }
  const closes = (counts: PreviewSummary["proposed"], words: string) =>
    counts.outcomes.find(({ outcome }) => describeOutcome(outcome) === words)?.closes ?? 0;
  const rows = [...outcomes]
    .sort(([, one], [, other]) => outcomeOrder(one) - outcomeOrder(other))
    .map(([words]) => {
      const after = closes(proposed, words);
      if (present === null) return [words, number(after)];
      const before = closes(present, words);
      return [words, number(before), number(after), difference(after - before)];
    });
  return present === null
    ? { kind: "table", headings: ["Outcome", "Closes"], rows, numbers: [1] }
    : { kind: "table", headings: ["Outcome", "Now", "Proposed", "Difference"], rows, numbers: [1, 2, 3] };
}

export function changesTable(changes: PreviewSummary["changes"]): Table {
  return {
    kind: "table",
    headings: ["Now", "Proposed", "Closes"],
    rows: changes.map(({ from, to, closes }) => [describeOutcome(from), describeOutcome(to), number(closes)]),
    numbers: [2],
  };
}

/** @param compared whether there is a present configuration */
export function sharesBlocks(
  title: string,
  what: string,
  shares: readonly Share[],
  compared: boolean,
): readonly Block[] {
  if (shares.length === 0) return [];
  const rest = shares.slice(SHOWN);
  return [
    { kind: "heading", text: title },
    sharesTable(what, shares.slice(0, SHOWN), compared),
    ...(rest.length === 0
      ? []
      : [
          {
            kind: "details",
            summary: `${count(rest.length, "more line")} with fewer closes`,
            open: false,
            blocks: [sharesTable(what, rest, compared)],
          } as const,
        ]),
  ];
}

function sharesTable(what: string, shares: readonly Share[], compared: boolean): Table {
  const surveys = compared ? ["Surveys now", "Surveys proposed"] : ["Surveys"];
  const headings = [what, "Closes", ...surveys, "Recorded", "Refused", "Others"];
  const rows = shares.map(({ name, closes, present, proposed }) => [
    name,
    number(closes),
    ...(compared ? [present === null ? "" : number(present.surveys)] : []),
    number(proposed.surveys),
    number(proposed.recorded),
    number(proposed.refused),
    number(others(closes, proposed)),
  ]);
  return { kind: "table", headings, rows, numbers: headings.map((_heading, index) => index).slice(1) };
}

function others(closes: number, { surveys, recorded, refused }: Tally): number {
  return closes - surveys - recorded - refused;
}

function number(value: number): string {
  return value.toLocaleString("en-US");
}

function difference(value: number): string {
  return value > 0 ? `+${number(value)}` : number(value);
}
