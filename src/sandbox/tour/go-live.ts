/** Going live: one word in the environment file, its plan, its apply, and where the next survey goes. */
import type { PlannedChange, SurveySeen } from "./facts";
import { plannedChanges } from "./planned";
import type { Stage } from "./stage";
import { tellChanges } from "./story";

const TEST = 'surveyMode: "test"';
const PRODUCTION = 'surveyMode: "production"';

export interface Live {
  readonly diff: string;
  readonly planned: readonly PlannedChange[];
  readonly survey: SurveySeen;
  /** Applies the same word again, back to test. */
  wayBack(): Promise<boolean>;
}

export async function goingLive(stage: Stage): Promise<Live> {
  const { story, world } = stage;
  story.chapter("3. Going live");
  const diff = stage.copy.change(TEST, PRODUCTION);
  story.quote(diff);
  const planned = await applyChange(stage);

  const customer = { name: "Liv Live", email: "liv.live@example.net" };
  const conversation = await world.open({ customer });
  await world.close(conversation);
  const { state } = await world.decided(conversation);
  const request = await world.stellaRequest(conversation);
  if (state !== "sent" || request?.recipient !== customer.email || request.mode !== "production") {
    throw new Error(
      `after going live the survey should go to ${customer.email}, and went to ${request?.recipient ?? "nobody"}`,
    );
  }
  story.tell(`terraform apply: done. The next conversation is closed, and its survey went to ${request.recipient}.`);
  const survey = { conversation, customer: customer.name, mode: request.mode, recipient: request.recipient };
  return { diff, planned, survey, wayBack: () => back(stage) };
}

async function back(stage: Stage): Promise<boolean> {
  stage.story.chapter("5. The way back is the same word");
  stage.story.quote(stage.copy.change(PRODUCTION, TEST));
  await applyChange(stage);
  const { clean } = await stage.terraform.plan();
  if (!clean) throw new Error("the plan after the way back should have no changes");
  stage.story.tell("terraform apply: done; terraform plan: no changes. Surveys go to the test address again.");
  return clean;
}

async function applyChange({ story, terraform, synth }: Stage): Promise<readonly PlannedChange[]> {
  await synth();
  const { clean, plan } = await terraform.plan();
  if (clean) throw new Error("the change of the environment file should show in the plan, and does not");
  story.tell("terraform plan:");
  const changes = plannedChanges(plan);
  tellChanges(story, changes);
  await terraform.apply();
  return changes;
}
