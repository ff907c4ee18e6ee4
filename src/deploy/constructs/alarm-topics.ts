/** The topics for alarms: one for urgent alarms, one for the others. */
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { Construct } from "constructs";
import type { AwsNames } from "./aws-names";
import { denyWithoutTls, policyDocument } from "./policy";

/** `page`: surveys are being lost or will be within the hour. `ticket`: look at it in working hours. */
export const SEVERITIES = ["page", "ticket"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Settings of {@link AlarmTopics}. */
export interface AlarmTopicsProps {
  /** Names the two topics. */
  readonly aws: AwsNames;
  /** Gets e-mails after confirming AWS's subscription message. */
  readonly email: string;
  /** ARN of a KMS key whose policy lets CloudWatch use it. @default not encrypted */
  readonly kmsKey?: string | undefined;
}

/**
 * Two SNS topics with one e-mail subscription each. AWS sends the subscriber a message to confirm first.
 *
 * @example
 * ```ts
 * const topics = new AlarmTopics(this, "alarms", { aws: AwsNames.of(environment), email: "oncall@example.com" });
 * ```
 */
export class AlarmTopics extends Construct {
  private readonly topics: Readonly<Record<Severity, SnsTopic>>;

  constructor(scope: Construct, id: string, props: AlarmTopicsProps) {
    super(scope, id);
    this.topics = { page: this.topic("page", props), ticket: this.topic("ticket", props) };
  }

  /** Known before any resource is created. */
  static arns(aws: AwsNames): readonly string[] {
    return SEVERITIES.map((severity) => aws.arn("sns", aws.name(severity)));
  }

  /** The ARN of the topic that alarms of this severity go to. */
  arn(severity: Severity): string {
    return this.topics[severity].arn;
  }

  /**
   * Encrypted only with the environment's own key: CloudWatch cannot publish to a topic with AWS's managed key, and an alarm
   * contains nothing confidential.
   */
  private topic(severity: Severity, { aws, email, kmsKey }: AlarmTopicsProps): SnsTopic {
    const name = aws.name(severity);
    const arn = aws.arn("sns", name);
    const topic = new SnsTopic(this, severity, {
      name,
      ...(kmsKey === undefined ? {} : { kmsMasterKeyId: kmsKey }),
    });
    new SnsTopicPolicy(this, `${severity}_policy`, {
      arn: topic.arn,
      policy: policyDocument([
        {
          sid: "AlarmsOfThisAccount",
          actions: ["sns:Publish"],
          resources: [arn],
          principals: { Service: "cloudwatch.amazonaws.com" },
          conditions: { StringEquals: { "aws:SourceAccount": [aws.account] } },
        },
        denyWithoutTls("sns:Publish", [arn]),
      ]),
    });
    new SnsTopicSubscription(this, `${severity}_email`, { topicArn: topic.arn, protocol: "email", endpoint: email });
    return topic;
  }
}
