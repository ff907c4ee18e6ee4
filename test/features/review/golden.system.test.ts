/**
 * The stored reviews of all plans by the real Terraform. `UPDATE_GOLDEN=1 npx jest test/features/review/golden` writes the
 * reports again. Review their changes like any other change.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type ReviewInput, reviewPlans } from "../../../src/features/review/judge";
import type { Report } from "../../../src/report/report";
import { FORMATS, render } from "../../../src/report/reporters";
import { MARKDOWN_LIMIT, markdownReport } from "../../../src/report/reporters/markdown";
import { CANARY } from "./making/local-project";
import { golden } from "./support/golden";
import { inputOf as input, PLANS } from "./support/plans";

const folder = resolve(__dirname, "golden");
const reports = new Map<string, Report>();
/** Creates each report once. */
function reportOf(name: string): Report {
  const report = reports.get(name) ?? reviewPlans(CASES[name] ?? []);
  reports.set(name, report);
  return report;
}

/** One report for each plan, and one for several stacks. */
const CASES: Readonly<Record<string, readonly ReviewInput[]>> = {
  ...Object.fromEntries(PLANS.map((name) => [name, [input(name)]])),
  "several-stacks": [input("local-no-changes"), input("aws-first-deployment"), input("aws-foundation")],
};

describe("the review of a plan by the real Terraform", () => {
  it.each(Object.keys(CASES))("%s", (name) => {
    const text = golden(markdownReport(reportOf(name)));
    const file = join(folder, `${name}.md`);
    if (process.env.UPDATE_GOLDEN === "1") writeFileSync(file, text);
    expect(text).toBe(readFileSync(file, "utf8"));
  });

  it("has at least 15 plans, and no report without a plan", () => {
    expect(PLANS.length).toBeGreaterThanOrEqual(15);
    expect(readdirSync(folder).sort()).toEqual(
      Object.keys(CASES)
        .map((name) => `${name}.md`)
        .sort(),
    );
  });

  it("has equal bytes for any order of the plans, in every format", () => {
    const inputs = CASES["several-stacks"] ?? [];
    const [one, other] = [reportOf("several-stacks"), reviewPlans(inputs.toReversed())];
    for (const format of FORMATS) {
      expect(render(one, format, { colour: false })).toBe(render(other, format, { colour: false }));
    }
  });

  it("fits into a comment for plans of any size, and says what was cut", () => {
    const text = markdownReport(reviewPlans([input("local-very-large"), input("aws-first-deployment")]));
    expect(text.length).toBeLessThanOrEqual(MARKDOWN_LIMIT);
    expect(text).toContain("too long for a comment");
    expect(text.match(/<details/g)?.length ?? 0).toBe(text.match(/<\/details>/g)?.length ?? 0);
  });

  it("contains none of the environments' secrets", () => {
    for (const name of Object.keys(CASES)) {
      for (const format of FORMATS) {
        const text = render(reportOf(name), format, { colour: false });
        expect({ name, format, leaks: text.includes(CANARY) }).toEqual({ name, format, leaks: false });
      }
    }
  });
});
