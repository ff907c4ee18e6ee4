import { z } from "zod";
import { IntegrationStack } from "../../../src/deploy/stacks/integration-stack";
import { isOnThisMachine } from "../../../src/environment";
import { EnvironmentSchema } from "../../../src/environment/schema";
import { unwrittenApp } from "../../support/unwritten-app";

const Webhook = z.object({
  url: z.string(),
  events: z.array(z.string()),
  credentials: z.object({ username: z.string(), password_wo: z.string(), password_wo_version: z.number() }),
  depends_on: z.array(z.string()),
});
const Json = z.object({
  resource: z.object({
    gladly_webhook: z.object({ survey_webhook: Webhook }),
    gladly_topic: z.object({ do_not_send_topic: z.object({ name: z.string() }) }),
    terraform_data: z.object({ relay_configuration: z.object({ input: z.looseObject({}) }) }).optional(),
  }),
  terraform: z.looseObject({
    required_version: z.string(),
    backend: z.object({ local: z.object({ path: z.string() }) }),
  }),
});

const DELIVERIES = ["direct", "forward", "enrich"] as const;
const MODES = ["test", "production"] as const;

function synthesized(change: Record<string, unknown> = {}) {
  const environment = EnvironmentSchema.parse({
    name: "sandbox",
    surveyMode: "test",
    delivery: "enrich",
    gladly: { url: "http://127.0.0.1:4610", user: "relay@example.com" },
    stella: { url: "http://127.0.0.1:4620" },
    relay: { on: "local", url: "http://127.0.0.1:4630" },
    manualSteps: { integratedChannel: { by: "a person", on: "2026-11-22" } },
    ...change,
  });
  if (!isOnThisMachine(environment)) throw new Error("the relay is meant to be on this machine");
  const stack = new IntegrationStack(unwrittenApp(), environment);
  stack.prepareStack();
  return Json.parse(stack.toTerraform()).resource;
}
const webhookOf = (change: Record<string, unknown>) => synthesized(change).gladly_webhook.survey_webhook;

describe("the stack of an environment on one machine", () => {
  it.each(["forward", "enrich"])(
    "with delivery %s points the webhook at the relay, with the relay's password",
    (delivery) => {
      const { url, credentials } = webhookOf({ delivery });
      expect(url).toBe("http://127.0.0.1:4630/v1/webhooks/gladly");
      expect(credentials.username).toBe("connect");
      expect(credentials.password_wo).toContain("secrets/webhook-password");
    },
  );

  it.each(MODES)("with delivery direct points the webhook at Stella's own endpoint, with the %s key", (surveyMode) => {
    const { url, credentials } = webhookOf({ delivery: "direct", surveyMode });
    expect(url).toBe("http://127.0.0.1:4620/v1/webhooks/gladly");
    expect(credentials.password_wo).toContain(`secrets/stella-${surveyMode}-key`);
    expect(synthesized({ delivery: "direct" }).terraform_data).toBeUndefined();
  });

  it("subscribes to contacts only if the relay needs channels", () => {
    const guide = ["CONVERSATION/CLOSED"];
    expect(webhookOf({ delivery: "direct" }).events).toEqual(guide);
    expect(webhookOf({ delivery: "forward" }).events).toEqual(guide);
    expect(webhookOf({ delivery: "enrich" }).events).toEqual(["CONTACT/STARTED", ...guide]);
    const channels = { EMAIL: "chat", PHONE_CALL: "chat", VOICEMAIL: "chat", VOICE_AI: "chat" };
    expect(webhookOf({ delivery: "enrich", policy: { channels } }).events).toEqual(guide);
  });

  it("changes the version with every other password, so that Gladly gets it", () => {
    const passwords = new Map<string, Set<number>>();
    for (const delivery of DELIVERIES)
      for (const surveyMode of MODES)
        for (const passwordVersion of [1, 2, 3]) {
          const webhook = { name: "Send Stella Survey", passwordVersion };
          const { password_wo, password_wo_version } = webhookOf({ delivery, surveyMode, webhook }).credentials;
          const password = `${password_wo} ${passwordVersion}`;
          passwords.set(password, (passwords.get(password) ?? new Set()).add(password_wo_version));
        }
    const versions = [...passwords.values()];
    expect(versions).toHaveLength(9);
    expect(versions.every((numbers) => numbers.size === 1)).toBe(true);
    expect(new Set(versions.flatMap((numbers) => [...numbers])).size).toBe(9);
  });

  it("changes only the relay's configuration when it goes live", () => {
    const test = synthesized();
    const live = synthesized({ surveyMode: "production" });
    expect({ ...live, terraform_data: null }).toEqual({ ...test, terraform_data: null });
    expect(live.terraform_data?.relay_configuration.input).toEqual({
      ...test.terraform_data?.relay_configuration.input,
      surveyMode: "production",
    });
  });

  it("gives the relay the unchanged policy of the file", () => {
    const policy = { channels: { SMS: null }, otherChannel: null, tags: [], feedback: false };
    const input = synthesized({ policy }).terraform_data?.relay_configuration.input;
    expect(input).toMatchObject({ policy });
    expect(synthesized().terraform_data?.relay_configuration.input).not.toHaveProperty("policy");
    expect(input).toMatchObject({ doNotSendTopicId: "${gladly_topic.do_not_send_topic.id}" });
  });

  it("creates the webhook after the relay's configuration and the topic", () => {
    expect(webhookOf({}).depends_on.sort()).toEqual([
      "gladly_topic.do_not_send_topic",
      "terraform_data.relay_configuration",
    ]);
  });
});
