/** Drift: someone switches the webhook off in Gladly, `relay drift` shows the cause, and an apply repairs it. */
import { environmentPath } from "../../contract/locations";
import { DO_NOT_SEND_TOPIC } from "../../contract/topic";
import type { Report } from "../../report/report";
import { terminalReport } from "../../report/reporters/terminal";
import { driftReport } from "../drift/judge";
import type { EnvironmentLook } from "../drift/observation";
import type { TourContext } from "./context";
import type { TourFacts } from "./facts";
import { WEBHOOK_NAME } from "./first-apply";

export async function driftAndHealing(context: TourContext): Promise<TourFacts["drift"]> {
  const { output, client, terraform, engine, copy, synth } = context;
  output.heading("4. Drift");
  const { id } = await client.webhook(WEBHOOK_NAME);
  await client.gladly.updateWebhook(id, { enabled: false });
  output.print(`Somebody switches the webhook "${WEBHOOK_NAME}" off in Gladly, by hand.`);

  const found = await look(context);
  const finding = found.findings.find((one) => one.id === "outside-webhook-off");
  if (finding === undefined) {
    throw new Error("the look for drift should find the switched-off webhook and its cause, and does not");
  }
  output.print("relay drift:");
  output.report((options) => terminalReport(found, options));

  // The same edit could have changed the password, which Gladly never shows, so the report asks to send it again.
  output.quote(copy.change("passwordVersion: 1", "passwordVersion: 2"));
  await synth();
  await terraform.planUnread();
  await terraform.apply();
  const { enabled } = await client.webhook(WEBHOOK_NAME);
  const healed = await look(context);
  if (!enabled || healed.findings.length > 0) {
    throw new Error("apply should have switched the webhook on again, and has not");
  }
  output.print(`${engine} apply: the webhook is on again, with our password; relay drift: ${healed.title}`);
  return { detected: true, cause: [finding.title, finding.detail].filter(Boolean).join(". "), healed: true };
}

/** The same that `relay drift sandbox` does. */
async function look({ client, terraform }: TourContext): Promise<Report> {
  const { plan, warnings } = await terraform.plan("-lock=false");
  const gladly = { webhooks: await client.gladly.webhooks(), topics: await client.gladly.topics() };
  const environment: EnvironmentLook = {
    delivery: "enrich",
    on: "local",
    gladlyUrl: client.addresses.gladly,
    stellaUrl: client.addresses.stella,
    webhookName: WEBHOOK_NAME,
    topicName: DO_NOT_SEND_TOPIC,
    file: environmentPath("sandbox"),
  };
  return driftReport([{ stack: "sandbox", environment, plan, gladly, warnings }], Date.now());
}
