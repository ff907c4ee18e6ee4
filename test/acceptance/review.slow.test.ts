/** The plans that the reviews are held to, made anew: what the real Terraform says today must still mean the same. */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { reviewPlans } from "../../src/features/review/judge";
import { markdownReport } from "../../src/report/reporters/markdown";
import { PlanSchema } from "../../src/terraform/plan";
import { makeLocalPlans } from "../features/review/making/local-cases";
import { CANARY } from "../features/review/making/local-project";
import { golden } from "../features/review/support/golden";
import { PLANS } from "../features/review/support/plans";

const folder = resolve(__dirname, "../features/review/golden");

describe("the review of plans that the real Terraform makes now", () => {
  const made = new Map<string, string>();
  beforeAll(() => makeLocalPlans((name, plan) => made.set(name, plan)));

  it("has every plan on one machine that is kept", () => {
    expect([...made.keys()].sort()).toEqual(PLANS.filter((name) => name.startsWith("local-")));
  });

  it("says what the kept one says", () => {
    for (const [name, plan] of made) {
      const report = markdownReport(reviewPlans([{ name: "sandbox", plan: PlanSchema.parse(JSON.parse(plan)) }]));
      const kept = readFileSync(join(folder, `${name}.md`), "utf8");
      expect({ name, report: golden(report) }).toEqual({ name, report: kept });
    }
  });

  it("comes of plans without a secret", () => {
    expect([...made].filter(([, plan]) => plan.includes(CANARY)).map(([name]) => name)).toEqual([]);
  });
});
