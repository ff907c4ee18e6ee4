/**
 * One function of the relay with its own role, which has only the listed permissions, its own log group with a retention, and
 * an alias, so that callers need not change with a new version.
 */
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePoliciesExclusive } from "@cdktf/provider-aws/lib/iam-role-policies-exclusive";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachmentsExclusive } from "@cdktf/provider-aws/lib/iam-role-policy-attachments-exclusive";
import { LambdaAlias } from "@cdktf/provider-aws/lib/lambda-alias";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { Construct } from "constructs";
import { FunctionPackage } from "../build/function-package";
import type { AwsNames } from "./aws-names";
import { useOfKey } from "./encryption-key";
import { policyDocument, type Statement, serviceTrust } from "./policy";

/** Settings of {@link RelayFunction}. */
export interface RelayFunctionProps {
  /** Names of the function, its role and its log group. */
  readonly aws: AwsNames;
  /** `ingest`, `worker`, `watchdog`: part of every name. */
  readonly name: string;
  /** The function's description in the AWS console. */
  readonly description: string;
  /** Folder of the built function. */
  readonly bundle: string;
  /** Seconds. Callers must wait longer. */
  readonly timeout: number;
  /** MB, which also determine the processor time. @default 512 (docs/vendors/aws-relay.md section 5) */
  readonly memory?: number;
  /** Names and addresses, never a secret's value. A check at synth verifies this. */
  readonly variables: Readonly<Record<string, string>>;
  /** The function's permissions apart from writing its log. */
  readonly permissions: readonly Statement[];
  /** Days. */
  readonly logRetention: number;
  /** ARN of a KMS key for the log and the variables. @default keys that AWS owns */
  readonly kmsKey?: string | undefined;
  /** Whether X-Ray traces it. @default false */
  readonly tracing?: boolean;
  /**
   * New functions cannot use Node.js 20 since August 2026. Version 22 is supported until 30 April 2027
   * (docs/vendors/aws-relay.md section 5). The AWS provider supports `nodejs24.x` from 6.21.0. @default nodejs22.x
   */
  readonly runtime?: "nodejs22.x" | "nodejs24.x";
}

/** The name of the alias for callers. */
export const LIVE = "live";

/** Creates a Lambda function with its own role, log group and alias. Call the alias, never the function. */
export class RelayFunction extends Construct {
  /** The whole name, such as `relay-staging-ingest`. */
  readonly name: string;
  /** The alias that callers use. */
  readonly alias: LambdaAlias;
  /** The function's log group, which keeps logs for `logRetention` days. */
  readonly logGroup: CloudwatchLogGroup;
  /** Seconds. */
  readonly timeout: number;
  /** Depend on it: a function that is called before it has its permissions fails for a minute. */
  readonly policy: IamRolePolicy;

  constructor(scope: Construct, id: string, props: RelayFunctionProps) {
    super(scope, id);
    const { aws, kmsKey, tracing = false } = props;
    this.name = aws.name(props.name);
    this.timeout = props.timeout;

    this.logGroup = new CloudwatchLogGroup(this, "log", {
      name: `/aws/lambda/${this.name}`,
      retentionInDays: props.logRetention,
      ...(kmsKey === undefined ? {} : { kmsKeyId: kmsKey }),
    });

    const role = new IamRole(this, "role", {
      name: this.name,
      description: `What ${this.name} may do.`,
      assumeRolePolicy: serviceTrust("lambda", aws.account),
      permissionsBoundary: aws.permissionsBoundary,
    });
    this.policy = new IamRolePolicy(this, "policy", {
      name: "relay",
      role: role.name,
      policy: policyDocument([
        writeLog(aws, this.name),
        ...props.permissions,
        ...useOfKey(aws),
        ...(tracing ? [WRITE_TRACES] : []),
      ]),
    });
    // Manually added policies show in the next plan.
    new IamRolePoliciesExclusive(this, "policies", { roleName: role.name, policyNames: [this.policy.name] });
    new IamRolePolicyAttachmentsExclusive(this, "attachments", { roleName: role.name, policyArns: [] });

    const code = new FunctionPackage(this, "package", { bundle: props.bundle, name: props.name });
    const fn = new LambdaFunction(this, "Resource", {
      functionName: this.name,
      description: props.description,
      role: role.arn,
      filename: code.file,
      sourceCodeHash: code.hash,
      handler: "index.handler",
      runtime: props.runtime ?? "nodejs22.x",
      architectures: ["arm64"],
      memorySize: props.memory ?? 512,
      timeout: props.timeout,
      publish: true,
      environment: { variables: { ...props.variables } },
      ...(kmsKey === undefined ? {} : { kmsKeyArn: kmsKey }),
      ...(tracing ? { tracingConfig: { mode: "Active" } } : {}),
      loggingConfig: {
        logFormat: "JSON",
        logGroup: this.logGroup.name,
        applicationLogLevel: "INFO",
        // Above INFO, the line with the used memory is dropped (docs/vendors/aws-relay.md section 16).
        systemLogLevel: "INFO",
      },
      dependsOn: [this.policy],
    });
    this.alias = new LambdaAlias(this, "alias", {
      name: LIVE,
      description: "The version that is called.",
      functionName: fn.functionName,
      functionVersion: fn.version,
    });
  }
}

/** X-Ray supports no narrower resource. */
export const WRITE_TRACES: Statement = {
  sid: "WriteTraces",
  actions: ["xray:PutTelemetryRecords", "xray:PutTraceSegments"],
  resources: ["*"],
};

function writeLog(aws: AwsNames, functionName: string): Statement {
  return {
    sid: "WriteOwnLog",
    actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
    resources: [aws.arn("logs", `log-group:/aws/lambda/${functionName}:log-stream:*`)],
  };
}
