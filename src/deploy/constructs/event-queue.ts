/**
 * The queue between accepting an event and processing it, and the queue for parked events.
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
  /** Names of the two queues. */
  readonly aws: AwsNames;
  /** The worker's timeout for one batch, in seconds. An event stays hidden six times as long, as AWS advises. */
  readonly workerTimeout: number;
  /** Days for which the ledger keeps a record: a parked event must not be kept longer than its count of lost answers. @default 14 */
  readonly retentionDays?: number;
  /** ARN of a KMS key. @default a key that SQS owns */
  readonly kmsKey?: string | undefined;
  /** Whether the queues may be deleted, with the events in them. @default false */
  readonly removable?: boolean;
}

/**
 * Only a last resort, for events that cannot even be parked. Each retry hides the message again and counts as a receive, and a
 * day of outage takes up to 197 of them (docs/vendors/aws-relay.md section 4.4). 1000 is the maximum of SQS.
 */
const MOST_RECEIVES = 1000;

/** AWS allows 1 MiB since 2025, but the provider 5.100.0 refuses more than 256 KiB. */
const LARGEST_MESSAGE = 256 * 1024;

/** Creates the main queue and the parked queue, encrypted and only with TLS. */
export class EventQueue extends Construct {
  /** Accepted events that wait to be processed. */
  readonly main: SqsQueue;
  /** Parked events. */
  readonly parked: SqsQueue;

  /** Known before any resource is created. */
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

/** SQS requests a new data key from KMS every five minutes. */
export function queueEncryption(kmsKey: string | undefined) {
  return kmsKey === undefined
    ? { sqsManagedSseEnabled: true }
    : { kmsMasterKeyId: kmsKey, kmsDataKeyReusePeriodSeconds: 300 };
}

/** The settings of all queues: encrypted, only with TLS, protected from deletion. */
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
