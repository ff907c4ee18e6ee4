/** Plans of an environment on this machine, in order: each starts with the state of the one before. */

import { defaultScenario } from "../../../../src/sandbox/default-scenario";
import { CANARY, LocalProject, USER } from "./local-project";
import { normalised } from "./normalise";

/** Called with each plan. */
export type Made = (name: string, plan: string) => void;

export async function makeLocalPlans(made: Made): Promise<void> {
  await onOneMachine(made, enriched);
  await onOneMachine(made, withoutRelay);
  await onOneMachine(made, adopted);
}

/** Moves the environment to another Gladly organization and keeps its state. */
export async function makeLocalMove(made: Made): Promise<void> {
  const { organization, ...rest } = defaultScenario;
  const other = await LocalProject.open({ ...rest, organization: { ...organization, id: "other", name: "Other" } });
  const moved = async (project: LocalProject, plan: Plan) => {
    project.write();
    await project.apply();
    project.write({ gladly: { url: other.gladlyUrl, user: USER } });
    await plan("local-moved-organization");
    await plan("local-moved-organization-unread", "-refresh=false");
  };
  try {
    await onOneMachine(made, moved, { others: { [other.gladlyUrl]: "http://127.0.0.1:4611" }, providers: true });
  } finally {
    await other.close();
  }
}

interface OnOneMachine {
  /** More texts to replace. */
  readonly others?: Readonly<Record<string, string>>;
  /** Keeps the providers' configuration. */
  readonly providers?: boolean;
}

async function onOneMachine(
  made: Made,
  steps: (project: LocalProject, plan: Plan) => Promise<void>,
  { others = {}, providers = false }: OnOneMachine = {},
): Promise<void> {
  const project = await LocalProject.open();
  const known = {
    ...others,
    [project.gladlyUrl]: "http://127.0.0.1:4610",
    [project.stellaUrl]: "http://127.0.0.1:4620",
    [project.relayUrl]: "http://127.0.0.1:4630",
    [project.relayUrl.replace("127.0.0.1", "localhost")]: "http://localhost:4630",
  };
  try {
    const keep = (name: string, plan: string) => made(name, normalised(plan, known, { providers }));
    await steps(project, async (name, ...args) => keep(name, await project.plan(...args)));
  } finally {
    await project.close();
  }
}

type Plan = (name: string, ...args: readonly string[]) => Promise<void>;

async function enriched(project: LocalProject, plan: Plan): Promise<void> {
  project.write();
  await plan("local-first-deployment");
  await project.apply();
  await plan("local-no-changes");

  project.write({ surveyMode: "production" });
  await plan("local-go-live");
  project.write({ webhook: { name: "Send Stella Survey", passwordVersion: 2 } });
  await plan("local-rotation");
  project.write({ relay: { on: "local", url: project.relayUrl.replace("127.0.0.1", "localhost") } });
  await plan("local-webhook-moved");
  project.write({ delivery: "direct" });
  await plan("local-delivery-direct");
  project.write({ topic: { name: "no_survey" }, webhook: { name: "Surveys", passwordVersion: 1 } });
  await plan("local-topic-renamed");
  project.write({
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

  project.write();
  const [webhook] = await project.gladly.webhooks();
  const [topic] = (await project.gladly.topics()).filter(({ name }) => name === "do_not_send_stella");
  if (webhook === undefined || topic === undefined) throw new Error("webhook and topic should be in Gladly");
  const { id } = webhook;
  await project.gladly.updateWebhook(id, { enabled: false });
  await plan("local-switched-off-outside");
  await plan("local-refresh-only", "-refresh-only");
  await project.apply();
  await project.gladly.updateTopic(topic.id, { name: "something_else" });
  await plan("local-topic-renamed-outside");
  await project.gladly.updateTopic(topic.id, { name: topic.name });
  await project.gladly.updateWebhook(id, { enabled: false });
  await project.gladly.deleteWebhook(id);
  await plan("local-webhook-deleted-outside");
  await project.apply();

  project.extra(EXTRAS.kept);
  await project.apply();
  project.extra(EXTRAS.moved);
  await plan("local-moved-forgotten-and-check");
  project.extra(undefined);
  await project.apply();
  project.extra(EXTRAS.many);
  await plan("local-very-large");
  project.extra(EXTRAS.failing);
  await plan("local-errored");
  project.extra(undefined);
  await plan("local-destroy", "-destroy");

  project.write({ surveyMode: "production" });
  await project.apply();
  project.write();
  await plan("local-way-back");
}

async function withoutRelay(project: LocalProject, plan: Plan): Promise<void> {
  project.write({ delivery: "direct" });
  await project.apply();
  project.write({ delivery: "direct", surveyMode: "production" });
  await plan("local-direct-go-live");
}

async function adopted(project: LocalProject, plan: Plan): Promise<void> {
  const webhook = await project.gladly.createWebhook({
    name: "Send Stella Survey",
    url: `${project.stellaUrl}/v1/webhooks/gladly`,
    events: ["CONVERSATION/CLOSED"],
    enabled: true,
    credentials: { username: "connect", password: `${CANARY}-stella-test-key` },
  });
  const topic = await project.gladly.createTopic({ name: "do_not_send_stella" });
  project.write({ delivery: "direct", adopted: { webhook: { id: webhook, key: "test" }, topic: { id: topic } } });
  await plan("local-adoption");
}

const TOPIC = "gladly_topic.do_not_send_topic";

/** Configuration that a person may write next to an environment file. */
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
