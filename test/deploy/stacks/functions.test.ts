import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { type AwsPermission, FUNCTIONS } from "../../../src/contract/functions";
import { parseConfiguration } from "../../../src/contract/relay-configuration";
import { readPolicy } from "./iam";
import { attributes, environment, integration, type Json, json } from "./samples";

const stack = json(integration(environment("production")));
const Variables = z.object({ variables: z.record(z.string(), z.string()) });
const variablesOf = (name: string) =>
  Variables.parse(attributes(stack, "aws_lambda_function", `relay_${name}`).environment).variables;

const arn = (service: string, resource: string) => `arn:aws:${service}:us-east-1:444455556666:${resource}`;
const secret = (name: string) => arn("secretsmanager", `secret:relay/production/${name}-??????`);
/** The stack's resources by the code's names. */
const RESOURCES: Readonly<Record<AwsPermission["on"], string>> = {
  queue: arn("sqs", "relay-production-main"),
  "parked-queue": arn("sqs", "relay-production-dlq"),
  "failed-runs-queue": arn("sqs", "relay-production-missed"),
  ledger: arn("dynamodb", "table/relay-production-ledger"),
  "inbound-secret": secret("inbound"),
  "stella-secret": secret("stella-test"),
  "stella-api-secret": secret("stella-api-secret"),
  "gladly-secret": secret("gladly"),
  "probe-secret": secret("probe"),
};

describe.each(FUNCTIONS)("the function $name, in the stack and in its code", (needs) => {
  const { name } = needs;
  const fn = attributes(stack, "aws_lambda_function", `relay_${name}`);

  it("is the built bundle with its handler", () => {
    expect(fn).toMatchObject({ handler: needs.handler, filename: `functions/${name}.zip`, timeout: needs.timeout });
    const bundle = join(__dirname, "../../../dist/functions", name, "index.js");
    expect(existsSync(bundle)).toBe(true);
  });

  it("gets exactly the variables that it reads", () => {
    const given = Object.keys(variablesOf(name)).sort();
    expect(given).toEqual(expect.arrayContaining([...needs.variables].sort()));
    expect(
      given.filter((variable) => ![...needs.variables, ...needs.optional].some((known) => known === variable)),
    ).toEqual([]);
  });

  it("may make exactly the calls of its code, and write its log", () => {
    const granted = readPolicy(attributes(stack, "aws_iam_role_policy", `relay_${name}_policy`).policy)
      .filter(({ Sid }) => Sid !== "WriteOwnLog")
      .flatMap(({ Action, Resource }) =>
        Action.flatMap((action) => (Resource ?? []).map((resource) => `${action} on ${resource}`)),
      );
    // feedback.test.ts tests what the watchdog additionally needs to sync survey answers.
    const always = needs.permissions.filter((permission) => !("forFeedback" in permission));
    const needed = always.map(({ action, on }) => `${action} on ${RESOURCES[on]}`);
    expect(granted.sort()).toEqual(needed.sort());
  });

  it("gets a configuration that the relay can read with the survey mode", () => {
    const text = variablesOf(name).RELAY_CONFIGURATION ?? "";
    const configuration = { ...JSON.parse(text), surveyMode: "test" };
    expect(parseConfiguration(JSON.stringify(configuration), name)).toMatchObject({
      environment: "production",
      delivery: "enrich",
    });
  });

  it("stays far below Lambda's limit of 4 KB for all variables", () => {
    expect(Buffer.byteLength(JSON.stringify(variablesOf(name)))).toBeLessThan(2048);
  });
});

describe("the functions' rate limit for Gladly", () => {
  const Configuration = z.object({ gladly: z.object({ requestsPerSecond: z.number().optional() }) });
  const Feed = z.object({ scaling_config: z.object({ maximum_concurrency: z.number() }) });
  const shares = (of: Json) => {
    const [worker, watchdog] = ["worker", "watchdog"].map((name) => {
      const { variables } = Variables.parse(attributes(of, "aws_lambda_function", `relay_${name}`).environment);
      return Configuration.parse(JSON.parse(variables.RELAY_CONFIGURATION ?? "")).gladly.requestsPerSecond;
    });
    const feed = Feed.parse(attributes(of, "aws_lambda_event_source_mapping", "relay_feed"));
    return { worker, watchdog, concurrency: feed.scaling_config.maximum_concurrency };
  };

  it("is in total the environment's limit, for any number of workers", () => {
    expect(shares(stack)).toEqual({ worker: 3, watchdog: 1, concurrency: 3 });
    const gladly = { url: "https://example.gladly.com", user: "a@example.com", requestsPerSecond: 5 };
    expect(shares(json(integration(environment("production", { gladly }))))).toEqual({
      ...{ worker: 2, watchdog: 1, concurrency: 2 },
    });
  });

  it("has no share for a worker that reads nothing", () => {
    expect(shares(json(integration(environment("production", { delivery: "forward" }))))).toEqual({
      ...{ worker: undefined, watchdog: undefined, concurrency: 5 },
    });
  });
});
