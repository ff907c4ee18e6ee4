/**
 * The KMS key of an environment: who may use it for what. The foundation makes one, or the company names its own
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

/** What AWS's services do with a key on behalf of a caller who reads and writes through them. */
const USE = ["kms:Decrypt", "kms:GenerateDataKey"] as const;

/** The key that the foundation makes. Without it nothing that it encrypted can be read, so it is not destroyed by a slip. */
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

  /** ARN of the environment's key as an expression; undefined where AWS's own keys are used. */
  static arnIn(scope: Construct, aws: AwsNames): string | undefined {
    if (aws.kmsKey !== "foundation") return aws.kmsKey;
    return new DataAwsKmsKey(scope, "kms_key", { keyId: aws.kmsAlias }).arn;
  }
}

/** What a role needs that reads or writes what the key encrypts; nothing where AWS's own keys are used. */
export function useOfKey(aws: AwsNames): readonly Statement[] {
  return onKey(aws, "UseKey", USE);
}

/** What a plan reads of the key. */
export function readingOfKey(aws: AwsNames): readonly Statement[] {
  return onKey(aws, "ReadKey", ["kms:DescribeKey"]);
}

/** What an apply needs to give the key to a table, a function, a secret, a queue and a schedule. */
export function handingOfKey(aws: AwsNames): readonly Statement[] {
  return onKey(aws, "HandKeyToServices", ["kms:CreateGrant", "kms:Encrypt", ...USE]);
}

function onKey(aws: AwsNames, sid: string, actions: readonly string[]): readonly Statement[] {
  const { kmsKey, kmsAlias } = aws;
  if (kmsKey === undefined) return [];
  if (kmsKey !== "foundation") return [{ sid, actions, resources: [kmsKey] }];
  // IAM takes no alias as a resource; a condition names it.
  const conditions = { "ForAnyValue:StringEquals": { "kms:ResourceAliases": [kmsAlias] } };
  return [{ sid, actions, resources: [aws.arn("kms", "key/*")], conditions }];
}

/** docs/aws.md lists the same for a key of the company's own. */
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
