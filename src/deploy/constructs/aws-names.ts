/**
 * Names, ARNs and addresses of what an environment has on AWS.
 *
 * Every name is known before anything is made: permissions name what they are for in full, a plan shows them in full,
 * and no stack has to ask another one (docs/vendors/cdktf.md section 4).
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
  /** ARN of the KMS key, or `foundation` for the one that the foundation makes. @default keys that AWS owns */
  readonly kmsKey?: string | undefined;
}

/** Secrets Manager ends the ARN of a secret with a dash and six characters of its own. */
const SECRET_SUFFIX = "-??????";

/**
 * The names of one environment in one account and Region. Pure text: it makes no resource and asks AWS nothing.
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
  /** ARN of the KMS key, or `foundation`, as it was given; undefined where AWS's own keys encrypt. */
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

  /** `relay-staging-main`: everything an environment makes begins with this, and roles are limited to it. */
  name(what: string): string {
    return `relay-${this.environment}-${what}`;
  }

  /** `relay/staging/inbound` */
  secretName(what: string): string {
    return `relay/${this.environment}/${what}`;
  }

  /** Matches the one secret of that name, whatever suffix AWS gave it. */
  secretArn(what: string): string {
    return this.arn("secretsmanager", `secret:${this.secretName(what)}${SECRET_SUFFIX}`);
  }

  /** ARN of something in this account and Region. */
  arn(service: string, resource: string): string {
    return `arn:aws:${service}:${this.region}:${this.account}:${resource}`;
  }

  /** ARN of something of the whole account, such as a role. */
  accountArn(service: string, resource: string): string {
    return `arn:aws:${service}::${this.account}:${resource}`;
  }

  /** Alias of the key that the foundation makes. */
  get kmsAlias(): string {
    return `alias/${this.name("key")}`;
  }

  /** The address SQS gives a queue of this account and Region. `name` is the whole name, as {@link name} makes it. */
  queueUrl(name: string): string {
    return `https://sqs.${this.region}.amazonaws.com/${this.account}/${name}`;
  }

  /** The most that any role of this environment may ever do, whatever its own policy says. */
  get permissionsBoundary(): string {
    return this.boundary ?? this.accountArn("iam", `policy/${this.name("boundary")}`);
  }
}
