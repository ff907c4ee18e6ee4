/** Plan and apply: the webhook and the topic appear in Gladly, and the next plan has nothing to do. */
import { environmentPath } from "../../contract/locations";
import { DO_NOT_SEND_TOPIC } from "../../contract/topic";
import type { TourContext } from "./context";
import type { PlannedChange } from "./facts";
import { printChanges } from "./output";
import { plannedChanges } from "./planned";

export const WEBHOOK_NAME = "Send Stella Survey";

export async function firstApply({
  output,
  client,
  terraform,
  engine,
  synth,
}: TourContext): Promise<readonly PlannedChange[]> {
  output.heading("1. Plan and apply");
  const before = await client.gladly.webhooks();
  output.print(`Gladly has ${before.length} webhooks. Synthesizing ${environmentPath("sandbox")} …`);
  await synth();
  // Every tour begins with an empty state, even if the folder was used with another state before.
  await terraform.init("-reconfigure");
  const changes = plannedChanges((await terraform.plan()).plan);
  output.print(`${engine} plan: ${changes.length} resources to create`);
  printChanges(output, changes);
  if (!changes.every(({ actions }) => actions.join() === "create")) {
    throw new Error("the first plan should only create, and does not");
  }
  await terraform.apply();

  const webhook = await client.webhook(WEBHOOK_NAME);
  const topic = (await client.gladly.topics()).find(({ name }) => name === DO_NOT_SEND_TOPIC);
  if (!webhook.enabled || !webhook.hasCredentials || topic === undefined || topic.disabled) {
    throw new Error("after apply the webhook or the topic is not in Gladly as it should be");
  }
  output.print(`${engine} apply: done. Gladly now has`);
  output.table(
    ["what", "name", "details"],
    [
      ["webhook", webhook.name ?? "", `${webhook.events.join(", ")} to ${webhook.url}, enabled`],
      ["topic", topic.name, `id ${topic.id}`],
    ],
  );

  if (!(await terraform.planUnread())) throw new Error("the plan after apply should have no changes, and has some");
  output.print(`${engine} plan again: no changes`);
  return changes;
}
