import { Testing } from "cdktf";
import { z } from "zod";
import { IntegrationStack } from "../../../src/deploy/stacks/integration-stack";
import { type EnvironmentInput, isOnThisMachine } from "../../../src/environment";
import { EnvironmentSchema } from "../../../src/environment/schema";
import { unwrittenApp } from "../../support/unwritten-app";
import { environment, integration } from "./samples";

const Imports = z.object({ import: z.array(z.object({ to: z.string(), id: z.string() })).default([]) });
const importsOf = (json: unknown) => Imports.parse(json).import;

const adopted = {
  webhook: { id: "tP4sVb0WQ3mZ8nYc1xKj7w", key: "test" },
  topic: { id: "h2Rk9sLwTqGf4mXv0BzNcA" },
} as const;
const both = [
  { to: "gladly_topic.do_not_send_topic", id: "h2Rk9sLwTqGf4mXv0BzNcA" },
  { to: "gladly_webhook.survey_webhook", id: "tP4sVb0WQ3mZ8nYc1xKj7w,connect,2" },
];

function onThisMachine(change: Partial<EnvironmentInput>): unknown {
  const parsed = EnvironmentSchema.parse({
    name: "sandbox",
    surveyMode: "test",
    delivery: "direct",
    gladly: { url: "http://127.0.0.1:4610", user: "relay@example.com" },
    relay: { on: "local", url: "http://127.0.0.1:4630" },
    manualSteps: { integratedChannel: { by: "a person", on: "2026-11-22" } },
    ...change,
  });
  if (!isOnThisMachine(parsed)) throw new Error("the relay is meant to be on this machine");
  const stack = new IntegrationStack(unwrittenApp(), parsed);
  stack.prepareStack();
  return stack.toTerraform();
}

describe("an adopted webhook or topic", () => {
  it("is imported with the addresses of new ones, and the current password", () => {
    expect(importsOf(onThisMachine({ adopted }))).toEqual(both);
    const key = "production";
    expect(importsOf(onThisMachine({ adopted: { webhook: { ...adopted.webhook, key } } }))).toEqual([
      { to: "gladly_webhook.survey_webhook", id: "tP4sVb0WQ3mZ8nYc1xKj7w,connect,3" },
    ]);
  });

  it("does not exist if no id is named", () => {
    expect(importsOf(onThisMachine({}))).toEqual([]);
    expect(importsOf(onThisMachine({ adopted: {} }))).toEqual([]);
  });

  it.each<[string, Partial<EnvironmentInput>]>([
    ["another survey mode", { surveyMode: "production" }],
    ["another delivery", { delivery: "enrich" }],
    ["another password", { webhook: { name: "Surveys", passwordVersion: 4 } }],
  ])("is imported unchanged, even when the file says %s before the first apply", (_what, change) => {
    expect(importsOf(onThisMachine({ adopted, ...change }))).toEqual(both);
  });

  it("is also imported into a stack on AWS, with and without a relay", () => {
    for (const delivery of ["direct", "enrich"] as const) {
      const stack = integration(environment("staging", { adopted, delivery }));
      expect(importsOf(JSON.parse(Testing.synth(stack)))).toEqual(both);
    }
  });

  it("is named only by Gladly's ids", () => {
    const parsed = EnvironmentSchema.safeParse({
      ...{ name: "a", surveyMode: "test", delivery: "direct", relay: { on: "local", url: "http://127.0.0.1:1" } },
      gladly: { url: "https://example.gladly.com", user: "a@example.com" },
      adopted: { webhook: { id: "an id, with a comma", key: "live" }, topic: { id: "" }, secret: "x" },
    });
    expect(parsed.error?.issues.map(({ path }) => path.join("."))).toEqual([
      "adopted.webhook.id",
      "adopted.webhook.key",
      "adopted.topic.id",
      "adopted",
    ]);
  });
});
