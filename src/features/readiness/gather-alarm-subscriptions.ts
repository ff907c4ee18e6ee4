/** Who is subscribed to the alarms, and whether they confirmed it: read with the operator's own permissions. */
import { ListSubscriptionsByTopicCommand, NotFoundException, SNSClient, type Subscription } from "@aws-sdk/client-sns";
import { AlarmTopics } from "../../deploy/constructs/alarm-topics";
import { AwsNames } from "../../deploy/constructs/aws-names";
import type { AwsEnvironment } from "../../environment";
import { quietAwsSdk } from "../shared/aws-sdk";
import { awsFailure } from "./aws-failure";
import type { AlarmSubscription, Known } from "./facts";

export async function alarmSubscriptions(environment: AwsEnvironment): Promise<Known<readonly AlarmSubscription[]>> {
  quietAwsSdk();
  const client = new SNSClient({ region: environment.relay.region });
  try {
    const lists = await Promise.all(alarmTopics(environment).map((topic) => subscriptionsOf(client, topic)));
    return { known: true, value: lists.flat() };
  } catch (error) {
    return awsFailure(error, environment);
  } finally {
    client.destroy();
  }
}

async function subscriptionsOf(client: SNSClient, topic: string): Promise<readonly AlarmSubscription[]> {
  const found: AlarmSubscription[] = [];
  let next: string | undefined;
  do {
    const page = await pageOf(client, topic, next);
    found.push(...page.subscriptions.map((subscription) => asFact(topic, subscription)));
    next = page.next;
  } while (next !== undefined);
  return found;
}

/** Without the topic there are no subscriptions. */
async function pageOf(client: SNSClient, topic: string, token: string | undefined) {
  try {
    const input = { TopicArn: topic, ...(token === undefined ? {} : { NextToken: token }) };
    const answer = await client.send(new ListSubscriptionsByTopicCommand(input));
    return { subscriptions: answer.Subscriptions ?? [], next: answer.NextToken || undefined };
  } catch (error) {
    if (error instanceof NotFoundException) return { subscriptions: [], next: undefined };
    throw error;
  }
}

function asFact(topic: string, { Endpoint, SubscriptionArn }: Subscription): AlarmSubscription {
  return {
    topic: topic.split(":").at(-1) ?? topic,
    address: Endpoint ?? "an unknown address",
    // Until the subscription is confirmed, the ARN is `PendingConfirmation`.
    confirmed: SubscriptionArn?.startsWith("arn:") === true,
  };
}

/** The company's own topic, or the two that the stack makes, by ARN. */
function alarmTopics(environment: AwsEnvironment): readonly string[] {
  const { topic } = environment.relay.alarms;
  return topic === undefined ? AlarmTopics.arns(AwsNames.of(environment)) : [topic];
}
