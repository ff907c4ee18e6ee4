/**
 * New parts of plans by newer engines (making/engine-plans.ts): each part is reviewed, or reported as not understood. The
 * files in engines/ have the engine's name and version.
 */
import { reviewPlans } from "../../../src/features/review/judge";
import type { FindingId } from "../../../src/report/catalogue";
import { FORMATS, render } from "../../../src/report/reporters";
import { markdownReport } from "../../../src/report/reporters/markdown";
import { PlanSchema } from "../../../src/terraform/plan";
import { enginePlans } from "./support/engine-plans";

interface Row {
  readonly title: string;
  readonly findings: readonly FindingId[];
  /** Texts that the review must have. */
  readonly says: readonly string[];
}

const ROWS: Readonly<Record<string, Row>> = {
  "outputs-only": {
    title: "sandbox: 1 output",
    findings: [],
    says: [
      "Only outputs of the stack change",
      "| `address` | `a` | `b` |",
      "The way back: revert the change and apply.",
    ],
  },
  "output-sensitive": { title: "sandbox: 1 output", findings: [], says: ["Only outputs of the stack change"] },
  "moved-and-changed": {
    title: "1 to update",
    findings: ["resource-moved"],
    says: [
      "gets the address `terraform_data.new` in the code",
      "The same apply also changes it",
      "was `terraform_data.old`",
    ],
  },
  forgotten: {
    title: "1 to forget",
    findings: ["resource-forgotten"],
    says: [
      "Terraform forgets `terraform_data.gone`, which stays as it is",
      "must be imported again: `terraform_data.gone`",
    ],
  },
  deposed: {
    title: "1 to replace",
    findings: ["resource-leftover"],
    says: ["of an earlier replacement", "deposed object"],
  },
  "check-fails": { title: "", findings: ["check-failed"], says: ["The input should be 2."] },
  "sensitive-input": { title: "", findings: [], says: ["terraform_data.a"] },
  deferred: {
    title: "",
    findings: ["plan-deferred"],
    says: ["instance count unknown", "Terraform leaves 1 change to a later plan"],
  },
  "kept-and-replaced": {
    title: "1 to replace",
    findings: ["resource-forgotten"],
    says: ["is created a second time", "`terraform_data.kept`"],
  },
  "kept-when-removed": {
    title: "1 to forget",
    findings: ["resource-forgotten"],
    says: ["Terraform forgets `terraform_data.kept`, which stays as it is", "must be imported again"],
  },
  "not-enabled": { title: "1 to destroy", findings: [], says: ["`terraform_data.optional`"] },
  ephemeral: { title: "", findings: [], says: ["| update | `simple_resource.user`"] },
  "refresh-only": { title: "no changes", findings: [], says: [] },
  action: { title: "", findings: ["plan-actions"], says: ["action.simple_action.purge", "no plan undoes it"] },
  "action-alone": { title: "", findings: ["plan-actions"], says: ["action.simple_action.purge"] },
};

const made = enginePlans().map(({ plan, ...rest }) => ({ ...rest, plan: PlanSchema.parse(plan) }));

describe("a review of a plan by a newer engine", () => {
  it("has a plan for every row, and a row for every plan", () => {
    expect([...new Set(made.map(({ name }) => name))].sort()).toEqual(Object.keys(ROWS).sort());
  });

  it.each(made)("$engine: $name", ({ name, plan }) => {
    const row = ROWS[name];
    const report = reviewPlans([{ name: "sandbox", plan }]);
    const text = markdownReport(report);
    const ids = report.findings.map(({ id }) => id);
    expect({ title: report.title, ids, text }).toMatchObject({
      title: expect.stringContaining(row?.title ?? ""),
      ids: expect.arrayContaining([...(row?.findings ?? [])]),
    });
    for (const part of row?.says ?? []) expect(text).toContain(part);
    // The review understands all parts of these, and shows no value that the engine marked as sensitive.
    expect(ids).not.toContain("plan-not-understood");
    for (const format of FORMATS) expect(render(report, format, { colour: false })).not.toContain("planted-secret");
  });
});
