/** Going live: one word in the environment file, its plan, its apply, and where the next survey goes. */

import type { FindingId } from "../../report/catalogue";
import type { Report } from "../../report/report";
import { terminalReport } from "../../report/reporters/terminal";
import { reviewPlans } from "../review/judge";
import type { TourContext } from "./context";
import type { PlannedChange, SurveySeen } from "./facts";
import { plannedChanges } from "./planned";

const TEST = 'surveyMode: "test"';
const PRODUCTION = 'surveyMode: "production"';

export interface Live {
  readonly diff: string;
  readonly planned: readonly PlannedChange[];
  /** Ids of what the review of the plan found. */
  readonly review: readonly string[];
  readonly survey: SurveySeen;
  /** Applies the same word again, back to test. */
  wayBack(): Promise<boolean>;
}

export async function goingLive(context: TourContext): Promise<Live> {
  const { output, client, engine } = context;
  output.heading("3. Going live");
  const diff = context.copy.change(TEST, PRODUCTION);
  output.quote(diff);
  const { planned, review } = await applyChange(context, "survey-mode-production", (report) => {
    output.print(`${engine} plan, then relay review:`);
    output.report((options) => terminalReport(report, options));
  });

  const customer = { name: "Liv Live", email: "liv.live@example.net" };
  const conversation = await client.open({ customer });
  await client.close(conversation);
  const { state } = await client.decided(conversation);
  const request = await client.stellaRequest(conversation);
  if (state !== "sent" || request?.recipient !== customer.email || request.mode !== "production") {
    throw new Error(
      `after going live the survey should go to ${customer.email}, but went to ${request?.recipient ?? "no one"}`,
    );
  }
  output.print(`${engine} apply: done. The next conversation is closed, and its survey went to ${request.recipient}.`);
  const survey = { conversation, customer: customer.name, mode: request.mode, recipient: request.recipient };
  return { diff, planned, review, survey, wayBack: () => back(context) };
}

async function back(context: TourContext): Promise<boolean> {
  const { engine } = context;
  context.output.heading("5. The way back is the same word");
  context.output.quote(context.copy.change(PRODUCTION, TEST));
  // The copy goes, and the project's own file says 1: so that the next plan of the project shows no changes.
  context.copy.change("passwordVersion: 2", "passwordVersion: 1");
  await applyChange(context, "survey-mode-test", ({ title }) =>
    context.output.print(`${engine} plan, then relay review: ${title}`),
  );
  const clean = await context.terraform.planUnread();
  if (!clean) throw new Error("the plan after the way back should have no changes");
  context.output.print(`${engine} apply: done; ${engine} plan: no changes. Surveys go to the test address again.`);
  return clean;
}

/**
 * @param says the finding that the change's review must have
 * @param print prints the review before it is applied
 */
async function applyChange(
  { terraform, synth }: TourContext,
  says: FindingId,
  print: (report: Report) => void,
): Promise<Pick<Live, "planned" | "review">> {
  await synth();
  const { clean, plan } = await terraform.plan();
  if (clean) throw new Error("the change of the environment file should show in the plan, and does not");
  const report = reviewPlans([{ name: "sandbox", plan }]);
  const review = report.findings.map(({ id }) => id);
  if (!review.includes(says)) {
    throw new Error(`the review of the change should say ${says}, and says ${review.join(", ") || "nothing"}`);
  }
  print(report);
  await terraform.apply();
  return { planned: plannedChanges(plan), review };
}
