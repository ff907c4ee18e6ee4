/**
 * The maximum permissions of every role of one environment's relay. The pipeline may create roles only with this boundary, so a
 * pull request cannot give a function more permissions without a change of the foundation.
 */
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { Construct } from "constructs";
import { FUNCTIONS } from "../../contract/functions";
import type { AwsNames } from "./aws-names";
import { useOfKey } from "./encryption-key";
import { policyDocument, type Statement } from "./policy";
import { WRITE_TRACES } from "./relay-function";

/** Settings of {@link PermissionsBoundary}. */
export interface PermissionsBoundaryProps {
  /** Name of the policy, and of the environment that it is limited to. */
  readonly aws: AwsNames;
  /** Whether X-Ray traces the functions. @default false */
  readonly tracing?: boolean;
}

/** The managed policy that every role of the environment must have as its permissions boundary. */
export class PermissionsBoundary extends Construct {
  constructor(scope: Construct, id: string, { aws, tracing = false }: PermissionsBoundaryProps) {
    super(scope, id);
    new IamPolicy(this, "Resource", {
      name: aws.name("boundary"),
      description: `The most that any role of the survey relay of ${aws.environment} may do.`,
      policy: policyDocument(boundary(aws, tracing)),
    });
  }
}

/** The actions of a service that any function uses. */
function actionsOf(service: string): readonly string[] {
  const actions = FUNCTIONS.flatMap(({ permissions }) => permissions.map(({ action }) => action));
  return [...new Set(actions.filter((action) => action.startsWith(`${service}:`)))].sort();
}

function boundary(aws: AwsNames, tracing: boolean): readonly Statement[] {
  const all = aws.name("*");
  return [
    {
      sid: "WriteLogs",
      actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
      resources: [aws.arn("logs", `log-group:/aws/lambda/${all}:log-stream:*`)],
    },
    { sid: "UseQueues", actions: actionsOf("sqs"), resources: [aws.arn("sqs", all)] },
    { sid: "KeepLedger", actions: actionsOf("dynamodb"), resources: [aws.arn("dynamodb", `table/${all}`)] },
    {
      sid: "ReadSecrets",
      actions: actionsOf("secretsmanager"),
      resources: [aws.arn("secretsmanager", `secret:${aws.secretName("*")}`)],
    },
    ...useOfKey(aws),
    ...(tracing ? [WRITE_TRACES] : []),
    { sid: "WakeFunctions", actions: ["lambda:InvokeFunction"], resources: [aws.arn("lambda", `function:${all}`)] },
  ];
}
