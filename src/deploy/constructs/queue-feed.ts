/** Delivers the queue's events to the worker in batches, and returns failed ones to the queue. */
import { LambdaEventSourceMapping } from "@cdktf/provider-aws/lib/lambda-event-source-mapping";
import { Construct } from "constructs";
import type { EventQueue } from "./event-queue";
import type { RelayFunction } from "./relay-function";

export interface QueueFeedProps {
  readonly queue: EventQueue;
  readonly worker: RelayFunction;
  /** Concurrent batches, 2 to 1000. This is the limit instead of a reserved concurrency, which a new account may not have. */
  readonly concurrency: number;
}

export class QueueFeed extends Construct {
  constructor(scope: Construct, id: string, props: QueueFeedProps) {
    super(scope, id);
    new LambdaEventSourceMapping(this, "Resource", {
      eventSourceArn: props.queue.main.arn,
      functionName: props.worker.alias.arn,
      // More than 10 would need a batching window, and waiting for a full batch delays every survey.
      batchSize: 10,
      maximumBatchingWindowInSeconds: 0,
      functionResponseTypes: ["ReportBatchItemFailures"],
      scalingConfig: { maximumConcurrency: props.concurrency },
      // `relay pause` is a note in the ledger, so a disabled event source is always drift.
      enabled: true,
      dependsOn: [props.worker.policy],
    });
  }
}
