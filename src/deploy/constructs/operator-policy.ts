/**
 * Permissions for a person who operates a relay: explain, replay, pause, resume, invoke the watchdog, and check whether an
 * environment is ready for production.
 *
 * It is a policy, not a role, because the company's single sign-on knows the people. A permission set refers to the policy by
 * its name (docs/aws.md). The foundation creates it, so that the pipeline cannot widen it.
 */
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { Construct } from "constructs";
import { SECRETS } from "../../contract/secrets";
import { AlarmTopics } from "./alarm-topics";
import type { AwsNames } from "./aws-names";
import { useOfKey } from "./encryption-key";
import { EventQueue } from "./event-queue";
import { LedgerTable } from "./ledger-table";
import { policyDocument, type Statement } from "./policy";
import { LIVE } from "./relay-function";

/** Settings of {@link OperatorPolicy}. */
export interface OperatorPolicyProps {
  /** Name of the policy, and of the environment that it is limited to. */
  readonly aws: AwsNames;
  /** ARN of the topic that gets the alarms. @default the environment's own two */
  readonly alarmTopic?: string | undefined;
}

/** The only ledger record that a person changes (src/relay/pause.ts). Outcomes of events cannot be changed. */
const PAUSE_NOTE = "note#paused";

/** A managed policy for the people who run one environment. It reads no secret value. */
export class OperatorPolicy extends Construct {
  /** Known before any resource is created, because permission sets refer to it. */
  static policyName(aws: AwsNames): string {
    return aws.name("operator");
  }

  constructor(scope: Construct, id: string, { aws, alarmTopic }: OperatorPolicyProps) {
    super(scope, id);
    new IamPolicy(this, "Resource", {
      name: OperatorPolicy.policyName(aws),
      description: `Look after the survey relay of ${aws.environment}: explain, replay, pause and resume.`,
      policy: policyDocument(operatorPermissions(aws, alarmTopic)),
    });
  }
}

/** A test runs every command and compares its calls with these statements, in both directions. */
function operatorPermissions(aws: AwsNames, alarmTopic: string | undefined): readonly Statement[] {
  const { main, parked } = EventQueue.names(aws);
  const ledger = aws.arn("dynamodb", `table/${LedgerTable.tableName(aws)}`);
  return [
    {
      sid: "TakeParkedEvents",
      actions: ["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:ReceiveMessage"],
      resources: [aws.arn("sqs", parked)],
    },
    { sid: "SendThemBackToWork", actions: ["sqs:SendMessage"], resources: [aws.arn("sqs", main)] },
    { sid: "ExplainOutcomes", actions: ["dynamodb:GetItem"], resources: [ledger] },
    {
      sid: "PauseAndResume",
      actions: ["dynamodb:UpdateItem"],
      resources: [ledger],
      conditions: { "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": [PAUSE_NOTE] } },
    },
    {
      sid: "SeeWhichSecretsAreThere",
      actions: ["secretsmanager:DescribeSecret"],
      resources: Object.values(SECRETS).map((name) => aws.secretArn(name)),
    },
    {
      sid: "SeeWhoIsAlarmed",
      actions: ["sns:ListSubscriptionsByTopic"],
      resources: alarmTopic === undefined ? AlarmTopics.arns(aws) : [alarmTopic],
    },
    ...useOfKey(aws),
    {
      sid: "WakeTheWatchdog",
      actions: ["lambda:InvokeFunction"],
      resources: [aws.arn("lambda", `function:${aws.name("watchdog")}:${LIVE}`)],
    },
  ];
}
