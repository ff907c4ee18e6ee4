/** Plans of an environment on this machine, in the order in which they are made: what is applied once stays for the next. */

import { CANARY, LocalWorld } from "./local-world";
import { normalised } from "./normalise";

/** Hears of each plan as it is made. */
export type Made = (name: string, plan: string) => void;

export async function makeLocalPlans(made: Made): Promise<void> {
  await onOneMachine(made, enriched);
  await onOneMachine(made, withoutRelay);
  await onOneMachine(made, adopted);
}

async function onOneMachine(made: Made, story: (world: LocalWorld, plan: Plan) => Promise<void>): Promise<void> {
  const world = await LocalWorld.open();
  const known = {
    [world.gladlyUrl]: "http://127.0.0.1:4610",
    [world.stellaUrl]: "http://127.0.0.1:4620",
    [world.relayUrl]: "http://127.0.0.1:4630",
    [world.relayUrl.replace("127.0.0.1", "localhost")]: "http://localhost:4630",
  };
  try {
    await story(world, async (name, ...args) => made(name, normalised(await world.plan(...args), known)));
  } finally {
    await world.close();
  }
}

type Plan = (name: string, ...args: readonly string[]) => Promise<void>;

async function enriched(world: LocalWorld, plan: Plan): Promise<void> {
  world.write();
  await plan("local-first-deployment");
  await world.apply();
  await plan("local-no-changes");

  world.write({ surveyMode: "production" });
  await plan("local-go-live");
  world.write({ webhook: { name: "Send Stella Survey", passwordVersion: 2 } });
  await plan("local-rotation");
  world.write({ relay: { on: "local", url: world.relayUrl.replace("127.0.0.1", "localhost") } });
  await plan("local-webhook-moved");
  world.write({ delivery: "direct" });
  await plan("local-delivery-direct");
  world.write({ topic: { name: "no_survey" }, webhook: { name: "Surveys", passwordVersion: 1 } });
  await plan("local-topic-renamed");
  world.write({
    policy: {
      channels: { SMS: null, PHONE_CALL: "voice" },
      bots: ["greeter@example.com"],
      doNotSend: "skip",
      oncePerConversation: true,
      ambiguous: "park",
      brand: "Parcels",
    },
  });
  await plan("local-policy");

  world.write();
  const [webhook] = await world.gladly.webhooks();
  const [topic] = (await world.gladly.topics()).filter(({ name }) => name === "do_not_send_stella");
  if (webhook === undefined || topic === undefined) throw new Error("webhook and topic should be in Gladly");
  const { id } = webhook;
  await world.gladly.updateWebhook(id, { enabled: false });
  await plan("local-switched-off-outside");
  await plan("local-refresh-only", "-refresh-only");
  await world.apply();
  await world.gladly.updateTopic(topic.id, { name: "something_else" });
  await plan("local-topic-renamed-outside");
  await world.gladly.updateTopic(topic.id, { name: topic.name });
  await world.gladly.updateWebhook(id, { enabled: false });
  await world.gladly.deleteWebhook(id);
  await plan("local-webhook-deleted-outside");
  await world.apply();

  world.extra(EXTRAS.kept);
  await world.apply();
  world.extra(EXTRAS.moved);
  await plan("local-moved-forgotten-and-check");
  world.extra(undefined);
  await world.apply();
  world.extra(EXTRAS.many);
  await plan("local-very-large");
  world.extra(EXTRAS.failing);
  await plan("local-errored");
  world.extra(undefined);
  await plan("local-destroy", "-destroy");

  world.write({ surveyMode: "production" });
  await world.apply();
  world.write();
  await plan("local-way-back");
}

async function withoutRelay(world: LocalWorld, plan: Plan): Promise<void> {
  world.write({ delivery: "direct" });
  await world.apply();
  world.write({ delivery: "direct", surveyMode: "production" });
  await plan("local-direct-go-live");
}

async function adopted(world: LocalWorld, plan: Plan): Promise<void> {
  const webhook = await world.gladly.createWebhook({
    name: "Send Stella Survey",
    url: `${world.stellaUrl}/v1/webhooks/gladly`,
    events: ["CONVERSATION/CLOSED"],
    enabled: true,
    credentials: { username: "connect", password: `${CANARY}-stella-test-key` },
  });
  const topic = await world.gladly.createTopic({ name: "do_not_send_stella" });
  world.write({ delivery: "direct", adopted: { webhook: { id: webhook, key: "test" }, topic: { id: topic } } });
  await plan("local-adoption");
}

const TOPIC = "gladly_topic.do_not_send_topic";

/** What no environment file says, and a person may write beside it. */
const EXTRAS = {
  kept: { resource: { terraform_data: { note: { input: "kept" }, old: { input: "moved" } } } },
  moved: {
    resource: { terraform_data: { new: { input: "moved" } } },
    moved: [{ from: "terraform_data.old", to: "terraform_data.new" }],
    removed: [{ from: "terraform_data.note", lifecycle: { destroy: false } }],
    check: {
      the_topic_has_a_name: {
        assert: [{ condition: `\${${TOPIC}.name == "other"}`, error_message: "It is called otherwise." }],
      },
    },
  },
  many: {
    resource: {
      gladly_topic: {
        many: { for_each: `\${toset([for n in range(240) : "topic-\${n}"])}`, name: `\${each.key}` },
      },
    },
  },
  failing: {
    resource: {
      terraform_data: {
        wrong: {
          input: 1,
          lifecycle: {
            precondition: [{ condition: `\${${TOPIC}.disabled}`, error_message: "The topic must be disabled first." }],
          },
        },
      },
    },
  },
};
