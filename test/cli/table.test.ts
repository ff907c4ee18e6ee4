import { stripVTControlCharacters } from "node:util";
import { factsText, tableText } from "../../src/cli/table";

const TABLE = {
  headings: ["part", "dollars"],
  rows: [
    ["ingest", "1.50"],
    ["queue", "12.00"],
  ],
  numbers: [1],
};

describe("a table of a command", () => {
  it("aligns numbers to the right, without trailing spaces", () => {
    expect(tableText(TABLE, { colour: false })).toBe("  part    dollars\n  ingest     1.50\n  queue     12.00\n");
  });

  it("has dim headings in colour, and is otherwise unchanged", () => {
    const coloured = tableText(TABLE, { colour: true });
    expect(coloured.split("\n")[0]).toBe("  \u001b[2mpart    dollars\u001b[22m");
    expect(stripVTControlCharacters(coloured)).toBe(tableText(TABLE, { colour: false }));
  });

  it("shows facts without headings, in two columns", () => {
    const rows = [
      ["webhook", "on"],
      ["closes there", "3"],
    ] as const;
    expect(factsText(rows, { colour: true })).toBe("  webhook       on\n  closes there  3\n");
  });
});
