/** Hands the queue's events to the worker, in batches, and takes back those that failed. */
import { LambdaEventSourceMapping } from "@cdktf/provider-aws/lib/lambda-event-source-mapping";
import { Construct } from "constructs";
import type { EventQueue } from "./event-queue";
import type { RelayFunction } from "./relay-function";

export interface QueueFeedProps {
  readonly queue: EventQueue;
  readonly worker: RelayFunction;
  /** Batches at once, 2 to 1000. This, and not a reserved concurrency, is the brake: a new account may have none to reserve. */
  readonly concurrency: number;
}

export class QueueFeed extends Construct {
  constructor(scope: Construct, id: string, props: QueueFeedProps) {
    super(scope, id);
    new LambdaEventSourceMapping(this, "Resource", {
      eventSourceArn: props.queue.main.arn,
      functionName: props.worker.alias.arn,
      // More than 10 would need a window, and waiting for a full batch delays every survey.
      batchSize: 10,
      maximumBatchingWindowInSeconds: 0,
      functionResponseTypes: ["ReportBatchItemFailures"],
      scalingConfig: { maximumConcurrency: props.concurrency },
      // `relay pause` is a note in the ledger, so a feed that somebody switched off by hand is drift.
      enabled: true,
      dependsOn: [props.worker.policy],
    });
  }
}
