import { startProgress } from "../../src/cli/progress";
import { factsText } from "../../src/cli/table";
import { harmless, printable, printableLines } from "../../src/report/printable";
import { columns } from "../../src/report/reporters/columns";
import { terminalReport } from "../../src/report/reporters/terminal";

/** A text that an event's id or Stella's answer may contain: clears the screen, imitates a line, reverses text. */
const FORGED = "x\u001b[2J\u001b[1A\r  outcome  sent: eligible\n\u009b2K\u202e\u2028\u0007y";

const quiet = (text: string) => text.replace(/[\n\t]/g, "");
const steers = (text: string) => /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(quiet(text));

test("external text stays on its line and has no control characters, in facts, tables, reports and progress", () => {
  expect(printable(FORGED)).toBe("x[2J[1A   outcome  sent: eligible 2K y");
  const facts = factsText([["event", FORGED]], { colour: false });
  expect(facts.split("\n")).toHaveLength(2);
  const table = columns({ headings: ["a", "b"], rows: [[FORGED, FORGED]] });
  expect(table).toHaveLength(2);
  const finding = { id: "webhook-off", severity: "critical", title: FORGED, detail: FORGED, resource: FORGED } as const;
  const report = terminalReport(
    {
      title: FORGED,
      lead: [FORGED],
      findings: [finding],
      blocks: [{ kind: "table", headings: ["a"], rows: [[FORGED]] }],
    } as never,
    { colour: false },
  );
  let progress = "";
  startProgress(
    {
      err: (text) => {
        progress = text;
      },
      interactive: false,
    },
    "reading",
  ).step({ now: FORGED });
  for (const text of [facts, table.join(""), report, progress]) expect([text, steers(text)]).toEqual([text, false]);
});

test("an error with several lines keeps only its line breaks", () => {
  expect(printableLines("one\u001b[2J\ntwo\rthree")).toBe("one[2J\ntwo three");
});

test("the final filter allows line breaks, tabs, redrawn lines and colours, and shows other control characters as codes", () => {
  expect(harmless("a\n\tb\r\u001b[1;31mred\u001b[0m")).toBe("a\n\tb\r\u001b[1;31mred\u001b[0m");
  expect(harmless("\u001b[2J\u001b]0;title\u0007\u009b2K\u0000")).toBe(
    "\\u001b[2J\\u001b]0;title\\u0007\\u009b2K\\u0000",
  );
});

test("JSON has the same meaning after the final filter", () => {
  const value = { id: FORGED, deep: ["\u0080\u009f\u007f"] };
  expect(JSON.parse(harmless(JSON.stringify(value)))).toEqual(value);
});
