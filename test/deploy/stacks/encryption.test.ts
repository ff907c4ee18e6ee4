/** `relay.kmsKey` and `relay.tracing`: the encrypted and traced resources, and who may use the key. */
import { z } from "zod";
import { accountsOf, type EnvironmentInput, isOnAws } from "../../../src/environment";
import { EnvironmentSchema } from "../../../src/environment/schema";
import { attachedTo, isAllowed, readPolicy } from "./iam";
import { attributes, environment, foundation, integration, type Json, json, samples } from "./samples";

const KEY = "arn:aws:kms:us-east-1:111122223333:key/0a1b2c3d-0000-0000-0000-000000000000";
const FUNCTIONS = ["ingest", "worker", "watchdog"] as const;

const withRelay = (change: object): Partial<EnvironmentInput> => ({ relay: { ...samples.staging.relay, ...change } });
const stackOf = (change: object) => json(integration(environment("staging", withRelay(change))));
function foundationOf(change: object): Json {
  const [account] = accountsOf([environment("staging", withRelay(change))]);
  if (account === undefined) throw new Error("there is no account");
  return json(foundation(account));
}

/** The attribute that names the key, by type of resource. */
const ENCRYPTED: Readonly<Record<string, (of: Record<string, unknown>) => unknown>> = {
  aws_cloudwatch_log_group: ({ kms_key_id }) => kms_key_id,
  aws_dynamodb_table: ({ server_side_encryption }) =>
    JSON.parse(JSON.stringify(server_side_encryption ?? {})).kms_key_arn,
  aws_lambda_function: ({ kms_key_arn }) => kms_key_arn,
  aws_scheduler_schedule: ({ kms_key_arn }) => kms_key_arn,
  aws_secretsmanager_secret: ({ kms_key_id }) => kms_key_id,
  aws_sns_topic: ({ kms_master_key_id }) => kms_master_key_id,
  aws_sqs_queue: ({ kms_master_key_id }) => kms_master_key_id,
};

function keysIn(stack: Json): ReadonlyMap<string, unknown> {
  return new Map(
    Object.entries(ENCRYPTED).flatMap(([type, keyOf]) =>
      Object.entries(stack.resource[type] ?? {}).map(([name, of]) => [`${type}.${name}`, keyOf(of)] as const),
    ),
  );
}

describe("relay.kmsKey", () => {
  it("without a value, uses keys that AWS owns", () => {
    expect([...keysIn(stackOf({})).values()].filter((key) => key !== undefined)).toEqual([]);
    expect(foundationOf({}).resource.aws_kms_key).toBeUndefined();
    // Said, and not left out: the AWS provider would leave an earlier key on the table.
    expect(attributes(stackOf({}), "aws_dynamodb_table", "relay_ledger").server_side_encryption).toEqual({
      enabled: false,
    });
  });

  it("encrypts everything that is stored", () => {
    const keys = keysIn(stackOf({ kmsKey: KEY }));
    expect(keys.size).toBeGreaterThan(15);
    expect([...keys].filter(([, key]) => key !== KEY)).toEqual([]);
  });

  it('"foundation" finds the key by its alias, which the foundation makes', () => {
    const stack = stackOf({ kmsKey: "foundation" });
    expect(stack.data).toMatchObject({ aws_kms_key: { relay_kms_key: { key_id: "alias/relay-staging-key" } } });
    expect(new Set(keysIn(stack).values())).toEqual(new Set(["$" + "{data.aws_kms_key.relay_kms_key.arn}"]));
    const made = foundationOf({ kmsKey: "foundation" });
    expect(attributes(made, "aws_kms_alias", "key_staging_alias").name).toBe("alias/relay-staging-key");
    expect(attributes(made, "aws_kms_key", "key_staging")).toMatchObject({
      enable_key_rotation: true,
      lifecycle: { prevent_destroy: true },
    });
  });

  it("that the foundation created is forgotten, not destroyed, when it is removed, for every environment name", () => {
    const { key_staging } = foundationOf({ kmsKey: "foundation" }).resource.aws_kms_key ?? {};
    expect(key_staging).toBeDefined();
    const forgotten = (of: Json) => JSON.stringify(z.looseObject({ removed: z.unknown() }).parse(of).removed);
    expect(forgotten(foundationOf({}))).toContain('{"from":"aws_kms_key.key_staging","lifecycle":[{"destroy":false}]}');
    expect(forgotten(foundationOf({ kmsKey: "foundation" }))).not.toContain("aws_kms_key");
    const long = { ...samples.staging, name: "with-dashes", relay: { ...samples.staging.relay, kmsKey: "foundation" } };
    const parsed = EnvironmentSchema.parse(long);
    const [account] = isOnAws(parsed) ? accountsOf([parsed]) : [];
    if (account === undefined) throw new Error("there is no account");
    expect(Object.keys(json(foundation(account)).resource.aws_kms_key ?? {})).toEqual(["key_with-dashes"]);
  });

  it("lets CloudWatch publish to the topics, only from this account", () => {
    const { policy } = attributes(foundationOf({ kmsKey: "foundation" }), "aws_kms_key", "key_staging");
    const [statement] = readPolicy(policy).filter(({ Sid }) => Sid === "AlarmsOfThisAccount");
    expect(statement).toMatchObject({
      Principal: { Service: "cloudwatch.amazonaws.com" },
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Condition: { StringEquals: { "aws:SourceAccount": ["111122223333"] } },
    });
  });

  it.each([
    ["a key that is named", KEY, KEY, {}],
    [
      "the foundation's",
      "foundation",
      "arn:aws:kms:us-east-1:111122223333:key/of-the-foundation",
      { "kms:ResourceAliases": "alias/relay-staging-key" },
    ],
  ])("%s is the only key that the relay's roles may use, within their boundary", (_what, kmsKey, resource, context) => {
    const stack = stackOf({ kmsKey });
    const made = foundationOf({ kmsKey });
    const boundary = readPolicy(attributes(made, "aws_iam_policy", "boundary_staging").policy);
    const may = (key: string, role: string, about: Record<string, string>) =>
      [readPolicy(attributes(stack, "aws_iam_role_policy", role).policy), boundary].every((statements) =>
        isAllowed({ action: "kms:Decrypt", resource: key, context: about }, statements),
      );
    const other = "arn:aws:kms:us-east-1:111122223333:key/another";
    for (const role of [...FUNCTIONS.map((name) => `relay_${name}_policy`), "relay_watchdog_schedule_policy"]) {
      expect(may(resource, role, context)).toBe(true);
      expect(may(other, role, { "kms:ResourceAliases": "alias/another" })).toBe(false);
    }
    const apply = attachedTo(made, "deploy_staging_apply");
    const plan = attachedTo(made, "deploy_staging_plan");
    const on = (action: string) => ({ action, resource, context });
    expect(isAllowed(on("kms:CreateGrant"), apply)).toBe(true);
    expect(isAllowed(on("kms:DescribeKey"), plan)).toBe(true);
    expect(isAllowed(on("kms:Decrypt"), plan)).toBe(false);
    // The AWS provider reads DynamoDB's default key to compare a table's key with it.
    const byDefault = { resource: other, context: { "kms:ResourceAliases": "alias/aws/dynamodb" } };
    for (const reader of [plan, apply])
      expect(isAllowed({ action: "kms:DescribeKey", ...byDefault }, reader)).toBe(true);
    expect(isAllowed({ action: "kms:Decrypt", ...byDefault }, apply)).toBe(false);
    expect(isAllowed(on("kms:ScheduleKeyDeletion"), apply)).toBe(false);
  });

  it.each([
    ["an alias", { kmsKey: "arn:aws:kms:us-east-1:111122223333:alias/mine" }, /no alias/],
    ["a key of another Region", { kmsKey: KEY.replace("us-east-1", "eu-west-1") }, /must be in us-east-1/],
    [
      "the foundation's key in another Region",
      { kmsKey: "foundation", stateRegion: "eu-west-1" },
      /the foundation is in eu-west-1/,
    ],
  ])("refuses %s", (_what, change, message) => {
    const { error } = EnvironmentSchema.safeParse({ ...samples.staging, ...withRelay(change) });
    expect(error?.issues.map((issue) => issue.message).join()).toMatch(message);
  });
});

describe("relay.tracing", () => {
  it("makes X-Ray trace every function, and lets their roles write traces", () => {
    const [off, on] = [stackOf({}), stackOf({ tracing: true })];
    const boundary = readPolicy(
      attributes(foundationOf({ tracing: true }), "aws_iam_policy", "boundary_staging").policy,
    );
    const call = { action: "xray:PutTraceSegments", resource: "*" };
    for (const name of FUNCTIONS) {
      expect(attributes(on, "aws_lambda_function", `relay_${name}`).tracing_config).toEqual({ mode: "Active" });
      expect(attributes(off, "aws_lambda_function", `relay_${name}`).tracing_config).toBeUndefined();
      const policy = (stack: Json) =>
        readPolicy(attributes(stack, "aws_iam_role_policy", `relay_${name}_policy`).policy);
      expect(isAllowed(call, policy(on)) && isAllowed(call, boundary)).toBe(true);
      expect(isAllowed(call, policy(off))).toBe(false);
    }
  });
});

describe("a state", () => {
  it("is written with its bucket's encryption: both or neither have a KMS key", () => {
    const made = foundationOf({});
    const { rule } = attributes(made, "aws_s3_bucket_server_side_encryption_configuration", "state_encryption");
    expect(rule).toEqual([{ apply_server_side_encryption_by_default: { sse_algorithm: "AES256" } }]);
    for (const stack of [made, stackOf({}), stackOf({ kmsKey: KEY })]) {
      const { backend } = stack.terraform;
      expect(backend).toMatchObject({ s3: { encrypt: true } });
      expect(JSON.stringify(backend)).not.toContain("kms_key_id");
    }
  });
});
