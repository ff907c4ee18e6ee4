/** docs/review.md lists the findings from the catalogue. `UPDATE_GOLDEN=1 npx jest test/features/review/documentation` writes it anew. */
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { FINDINGS } from "../../../src/report/catalogue";
import { SEVERITIES } from "../../../src/report/report";

const page = resolve(__dirname, "../../../docs/review.md");
const LIST = /<!-- findings -->[\s\S]*<!-- \/findings -->/;

function table(): string {
  const rows = SEVERITIES.toReversed().flatMap((severity) =>
    Object.entries(FINDINGS)
      .filter(([, kind]) => kind.severity === severity)
      .map(([id, kind]) => `| \`${id}\` | ${severity} | ${kind.customers ? "yes" : ""} | ${kind.says} |`),
  );
  const head = ["| id | severity | customers notice | says |", "| --- | --- | --- | --- |"];
  return ["<!-- findings -->", ...head, ...rows, "<!-- /findings -->"].join("\n");
}

describe("docs/review.md", () => {
  it("lists every finding with its severity", () => {
    const text = readFileSync(page, "utf8");
    const expected = text.replace(LIST, table());
    expect(text).toMatch(LIST);
    if (process.env.UPDATE_GOLDEN === "1") writeFileSync(page, expected);
    expect(readFileSync(page, "utf8")).toBe(expected);
  });
});
