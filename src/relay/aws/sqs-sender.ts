/** Sends envelopes to the main queue without an SDK client, for functions that only send. */
import * as z from "zod/mini";
import type { Envelope } from "../envelope";
import type { Queue } from "../ports";
import { AwsCall, AwsCallFailed, SQS, serviceEndpoint } from "./aws-call";
import type { FunctionEnvironment } from "./environment";
import { inBatches } from "./message-body";

/** Three attempts of 2 s each, including the connection. With pauses, at most 6.2 s (docs/vendors/aws-relay.md section 4.1). */
const LIMITS = { attemptTimeout: 2_000, attempts: 3 };

const BatchAnswer = z.object({
  Successful: z._default(z.array(z.unknown()), []),
  Failed: z._default(z.array(z.object({ Code: z.string() })), []),
});

export class SqsSender implements Pick<Queue, "send"> {
  private readonly call: AwsCall;
  private readonly queueUrl: string;

  /** @param budget milliseconds that a call may take, asked before each call */
  constructor(environment: FunctionEnvironment, budget?: () => number) {
    const { region, variables } = environment;
    this.queueUrl = environment.value("RELAY_QUEUE_URL");
    this.call = new AwsCall({
      service: SQS,
      endpoint: serviceEndpoint(SQS, region, variables),
      region,
      variables,
      ...LIMITS,
      ...(budget === undefined ? {} : { budget }),
    });
  }

  /** @throws AwsCallFailed when any envelope could not be stored; the others may have been stored */
  async send(envelopes: readonly Envelope[]): Promise<void> {
    for (const batch of inBatches(envelopes)) {
      const entries = batch.map((body, index) => ({ Id: String(index), MessageBody: body }));
      const answer = BatchAnswer.safeParse(
        await this.call.send("SendMessageBatch", { QueueUrl: this.queueUrl, Entries: entries }),
      );
      if (!answer.success) throw new AwsCallFailed("SQS", "SendMessageBatch", "an answer in an unknown format", 200);
      const { Successful, Failed } = answer.data;
      if (Successful.length === batch.length) continue;
      throw new AwsCallFailed("SQS", "SendMessageBatch", Failed[0]?.Code ?? "not everything was stored", 200);
    }
  }
}
