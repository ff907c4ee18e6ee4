/** Invokes the watchdog on a schedule, and stores failed invocations. */
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { LambdaFunctionEventInvokeConfig } from "@cdktf/provider-aws/lib/lambda-function-event-invoke-config";
import { SchedulerSchedule } from "@cdktf/provider-aws/lib/scheduler-schedule";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import { Construct } from "constructs";
import type { AwsNames } from "./aws-names";
import { useOfKey } from "./encryption-key";
import { queueEncryption } from "./event-queue";
import { denyWithoutTls, policyDocument, serviceTrust } from "./policy";
import { LIVE, type RelayFunction } from "./relay-function";

/** Settings of {@link WatchdogSchedule}. */
export interface WatchdogScheduleProps {
  /** Names the schedule and its queue. */
  readonly aws: AwsNames;
  /** The function to invoke. */
  readonly watchdog: RelayFunction;
  /** ARN of a KMS key. @default keys that AWS owns */
  readonly kmsKey?: string | undefined;
}

/** Gladly gives up after about an hour of failures: five minutes leave time to act (docs/vendors/aws-relay.md section 2). */
const RATE = "rate(5 minutes)";

/** Four days, to cover a long weekend. */
const MISSED_RETENTION = 4 * 24 * 60 * 60;

/** Calls the watchdog every 5 minutes. Runs that fail are kept in a queue for 4 days. */
export class WatchdogSchedule extends Construct {
  /** Failed runs. Nothing replays them, because the next run does their work. They show the reason. */
  readonly missed: SqsQueue;

  /** The name of the queue of failed runs. Known before any resource is created. */
  static missedQueueName(aws: AwsNames): string {
    return aws.name("missed");
  }

  constructor(scope: Construct, id: string, props: WatchdogScheduleProps) {
    super(scope, id);
    const { aws, watchdog, kmsKey } = props;
    const name = WatchdogSchedule.missedQueueName(aws);
    this.missed = new SqsQueue(this, "missed", {
      name,
      messageRetentionSeconds: MISSED_RETENTION,
      ...queueEncryption(kmsKey),
    });
    new SqsQueuePolicy(this, "missed_tls", {
      queueUrl: this.missed.url,
      policy: policyDocument([denyWithoutTls("sqs:*", [aws.arn("sqs", name)])]),
    });
    new LambdaFunctionEventInvokeConfig(this, "on_failure", {
      functionName: watchdog.name,
      qualifier: LIVE,
      // The next run comes before a retry would help.
      maximumRetryAttempts: 0,
      maximumEventAgeInSeconds: 300,
      destinationConfig: { onFailure: { destination: this.missed.arn } },
      dependsOn: [watchdog.alias, watchdog.policy],
    });
    const role = new IamRole(this, "role", {
      name: aws.name("scheduler"),
      description: "Lets the schedule wake the watchdog.",
      assumeRolePolicy: serviceTrust("scheduler", aws.account),
      permissionsBoundary: aws.permissionsBoundary,
    });
    const policy = new IamRolePolicy(this, "policy", {
      name: "relay",
      role: role.name,
      policy: policyDocument([
        {
          sid: "WakeTheWatchdog",
          actions: ["lambda:InvokeFunction"],
          resources: [aws.arn("lambda", `function:${watchdog.name}:${LIVE}`)],
        },
        { sid: "TellOfFailedRuns", actions: ["sqs:SendMessage"], resources: [aws.arn("sqs", name)] },
        ...useOfKey(aws),
      ]),
    });
    new SchedulerSchedule(this, "Resource", {
      name: aws.name("watchdog"),
      description: "Heals gaps and notices a webhook that was switched off.",
      scheduleExpression: RATE,
      ...(kmsKey === undefined ? {} : { kmsKeyArn: kmsKey }),
      flexibleTimeWindow: { mode: "OFF" },
      target: {
        arn: watchdog.alias.arn,
        roleArn: role.arn,
        deadLetterConfig: { arn: this.missed.arn },
        retryPolicy: { maximumRetryAttempts: 0, maximumEventAgeInSeconds: 300 },
      },
      dependsOn: [policy],
    });
  }
}
