/**
 * The most that any role of the relay may do, whatever its own policy says. The pipeline may make roles only under it:
 * so a pull request cannot give a function more than this without a change of the foundation.
 */
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { Construct } from "constructs";
import { BOUNDARY_NAME } from "./aws-names";
import { policyDocument, type Statement } from "./policy";

export interface PermissionsBoundaryProps {
  /** 12 digits. */
  readonly account: string;
}

export class PermissionsBoundary extends Construct {
  constructor(scope: Construct, id: string, props: PermissionsBoundaryProps) {
    super(scope, id);
    new IamPolicy(this, "Resource", {
      name: BOUNDARY_NAME,
      description: "The most that any role of the survey relay may do.",
      policy: policyDocument(boundary(props.account)),
    });
  }
}

function boundary(account: string): readonly Statement[] {
  const inAccount = (service: string, resource: string) => `arn:aws:${service}:*:${account}:${resource}`;
  return [
    {
      sid: "WriteLogs",
      actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
      resources: [inAccount("logs", "log-group:/aws/lambda/relay-*")],
    },
    {
      sid: "UseQueues",
      actions: [
        "sqs:SendMessage",
        "sqs:ReceiveMessage",
        "sqs:DeleteMessage",
        "sqs:GetQueueAttributes",
        "sqs:ChangeMessageVisibility",
      ],
      resources: [inAccount("sqs", "relay-*")],
    },
    {
      sid: "KeepLedgers",
      actions: ["dynamodb:GetItem", "dynamodb:UpdateItem"],
      resources: [inAccount("dynamodb", "table/relay-*")],
    },
    {
      sid: "ReadSecrets",
      actions: ["secretsmanager:GetSecretValue"],
      resources: [inAccount("secretsmanager", "secret:relay/*")],
    },
    {
      sid: "WakeFunctions",
      actions: ["lambda:InvokeFunction"],
      resources: [inAccount("lambda", "function:relay-*")],
    },
  ];
}
