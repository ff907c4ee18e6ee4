/** Pages list the findings from the catalogue. `UPDATE_GOLDEN=1 npx jest test/features/review/documentation` writes them. */
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { CATALOGUE, FINDINGS } from "../../../src/report/catalogue";
import { SEVERITIES } from "../../../src/report/finding";

const docs = resolve(__dirname, "../../../docs");
const LIST = /<!-- findings -->[\s\S]*<!-- \/findings -->/;

/** The page that lists each command's findings. */
const PAGES: Readonly<Record<string, readonly (keyof typeof CATALOGUE)[]>> = {
  "review.md": ["review"],
  "drift.md": ["outside", "drift"],
  "preview.md": ["preview"],
  "going-live.md": ["readiness"],
  "adopt.md": ["adopt"],
};

function table(parts: readonly (keyof typeof CATALOGUE)[]): string {
  const kinds = parts.flatMap((part) => Object.entries(CATALOGUE[part]));
  const rows = SEVERITIES.toReversed().flatMap((severity) =>
    kinds
      .filter(([, kind]) => kind.severity === severity)
      .map(([id, kind]) => `| \`${id}\` | ${severity} | ${kind.customers ? "yes" : ""} | ${kind.says} |`),
  );
  const head = ["| id | severity | customers notice | meaning |", "| --- | --- | --- | --- |"];
  return ["<!-- findings -->", ...head, ...rows, "<!-- /findings -->"].join("\n");
}

describe("the pages", () => {
  it.each(Object.entries(PAGES))("%s lists every finding of its commands", (page, parts) => {
    const file = resolve(docs, page);
    const text = readFileSync(file, "utf8");
    expect(text).toMatch(LIST);
    const expected = text.replace(LIST, () => table(parts));
    if (process.env.UPDATE_GOLDEN === "1") writeFileSync(file, expected);
    expect(readFileSync(file, "utf8")).toBe(expected);
  });

  it("have every finding once, with unique ids", () => {
    const parts = Object.values(PAGES).flat();
    expect([...parts].sort()).toEqual(Object.keys(CATALOGUE).sort());
    const ids = Object.values(CATALOGUE).flatMap((part) => Object.keys(part));
    expect([...ids].sort()).toEqual(Object.keys(FINDINGS).sort());
    expect(new Set(ids).size).toBe(ids.length);
  });
});
