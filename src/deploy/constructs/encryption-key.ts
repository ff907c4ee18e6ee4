/**
 * The KMS key of an environment, and who may use it for what. The foundation creates one, or the company uses its own
 * (`relay.kmsKey`).
 */

import { DataAwsKmsKey } from "@cdktf/provider-aws/lib/data-aws-kms-key";
import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { Construct } from "constructs";
import type { AwsNames } from "./aws-names";
import { policyDocument, type Statement } from "./policy";

export interface EncryptionKeyProps {
  readonly aws: AwsNames;
}

/** What AWS services do with a key for a caller who reads and writes through them. */
const USE = ["kms:Decrypt", "kms:GenerateDataKey"] as const;

/** The key that the foundation creates. Without it nothing that it encrypted can be read, so it is protected from deletion. */
export class EncryptionKey extends Construct {
  constructor(scope: Construct, id: string, { aws }: EncryptionKeyProps) {
    super(scope, id);
    const key = new KmsKey(this, "Resource", {
      description: `Encrypts what the survey relay of ${aws.environment} stores.`,
      enableKeyRotation: true,
      deletionWindowInDays: 30,
      policy: policyDocument(keyPolicy(aws)),
      lifecycle: { preventDestroy: true },
    });
    new KmsAlias(this, "alias", { name: aws.kmsAlias, targetKeyId: key.keyId });
  }

  /** ARN of the environment's key as an expression; undefined if AWS's own keys are used. */
  static arnIn(scope: Construct, aws: AwsNames): string | undefined {
    if (aws.kmsKey !== "foundation") return aws.kmsKey;
    return new DataAwsKmsKey(scope, "kms_key", { keyId: aws.kmsAlias }).arn;
  }
}

/** Permissions of a role that reads or writes encrypted data; none if AWS's own keys are used. */
export function useOfKey(aws: AwsNames): readonly Statement[] {
  return onKey(aws, "UseKey", USE);
}

/**
 * Permissions of a plan to read the key. The AWS provider compares the key of a table with DynamoDB's default key, which it
 * reads for that.
 */
export function readingOfKey(aws: AwsNames): readonly Statement[] {
  const actions = ["kms:DescribeKey"];
  const own = onKey(aws, "ReadKey", actions);
  return own.length === 0 ? [] : [...own, byAlias(aws, "ReadDefaultKey", actions, "alias/aws/dynamodb")];
}

/** Permissions of an apply to use the key for a table, a function, a secret, a queue and a schedule. */
export function handingOfKey(aws: AwsNames): readonly Statement[] {
  return onKey(aws, "HandKeyToServices", ["kms:CreateGrant", "kms:Encrypt", ...USE]);
}

function onKey(aws: AwsNames, sid: string, actions: readonly string[]): readonly Statement[] {
  const { kmsKey, kmsAlias } = aws;
  if (kmsKey === undefined) return [];
  if (kmsKey !== "foundation") return [{ sid, actions, resources: [kmsKey] }];
  return [byAlias(aws, sid, actions, kmsAlias)];
}

/** IAM does not accept an alias as a resource, so a condition names it. */
function byAlias(aws: AwsNames, sid: string, actions: readonly string[], alias: string): Statement {
  const conditions = { "ForAnyValue:StringEquals": { "kms:ResourceAliases": [alias] } };
  return { sid, actions, resources: [aws.arn("kms", "key/*")], conditions };
}

/** docs/aws.md lists the same for a company's own key. */
function keyPolicy(aws: AwsNames): readonly Statement[] {
  return [
    {
      sid: "PoliciesOfThisAccount",
      actions: ["kms:*"],
      resources: ["*"],
      principals: { AWS: aws.accountArn("iam", "root") },
    },
    {
      // CloudWatch publishes alarms to the topics.
      sid: "AlarmsOfThisAccount",
      actions: [...USE],
      resources: ["*"],
      principals: { Service: "cloudwatch.amazonaws.com" },
      conditions: { StringEquals: { "aws:SourceAccount": [aws.account] } },
    },
    {
      sid: "LogsOfThisEnvironment",
      actions: ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey", "kms:ReEncryptFrom", "kms:ReEncryptTo"],
      resources: ["*"],
      principals: { Service: `logs.${aws.region}.amazonaws.com` },
      conditions: {
        ArnLike: { "kms:EncryptionContext:aws:logs:arn": [aws.arn("logs", `log-group:*${aws.name("*")}`)] },
      },
    },
  ];
}
