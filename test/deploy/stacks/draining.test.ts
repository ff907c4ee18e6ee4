import { z } from "zod";
import { IntegrationStack } from "../../../src/deploy/stacks/integration-stack";
import { type EnvironmentInput, isOnThisMachine } from "../../../src/environment";
import { EnvironmentSchema } from "../../../src/environment/schema";
import { unwrittenApp } from "../../support/unwritten-app";
import { addresses, attributes, environment, integration, type Json, json } from "./samples";

const local = {
  name: "sandbox",
  surveyMode: "test",
  delivery: "direct",
  gladly: { url: "http://127.0.0.1:4610", user: "relay@example.com" },
  stella: { url: "http://127.0.0.1:4620" },
  relay: { on: "local", url: "http://127.0.0.1:4630" },
} as const satisfies EnvironmentInput;

function onThisMachine(change: Partial<EnvironmentInput>): Json {
  const parsed = EnvironmentSchema.parse({ ...local, ...change });
  if (!isOnThisMachine(parsed)) throw new Error("the relay is meant to be on this machine");
  return json(new IntegrationStack(unwrittenApp(), parsed));
}
const Input = z.object({ input: z.looseObject({ delivery: z.string() }) });
const configurationOf = (stack: Json) => Input.parse(attributes(stack, "terraform_data", "relay_configuration")).input;
const webhookOf = (stack: Json) => attributes(stack, "gladly_webhook", "survey_webhook");

describe("a draining relay", () => {
  it("on one machine does not change while Gladly posts to Stella", () => {
    for (const way of ["forward", "enrich"] as const) {
      const draining = onThisMachine({ draining: way });
      expect(configurationOf(draining)).toEqual(configurationOf(onThisMachine({ delivery: way })));
      expect(webhookOf(draining)).toEqual(webhookOf(onThisMachine({})));
    }
    expect(addresses(onThisMachine({}))).not.toContain("terraform_data.relay_configuration");
  });

  it("on AWS keeps all its resources, so the step back destroys nothing", () => {
    const policy = { oncePerConversation: true };
    const before = json(integration(environment("staging", { delivery: "enrich", policy })));
    const draining = json(integration(environment("staging", { delivery: "direct", draining: "enrich", policy })));
    expect(addresses(draining)).toEqual(addresses(before));
    expect(webhookOf(draining).url).toBe("https://api.stellaconnect.net/v1/webhooks/gladly");
    const others = ({ resource }: Json) => ({ ...resource, gladly_webhook: undefined });
    const unprotected = (of: object): unknown =>
      JSON.parse(
        JSON.stringify(of)
          .replaceAll('"prevent_destroy":true', '"prevent_destroy":false')
          .replaceAll('"deletion_protection_enabled":true', '"deletion_protection_enabled":false'),
      );
    // AWS does not delete a protected table, so this step removes the protection before the relay is removed.
    expect(others(draining)).toEqual(unprotected(others(before)));
    expect(others(draining)).not.toEqual(others(before));
  });

  it("gets no deliveries from Gladly, but still uses its policy", () => {
    const refusal = (change: object) => EnvironmentSchema.safeParse({ ...local, ...change }).error?.issues[0];
    expect(refusal({ delivery: "enrich", draining: "enrich" })).toMatchObject({
      path: ["draining"],
      message: expect.stringContaining('write delivery: "direct"'),
    });
    const policy = { oncePerConversation: true };
    expect(refusal({ policy })).toMatchObject({ path: ["policy"] });
    expect(refusal({ policy, draining: "enrich" })).toBeUndefined();
    const tags = { tags: [] };
    expect(refusal({ policy: tags, draining: "enrich" })).toBeUndefined();
    expect(refusal({ policy: tags, draining: "forward" })).toMatchObject({ path: ["policy", "tags"] });
  });
});
