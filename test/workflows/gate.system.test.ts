/**
 * The result of the required check `Review` when earlier jobs fail, are skipped or are cancelled. Uses GitHub's own evaluator
 * for conditions, and runs the last step's lines in bash. On GitHub a skipped check counts as passed.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { holds } from "./support/expression";
import { workflow } from "./support/workflow";

const { jobs } = workflow("plan");
const review = jobs.review;
if (review === undefined) throw new Error("plan.yml has no job review");
const gate = review.steps.at(-1);

type Result = "success" | "failure" | "cancelled" | "skipped";

interface Case {
  readonly stacks: Result;
  readonly plan: Result;
  /** Environments that the change affects. */
  readonly touched?: readonly string[];
  /** Environments in the review. @default all affected ones */
  readonly reviewed?: readonly string[];
  readonly findings?: readonly string[];
  /** Removed environments that were not retired before. */
  readonly unretired?: readonly string[];
}

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gate-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Whether the check allows a merge. */
function passes({ stacks, plan, touched = [], reviewed = touched, findings = [], unretired = [] }: Case): boolean {
  const failed = stacks !== "success" || plan !== "success";
  // `always()` and `!cancelled()` differ here.
  if (!holds(review?.if, { needs: { stacks: { result: stacks }, plan: { result: plan } } }, { failed })) return true;
  if (reviewed.length > 0) {
    const report = { stacks: reviewed.map((name) => ({ name })), findings: findings.map((id) => ({ id })) };
    writeFileSync(join(folder, "review.json"), JSON.stringify(report, undefined, 2));
  }
  mkdirSync(join(folder, "out"), { recursive: true });
  const env = {
    PATH: process.env.PATH,
    GITHUB_STEP_SUMMARY: join(folder, "summary.md"),
    STACKS_RESULT: stacks,
    PLAN_RESULT: plan,
    // Outputs of a failed job are empty.
    ANY: stacks === "success" ? String(touched.length > 0) : "",
    NAMES: touched.join(" "),
    UNRETIRED: unretired.join(" "),
  };
  try {
    execFileSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", gate?.run ?? "exit 9"], {
      cwd: folder,
      env,
      stdio: "pipe",
    });
    return true;
  } catch {
    expect(readFileSync(join(folder, "summary.md"), "utf8")).toContain("Not reviewed");
    return false;
  }
}

const both = ["staging", "production"];

describe("the required check", () => {
  it("always runs its last step, with the results of the jobs", () => {
    expect(gate).toMatchObject({
      if: "${{ always() }}",
      env: {
        STACKS_RESULT: "${{ needs.stacks.result }}",
        PLAN_RESULT: "${{ needs.plan.result }}",
        ANY: "${{ needs.stacks.outputs.any }}",
        NAMES: "${{ needs.stacks.outputs.names }}",
        UNRETIRED: "${{ needs.stacks.outputs.unretired }}",
      },
    });
  });

  it.each<[string, Case, boolean]>([
    ["no environment is affected", { stacks: "success", plan: "skipped" }, true],
    ["every affected environment is reviewed", { stacks: "success", plan: "success", touched: both }, true],
    ["a broken environment file fails the first job", { stacks: "failure", plan: "skipped" }, false],
    ["the first job is cancelled", { stacks: "cancelled", plan: "skipped" }, false],
    ["the first job is skipped", { stacks: "skipped", plan: "skipped" }, false],
    ["one environment cannot be planned", { stacks: "success", plan: "failure", touched: both }, false],
    ["the plans are cancelled", { stacks: "success", plan: "cancelled", touched: both }, false],
    ["a fork affects an environment", { stacks: "success", plan: "skipped", touched: both, reviewed: [] }, false],
    ["a fork affects no environment", { stacks: "success", plan: "skipped", touched: [] }, true],
    [
      "a plan is not in the review",
      { stacks: "success", plan: "success", touched: both, reviewed: ["staging"] },
      false,
    ],
    ["there is no review", { stacks: "success", plan: "success", touched: both, reviewed: [] }, false],
    [
      "a plan is not understood",
      { stacks: "success", plan: "success", touched: both, findings: ["plan-not-understood"] },
      false,
    ],
    [
      "an environment is removed and was not retired",
      { stacks: "success", plan: "skipped", unretired: ["pilot"] },
      false,
    ],
    [
      "an environment is renamed, and the new one is reviewed",
      { stacks: "success", plan: "success", touched: both, unretired: ["pilot"] },
      false,
    ],
    ["a plan failed", { stacks: "success", plan: "success", touched: both, findings: ["plan-errored"] }, false],
  ])("when %s", (_, given, passed) => {
    expect(passes(given)).toBe(passed);
  });

  it("plans for the event's author, not for the actor", () => {
    const event = (login: string, full_name = "a/b") => ({
      needs: { stacks: { result: "success", outputs: { any: "true" } } },
      github: { repository: "a/b", event: { pull_request: { head: { repo: { full_name } }, user: { login } } } },
    });
    const planned = (contexts: ReturnType<typeof event>) => holds(jobs.plan?.if, contexts, { failed: false });
    expect(planned(event("a person"))).toBe(true);
    expect(planned(event("dependabot[bot]"))).toBe(false);
    expect(planned(event("a person", "mallory/b"))).toBe(false);
    expect(JSON.stringify(jobs)).not.toContain("github.actor");
  });

  it("writes with the code of the base branch", () => {
    const checkout = review.steps.find(({ uses }) => uses?.startsWith("actions/checkout@"));
    expect(checkout?.with.ref).toBe("${{ github.event.pull_request.base.sha }}");
  });
});
