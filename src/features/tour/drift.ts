/** Drift: somebody switches the webhook off in Gladly; the look for drift tells its cause, apply heals it. */
import { DO_NOT_SEND_TOPIC } from "../../contract/topic";
import type { Report } from "../../report/report";
import { terminalReport } from "../../report/reporters/terminal";
import { driftReport } from "../drift/judge";
import type { EnvironmentLook } from "../drift/observation";
import type { TourFacts } from "./facts";
import { WEBHOOK_NAME } from "./first-apply";
import type { Stage } from "./stage";

export async function driftAndHealing(stage: Stage): Promise<TourFacts["drift"]> {
  const { story, world, terraform } = stage;
  story.chapter("4. Drift");
  const { id } = await world.webhook(WEBHOOK_NAME);
  await world.gladly.updateWebhook(id, { enabled: false });
  story.tell(`Somebody switches the webhook "${WEBHOOK_NAME}" off in Gladly, by hand.`);

  const found = await look(stage);
  const finding = found.findings.find((one) => one.id === "outside-webhook-off");
  if (finding === undefined) {
    throw new Error("the look for drift should find the switched-off webhook and its cause, and does not");
  }
  story.tell("relay drift:");
  story.report((options) => terminalReport(found, options));

  await terraform.plan();
  await terraform.apply();
  const { enabled } = await world.webhook(WEBHOOK_NAME);
  const healed = await look(stage);
  if (!enabled || healed.findings.length > 0) {
    throw new Error("apply should have switched the webhook on again, and has not");
  }
  story.tell(`terraform apply: the webhook is on again; relay drift: ${healed.title}`);
  return { detected: true, cause: [finding.title, finding.detail].filter(Boolean).join(". "), healed: true };
}

/** The same that `relay drift sandbox` does. */
async function look({ world, terraform }: Stage): Promise<Report> {
  const { plan } = await terraform.plan("-lock=false");
  const gladly = { webhooks: await world.gladly.webhooks(), topics: await world.gladly.topics() };
  const environment: EnvironmentLook = {
    delivery: "enrich",
    on: "local",
    gladlyUrl: world.addresses.gladly,
    stellaUrl: world.addresses.stella,
    webhookName: WEBHOOK_NAME,
    topicName: DO_NOT_SEND_TOPIC,
    file: "stacks/environments/sandbox.ts",
  };
  return driftReport([{ stack: "sandbox", environment, plan, gladly }], Date.now());
}
