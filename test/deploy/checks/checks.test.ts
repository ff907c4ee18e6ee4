import { readFileSync } from "node:fs";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack, Testing } from "cdktf";
import { CHECKS, type CheckName, checkAwsStack } from "../../../src/deploy/checks";
import { accountsOf, type EnvironmentInput } from "../../../src/environment";
import { environment, foundation, integration, json } from "../stacks/samples";
import { findings, type Kind, remove, resource, set } from "./breaking";

type Break = Parameters<typeof findings>[1];

const every = Object.keys(CHECKS).filter((name): name is CheckName => name in CHECKS);
const policy = (statement: object) => JSON.stringify({ Version: "2012-10-17", Statement: [statement] });

describe("a valid stack", () => {
  it.each<Kind>(["integration", "foundation"])("has no findings: %s", (kind) => {
    expect(findings(kind, () => {}, every)).toEqual([]);
  });
});

describe("a file that the schema accepts", () => {
  const { relay } = environment("production");
  const ids = ["kTvhjV5YSSyDjBnKz-WvDQ", "-Xm3Q9bVRz2uT7cWgK1pLA"];

  /** Each is similar to something that a check refuses. */
  it.each<[what: string, change: Partial<EnvironmentInput>]>([
    ["a name of many short words, in the Region with the longest name", { name: "environment-of-a-very-long-name" }],
    ["a name that looks random", { name: "a1b2c3d4e5f6g7h8i9j0k1l2m3n4o5p" }],
    ["ids of agents, topics and inboxes", { policy: { bots: ids, exclude: { topics: ids, inboxes: ids } } }],
    ["every option on", { relay: { ...relay, kmsKey: "foundation", tracing: true } }],
  ])("passes every check: %s", (_what, change) => {
    const region = "ap-southeast-2";
    const made = environment("production", {
      relay: { ...relay, region, stateRegion: region },
      ...change,
    });
    const [account] = accountsOf([made]);
    if (account === undefined) throw new Error("there is no account");
    for (const stack of [integration(made), foundation(account)]) expect(() => json(stack)).not.toThrow();
  });
});

it("a secret is found also in an environment that is named like its key", () => {
  const variables = { CONFIGURATION: '{"environment":"token","gladly":{"token":"x"}}' };
  const attributes = { environment: { variables } };
  const worker = { type: "aws_lambda_function", address: "", path: "token/relay/worker/Resource", attributes };
  expect(CHECKS.noSecretInVariables([worker])).toHaveLength(1);
});

describe("a stack with one fault", () => {
  /** Check, fault, resource, and change. */
  it.each<[check: CheckName, what: string, kind: Kind, change: Break, message: RegExp]>([
    [
      "deadLetterQueues",
      "the queue has no dead-letter queue",
      "integration",
      remove("relay/queue/redrive"),
      /^staging\/relay\/queue\/main: .*dead-letter queue/,
    ],
    [
      "failureDestinations",
      "the schedule keeps no failed call",
      "integration",
      (stack) =>
        resource(stack, "relay/watchdog_schedule/Resource").addOverride("target.dead_letter_config", undefined),
      /^staging\/relay\/watchdog_schedule\/Resource: .*dead-letter queue/,
    ],
    [
      "failureDestinations",
      "the watchdog's failures go nowhere",
      "integration",
      remove("relay/watchdog_schedule/on_failure"),
      /^staging\/relay\/watchdog\/alias: .*destination for failures/,
    ],
    [
      "visibility",
      "a message becomes visible again while it is processed",
      "integration",
      set("relay/queue/main", "visibility_timeout_seconds", 179),
      /^staging\/relay\/queue\/main: .*179 s.*30 s.*at least 180/,
    ],
    [
      "queueEncryption",
      "a queue is not encrypted",
      "integration",
      set("relay/queue/dlq", "sqs_managed_sse_enabled", false),
      /^staging\/relay\/queue\/dlq: .*encrypted/,
    ],
    [
      "queueTransport",
      "a queue accepts plain HTTP",
      "integration",
      remove("relay/watchdog_schedule/missed_tls"),
      /^staging\/relay\/watchdog_schedule\/missed: .*plain http/,
    ],
    [
      "logRetention",
      "a log has no retention",
      "integration",
      set("relay/endpoint/access_log", "retention_in_days", 0),
      /^staging\/relay\/endpoint\/access_log: .*retentionInDays/,
    ],
    [
      "ownLogGroup",
      "a function has no log group of its own",
      "integration",
      set("relay/ingest/Resource", "logging_config.log_group", "/aws/lambda/elsewhere"),
      /^staging\/relay\/ingest\/Resource: .*log group of this stack/,
    ],
    [
      "supportedRuntime",
      "a function runs on an unsupported Node.js",
      "integration",
      set("relay/ingest/Resource", "runtime", "nodejs18.x"),
      /^staging\/relay\/ingest\/Resource: .*nodejs18\.x/,
    ],
    [
      "noWildcardAction",
      "a role may call every action of a service",
      "integration",
      set(
        "relay/worker/policy",
        "policy",
        policy({
          Sid: "All",
          Effect: "Allow",
          Action: "sqs:*",
          Resource: "arn:aws:sqs:us-east-1:111122223333:relay-staging-main",
        }),
      ),
      /^staging\/relay\/worker\/policy: statement All allows sqs:\*/,
    ],
    [
      "noWildcardResource",
      "a role may read every secret",
      "integration",
      set(
        "relay/worker/policy",
        "policy",
        policy({ Sid: "Any", Effect: "Allow", Action: ["secretsmanager:GetSecretValue"], Resource: "*" }),
      ),
      /^staging\/relay\/worker\/policy: statement Any allows secretsmanager:GetSecretValue on every resource/,
    ],
    [
      "noWildcardResource",
      "a pipeline may delete every function of the account",
      "foundation",
      set(
        "deploy_staging/write_1",
        "policy",
        policy({
          Sid: "Any",
          Effect: "Allow",
          Action: ["sqs:DeleteQueue"],
          Resource: "arn:aws:sqs:us-east-1:111122223333:*",
        }),
      ),
      /^foundation-111122223333\/deploy_staging\/write_1: statement Any allows sqs:DeleteQueue/,
    ],
    [
      "policySizes",
      "a managed policy is longer than AWS allows",
      "foundation",
      set(
        "deploy_staging/write_1",
        "policy",
        policy({
          Sid: "x".repeat(6145),
          Effect: "Allow",
          Action: "sqs:SendMessage",
          Resource: "arn:aws:sqs:us-east-1:1:a",
        }),
      ),
      /^foundation-111122223333\/deploy_staging\/write_1: .*6\d{3} characters/,
    ],
    [
      "permissionsBoundary",
      "a role has no boundary",
      "integration",
      (stack) => resource(stack, "relay/ingest/role").addOverride("permissions_boundary", undefined),
      /^staging\/relay\/ingest\/role: .*boundary/,
    ],
    [
      "preventDestroy",
      "the ledger can be destroyed by mistake",
      "integration",
      set("relay/ledger/Resource", "lifecycle.prevent_destroy", false),
      /^staging\/relay\/ledger\/Resource: .*preventDestroy/,
    ],
    [
      "tableRecovery",
      "the ledger cannot be restored",
      "integration",
      set("relay/ledger/Resource", "point_in_time_recovery.enabled", false),
      /^staging\/relay\/ledger\/Resource: .*pointInTimeRecovery/,
    ],
    [
      "bucketProtection",
      "states could become public",
      "foundation",
      remove("state/private"),
      /^foundation-111122223333\/state\/Resource: .*public_access_block/,
    ],
    [
      "alarmActions",
      "an alarm notifies no one",
      "integration",
      set("relay/alarm/parked", "alarm_actions", undefined),
      /^staging\/relay\/alarm\/parked: .*notify someone/,
    ],
    [
      "noSecretInVariables",
      "a variable whose name says key has a value",
      "integration",
      set("relay/worker/Resource", "environment.variables.STELLA_API_KEY", "abc"),
      /^staging\/relay\/worker\/Resource: .*STELLA_API_KEY/,
    ],
    [
      "noSecretInVariables",
      "a variable with any name has a value that looks like a key",
      "integration",
      set("relay/worker/Resource", "environment.variables.EXTRA", "b7Kq2Zr9Xw4Lm8Tn3Vy6Hd5"),
      /^staging\/relay\/worker\/Resource: .*EXTRA/,
    ],
    [
      "noSecretInVariables",
      "the configuration contains a token",
      "integration",
      set("relay/worker/Resource", "environment.variables.RELAY_CONFIGURATION", '{"gladly":{"token":"x"}}'),
      /^staging\/relay\/worker\/Resource: .*RELAY_CONFIGURATION/,
    ],
  ])("%s: %s", (check, _what, kind, change, message) => {
    expect(findings(kind, change, [check])).toEqual([expect.stringMatching(message)]);
  });

  it("breaks every check above, so that each check is tested", () => {
    const source = readFileSync(__filename, "utf8");
    const unbroken = every.filter((check) => !source.includes(`"${check}",`));
    expect(unbroken).toEqual([]);
  });
});

describe("synth", () => {
  it("stops with the path and the remedy of what is wrong", () => {
    const app = Testing.app();
    const stack = new TerraformStack(app, "broken");
    new AwsProvider(stack, "aws", { region: "us-east-1" });
    new CloudwatchLogGroup(stack, "log", { name: "/aws/lambda/forgetless" });
    checkAwsStack(stack);
    expect(() => app.synth()).toThrow(/broken\/log: a log group must expire\. Set retentionInDays\./);
  });
});
