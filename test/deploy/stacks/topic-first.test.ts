/** An apply must not leave a relay with a topic name that Gladly refused: the topic changes first, or nothing changes. */
import { z } from "zod";
import { IntegrationStack } from "../../../src/deploy/stacks/integration-stack";
import { isOnThisMachine } from "../../../src/environment";
import { EnvironmentSchema } from "../../../src/environment/schema";
import { unwrittenApp } from "../../support/unwritten-app";
import { environment, integration, json } from "./samples";

const TOPIC = "gladly_topic.do_not_send_topic";
const Dependent = z.looseObject({ depends_on: z.array(z.string()).default([]) });

describe("the do-not-send topic changes before its users", () => {
  it("on one machine", () => {
    const local = EnvironmentSchema.parse({
      name: "sandbox",
      surveyMode: "test",
      delivery: "enrich",
      gladly: { url: "http://127.0.0.1:4610", user: "relay@example.com" },
      stella: { url: "http://127.0.0.1:4620" },
      relay: { on: "local", url: "http://127.0.0.1:4630" },
    });
    if (!isOnThisMachine(local)) throw new Error("the relay is meant to be on this machine");
    const stack = new IntegrationStack(unwrittenApp(), local);
    stack.prepareStack();
    const { resource } = z
      .object({ resource: z.looseObject({ terraform_data: z.object({ relay_configuration: Dependent }) }) })
      .parse(stack.toTerraform());
    expect(resource.terraform_data.relay_configuration.depends_on).toContain(TOPIC);
  });

  it("on AWS, for every function", () => {
    const functions = Object.entries(json(integration(environment("production"))).resource.aws_lambda_function ?? {});
    expect(functions.map(([name]) => name).sort()).toEqual(["relay_ingest", "relay_watchdog", "relay_worker"]);
    for (const [name, attributes] of functions) {
      expect({ name, depends: Dependent.parse(attributes).depends_on }).toEqual({
        name,
        depends: expect.arrayContaining([TOPIC]),
      });
    }
  });
});
