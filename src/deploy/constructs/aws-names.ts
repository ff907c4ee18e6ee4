/**
 * Names, ARNs and addresses of an environment's resources on AWS.
 *
 * Every name is known before any resource is created. So permissions and plans contain full names, and no stack depends on
 * another one (docs/vendors/cdktf.md section 4).
 */
import type { AwsEnvironment } from "../../environment/schema";

/** Settings of {@link AwsNames}. */
export interface AwsNamesProps {
  /** Name of the environment. */
  readonly environment: string;
  /** 12 digits. */
  readonly account: string;
  /** AWS Region, such as `eu-central-1`. */
  readonly region: string;
  /** ARN of the permissions boundary. @default the foundation's own for this environment */
  readonly boundary?: string | undefined;
  /** ARN of the KMS key, or `foundation` for the one that the foundation creates. @default keys that AWS owns */
  readonly kmsKey?: string | undefined;
}

/** Secrets Manager appends a dash and six random characters to the ARN of a secret. */
const SECRET_SUFFIX = "-??????";

/**
 * The names of one environment in one account and Region. Pure text: it creates no resource and does not call AWS.
 *
 * @example
 * ```ts
 * const aws = new AwsNames({ environment: "staging", account: "111122223333", region: "eu-central-1" });
 * aws.name("main"); // relay-staging-main
 * ```
 */
export class AwsNames {
  /** Name of the environment, as in its file. */
  readonly environment: string;
  /** AWS account id, 12 digits. */
  readonly account: string;
  /** AWS Region, such as `eu-central-1`. */
  readonly region: string;
  /** ARN of the KMS key, or `foundation`; undefined if AWS's own keys encrypt. */
  readonly kmsKey: string | undefined;
  private readonly boundary: string | undefined;

  constructor(props: AwsNamesProps) {
    this.environment = props.environment;
    this.account = props.account;
    this.region = props.region;
    this.boundary = props.boundary;
    this.kmsKey = props.kmsKey;
  }

  /** The names of an environment. */
  static of({ name, relay: { account, region, boundary, kmsKey } }: AwsEnvironment): AwsNames {
    return new AwsNames({ environment: name, account, region, boundary, kmsKey });
  }

  /** `relay-staging-main`: all names of an environment begin with this, and roles are limited to it. */
  name(what: string): string {
    return `relay-${this.environment}-${what}`;
  }

  /** `relay/staging/inbound` */
  secretName(what: string): string {
    return `relay/${this.environment}/${what}`;
  }

  /** Matches the secret with that name and any suffix from AWS. */
  secretArn(what: string): string {
    return this.arn("secretsmanager", `secret:${this.secretName(what)}${SECRET_SUFFIX}`);
  }

  /** ARN of a resource in this account and Region. */
  arn(service: string, resource: string): string {
    return `arn:aws:${service}:${this.region}:${this.account}:${resource}`;
  }

  /** ARN of a resource without a Region, such as a role. */
  accountArn(service: string, resource: string): string {
    return `arn:aws:${service}::${this.account}:${resource}`;
  }

  /** Alias of the key that the foundation creates. */
  get kmsAlias(): string {
    return `alias/${this.name("key")}`;
  }

  /** SQS's address of a queue in this account and Region. `name` is the whole name from {@link name}. */
  queueUrl(name: string): string {
    return `https://sqs.${this.region}.amazonaws.com/${this.account}/${name}`;
  }

  /** ARN of the permissions boundary for all roles of this environment. */
  get permissionsBoundary(): string {
    return this.boundary ?? this.accountArn("iam", `policy/${this.name("boundary")}`);
  }
}
