/**
 * The queue between accepting an event and working on it, and the queue for what a person must look at.
 *
 * Standard, not FIFO: its window of five minutes is shorter than Gladly's hour of retries, so the ledger drops
 * duplicates anyway (docs/vendors/aws-relay.md section 3).
 */
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import { SqsQueueRedriveAllowPolicy } from "@cdktf/provider-aws/lib/sqs-queue-redrive-allow-policy";
import { SqsQueueRedrivePolicy } from "@cdktf/provider-aws/lib/sqs-queue-redrive-policy";
import { Construct } from "constructs";
import { QUEUE_DAYS } from "../../contract/time-limits";
import type { AwsNames } from "./aws-names";
import { denyWithoutTls, policyDocument } from "./policy";

/** Settings of {@link EventQueue}. */
export interface EventQueueProps {
  /** Names the two queues. */
  readonly aws: AwsNames;
  /** Seconds that the worker has for one batch. An event stays hidden six times as long, as AWS advises. */
  readonly workerTimeout: number;
  /** Days for which the ledger keeps a record: a parked event must not outlive the count of its lost answers. @default 14 */
  readonly retentionDays?: number;
  /** ARN of a KMS key. @default a key that SQS owns */
  readonly kmsKey?: string | undefined;
  /** Whether the queues may be destroyed, with the events in them. @default false */
  readonly removable?: boolean;
}

/**
 * Only the last net, for what cannot even be parked: retries are made by hiding the message again, each counts as a
 * receive, and a day of outage takes up to 197 of them (docs/vendors/aws-relay.md section 4.4). 1000 is the most SQS allows.
 */
const MOST_RECEIVES = 1000;

/** AWS allows 1 MiB since 2025; the provider 5.100.0 refuses more than 256 KiB. */
const LARGEST_MESSAGE = 256 * 1024;

/** Makes the main queue and the parked queue, encrypted and reachable over TLS only. */
export class EventQueue extends Construct {
  /** Accepted events that wait for their turn. */
  readonly main: SqsQueue;
  /** Events that are kept for a person. */
  readonly parked: SqsQueue;

  /** Known before anything is made. */
  static names(aws: AwsNames): { readonly main: string; readonly parked: string } {
    return { main: aws.name("main"), parked: aws.name("dlq") };
  }

  constructor(scope: Construct, id: string, props: EventQueueProps) {
    super(scope, id);
    const names = EventQueue.names(props.aws);
    const parkedDays = Math.min(QUEUE_DAYS, props.retentionDays ?? QUEUE_DAYS);
    this.main = queue(this, "main", names.main, props, { days: QUEUE_DAYS, visibility: props.workerTimeout * 6 });
    this.parked = queue(this, "dlq", names.parked, props, { days: parkedDays });
    new SqsQueueRedrivePolicy(this, "redrive", {
      queueUrl: this.main.url,
      redrivePolicy: JSON.stringify({
        deadLetterTargetArn: props.aws.arn("sqs", names.parked),
        maxReceiveCount: MOST_RECEIVES,
      }),
      dependsOn: [this.parked],
    });
    new SqsQueueRedriveAllowPolicy(this, "redrive_allow", {
      queueUrl: this.parked.url,
      redriveAllowPolicy: JSON.stringify({
        redrivePermission: "byQueue",
        sourceQueueArns: [props.aws.arn("sqs", names.main)],
      }),
      dependsOn: [this.main],
    });
  }
}

/** SQS asks KMS for a new data key every five minutes. */
export function queueEncryption(kmsKey: string | undefined) {
  return kmsKey === undefined
    ? { sqsManagedSseEnabled: true }
    : { kmsMasterKeyId: kmsKey, kmsDataKeyReusePeriodSeconds: 300 };
}

/** A queue as every one here is: encrypted, over TLS only, not to be destroyed by a slip. */
function queue(
  scope: Construct,
  id: string,
  name: string,
  { aws, kmsKey, removable = false }: EventQueueProps,
  { days, visibility }: { readonly days: number; readonly visibility?: number },
): SqsQueue {
  const made = new SqsQueue(scope, id, {
    name,
    messageRetentionSeconds: days * 24 * 60 * 60,
    maxMessageSize: LARGEST_MESSAGE,
    receiveWaitTimeSeconds: 20,
    ...queueEncryption(kmsKey),
    ...(visibility === undefined ? {} : { visibilityTimeoutSeconds: visibility }),
    lifecycle: { preventDestroy: !removable },
  });
  new SqsQueuePolicy(scope, `${id}_tls`, {
    queueUrl: made.url,
    policy: policyDocument([denyWithoutTls("sqs:*", [aws.arn("sqs", name)])]),
  });
  return made;
}
