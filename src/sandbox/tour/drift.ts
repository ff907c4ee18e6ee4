/** Drift: somebody switches the webhook off in Gladly; plan shows it with its cause, apply heals it. */
import type { TourFacts } from "./facts";
import { WEBHOOK_NAME } from "./first-apply";
import { plannedChanges } from "./planned";
import type { Stage } from "./stage";
import { tellChanges } from "./story";

export async function driftAndHealing({ story, world, terraform }: Stage): Promise<TourFacts["drift"]> {
  story.chapter("4. Drift");
  const { id } = await world.webhook(WEBHOOK_NAME);
  await world.gladly.updateWebhook(id, { enabled: false });
  story.tell(`Somebody switches the webhook "${WEBHOOK_NAME}" off in Gladly, by hand.`);

  const { clean, plan, warnings } = await terraform.plan();
  const changes = plannedChanges(plan);
  const change = changes.find(({ address }) => address.startsWith("gladly_webhook."));
  const warning = warnings.find(({ summary, detail }) => `${summary} ${detail}`.includes("switched off"));
  if (clean || change === undefined || warning === undefined) {
    throw new Error("the plan should show the switched-off webhook and its cause, and does not");
  }
  const cause = [warning.summary, warning.detail].filter(Boolean).join(". ").replace(/\s+/g, " ");
  story.tell("terraform plan:");
  tellChanges(story, changes);
  story.tell(`cause: ${cause}`);

  await terraform.apply();
  const { enabled } = await world.webhook(WEBHOOK_NAME);
  const healed = (await terraform.plan()).clean;
  if (!enabled || !healed) throw new Error("apply should have switched the webhook on again, and has not");
  story.tell("terraform apply: the webhook is on again; terraform plan: no changes");
  return { detected: true, cause, healed: true };
}
