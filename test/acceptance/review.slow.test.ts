/** Creates the stored plans of the review tests again: today's Terraform must give plans with the same review. */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { reviewPlans } from "../../src/features/review/judge";
import { markdownReport } from "../../src/report/reporters/markdown";
import { PlanSchema } from "../../src/terraform/plan";
import { makeLocalMove, makeLocalPlans } from "../features/review/making/local-cases";
import { CANARY } from "../features/review/making/local-project";
import { golden } from "../features/review/support/golden";
import { inputOf, PLANS } from "../features/review/support/plans";

const folder = resolve(__dirname, "../features/review/golden");

describe("the review of plans by the real Terraform", () => {
  const made = new Map<string, string>();
  const keep = (name: string, plan: string) => made.set(name, plan);
  beforeAll(async () => {
    await makeLocalPlans(keep);
    await makeLocalMove(keep);
  });

  it("covers every stored plan on one machine", () => {
    expect([...made.keys()].sort()).toEqual(PLANS.filter((name) => name.startsWith("local-")));
  });

  it("equals the review of the stored plans", () => {
    for (const [name, plan] of made) {
      const report = markdownReport(reviewPlans([{ ...inputOf(name), plan: PlanSchema.parse(JSON.parse(plan)) }]));
      const kept = readFileSync(join(folder, `${name}.md`), "utf8");
      expect({ name, report: golden(report) }).toEqual({ name, report: kept });
    }
  });

  it("is from plans without secrets", () => {
    expect([...made].filter(([, plan]) => plan.includes(CANARY)).map(([name]) => name)).toEqual([]);
  });
});
