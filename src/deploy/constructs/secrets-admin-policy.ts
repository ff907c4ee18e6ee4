/**
 * Permissions for a person who writes secrets: to write every value of one environment, and to read none except the digests of
 * the webhook's passwords, which give no access. A permission set refers to it, like the operator's policy.
 */
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { Construct } from "constructs";
import { SECRETS } from "../../contract/secrets";
import type { AwsNames } from "./aws-names";
import { useOfKey } from "./encryption-key";
import { policyDocument, type Statement } from "./policy";

/** Settings of {@link SecretsAdminPolicy}. */
export interface SecretsAdminPolicyProps {
  /** Name of the policy, and of the environment whose secrets it is limited to. */
  readonly aws: AwsNames;
}

/** A managed policy for the people who run `relay secrets put`. */
export class SecretsAdminPolicy extends Construct {
  /** Known before any resource is created, because permission sets refer to it. */
  static policyName(aws: AwsNames): string {
    return aws.name("secrets-admin");
  }

  constructor(scope: Construct, id: string, { aws }: SecretsAdminPolicyProps) {
    super(scope, id);
    new IamPolicy(this, "Resource", {
      name: SecretsAdminPolicy.policyName(aws),
      description: `Put and rotate the secrets of the survey relay of ${aws.environment}; read none of them.`,
      policy: policyDocument(secretsAdminPermissions(aws)),
    });
  }
}

function secretsAdminPermissions(aws: AwsNames): readonly Statement[] {
  const arns = (names: readonly string[]) => names.map((name) => aws.secretArn(name));
  const all = Object.values(SECRETS);
  return [
    {
      sid: "PutSecrets",
      actions: ["secretsmanager:DescribeSecret", "secretsmanager:PutSecretValue"],
      resources: arns(all),
    },
    ...useOfKey(aws),
    // `relay secrets rotate` adds a digest to the existing ones.
    { sid: "ReadDigests", actions: ["secretsmanager:GetSecretValue"], resources: arns([SECRETS.inbound]) },
    {
      // Even if a permission set allows it.
      sid: "NeverReadValues",
      effect: "Deny",
      actions: ["secretsmanager:GetSecretValue"],
      resources: arns(all.filter((name) => name !== SECRETS.inbound)),
    },
  ];
}
