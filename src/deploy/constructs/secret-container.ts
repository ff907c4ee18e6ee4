/**
 * A secret without a value. The value never passes through Terraform: `relay secrets put` writes it, so that no state, plan or
 * log can contain it (docs/decisions/0005).
 */
import { DataAwsSecretsmanagerSecretVersions } from "@cdktf/provider-aws/lib/data-aws-secretsmanager-secret-versions";
import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { Construct } from "constructs";
import type { AwsNames } from "./aws-names";

/** Settings of {@link SecretContainer}. */
export interface SecretContainerProps {
  /** First part of the name. */
  readonly aws: AwsNames;
  /** Last part of the name: `inbound` becomes `relay/<environment>/inbound`. */
  readonly name: string;
  /** What it is, and who reads it. */
  readonly description: string;
  /** ARN of a KMS key. @default a key that AWS manages */
  readonly kmsKey?: string | undefined;
  /** Whether it may be deleted. AWS keeps a deleted secret for 30 days, in which it can be restored. @default false */
  readonly removable?: boolean;
}

/** A secret in AWS Secrets Manager without a value. */
export class SecretContainer extends Construct {
  /** The whole name. */
  readonly name: string;
  private readonly versions: DataAwsSecretsmanagerSecretVersions;

  constructor(scope: Construct, id: string, props: SecretContainerProps) {
    super(scope, id);
    this.name = props.aws.secretName(props.name);
    const secret = new SecretsmanagerSecret(this, "Resource", {
      name: this.name,
      description: props.description,
      recoveryWindowInDays: 30,
      ...(props.kmsKey === undefined ? {} : { kmsKeyId: props.kmsKey }),
      lifecycle: { preventDestroy: !(props.removable ?? false) },
    });
    this.versions = new DataAwsSecretsmanagerSecretVersions(this, "versions", { secretId: secret.id });
  }

  /** A precondition that the secret has a value. It reads version numbers, never a value. */
  get hasValue(): string {
    const { fqn } = this.versions;
    // AWS returns null, not an empty list, for a secret that never had a value.
    const versions = `${fqn}.versions == null ? [] : ${fqn}.versions`;
    const stages = `flatten([for version in (${versions}) : version.version_stages == null ? [] : version.version_stages])`;
    return `\${contains(${stages}, "AWSCURRENT")}`;
  }
}
