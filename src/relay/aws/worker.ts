/**
 * The worker function. It gets a batch of SQS messages and returns those that SQS must deliver again.
 *
 * A message that fails does not fail the batch, because Lambda slows down all batches of a function that throws. A message
 * that must wait is hidden for that time and reported as failed (docs/vendors/aws-relay.md section 4.4).
 */
import { randomUUID } from "node:crypto";
import { errorName } from "../../contract/error-message";
import { WORKER } from "../../contract/functions";
import { ConfigurationUnusable } from "../../contract/relay-configuration";
import { Breaker } from "../breaker";
import { inParallel, PARALLEL } from "../in-parallel";
import { LookUp } from "../look-up";
import { isPaused } from "../pause";
import type { Chance, Clock, Message, Verdict } from "../ports";
import { Worker } from "../work";
import { AwsSecrets } from "./aws-secrets";
import { DynamoDbLedger } from "./dynamodb-ledger";
import { type FunctionEnvironment, type FunctionVariables, readEnvironment } from "./environment";
import { type LambdaFunction, lambdaFunction } from "./lambda-function";
import { type Observability, observe } from "./observability";
import { dynamoDbClient, sqsClient } from "./sdk-clients";
import { SharedConfiguration } from "./shared-configuration";
import { type BatchResponse, failuresOf, messageOf, SqsEvent, type SqsRecord } from "./sqs-event";
import { SqsQueue } from "./sqs-queue";
import { TimeLeft } from "./time-left";
import { gladlyOf, SURVEY_REQUEST_MS, stellaOf } from "./upstream-clients";

/** Milliseconds that must be left to start a message: for its look-ups and a survey request. */
const MESSAGE_BUDGET_MS = SURVEY_REQUEST_MS + 3_000;
/** Milliseconds until SQS delivers a message again that the invocation had no time for. */
const NO_TIME_DELAY_MS = 1_000;
/** Milliseconds between deliveries of a message while the relay is paused. SQS's limit of a thousand then lasts a week. */
const PAUSED_DELAY_MS = 600_000;

const clock: Clock = { now: () => Date.now() };
const chance: Chance = { random: Math.random, id: randomUUID };

/** Reads the environment once. While it is unusable, every message stays on the queue. */
export function createWorker(variables: FunctionVariables): LambdaFunction<BatchResponse> {
  let environment: FunctionEnvironment<SharedConfiguration>;
  try {
    environment = readEnvironment(WORKER, variables, SharedConfiguration);
  } catch (error) {
    if (!(error instanceof ConfigurationUnusable)) throw error;
    return unusable(error);
  }
  const observability = observe(WORKER.name, environment.configuration.environment);
  const time = new TimeLeft();
  const batch = new Batch(environment, observability, time);
  return lambdaFunction(observability, time, async (input) =>
    failuresOf(await batch.work(recordsOf(input, observability))),
  );
}

class Batch {
  private readonly queue: SqsQueue;
  private readonly ledger: DynamoDbLedger;
  private readonly worker: Worker;
  private readonly pausedDelay: number;

  constructor(
    environment: FunctionEnvironment<SharedConfiguration>,
    private readonly observability: Observability,
    private readonly time: TimeLeft,
  ) {
    const { region } = environment;
    const doNotSendTopicId = environment.optional("RELAY_DO_NOT_SEND_TOPIC_ID");
    const configuration = { ...environment.configuration, doNotSendTopicId, surveyMode: environment.surveyMode() };
    const { metrics, log } = observability;
    const retryScale = Number(environment.optional("RELAY_RETRY_SCALE") ?? 1);
    this.pausedDelay = PAUSED_DELAY_MS * retryScale;
    const secrets = new AwsSecrets({ environment, clock, metrics, log });
    this.ledger = new DynamoDbLedger(
      dynamoDbClient(region),
      environment.value("RELAY_LEDGER_TABLE"),
      clock,
      configuration.policy.retentionDays * 86_400_000,
    );
    this.queue = new SqsQueue(sqsClient(region), {
      main: environment.value("RELAY_QUEUE_URL"),
      parked: environment.value("RELAY_PARKED_QUEUE_URL"),
    });
    this.worker = new Worker({
      ...{ configuration, secrets, clock, chance, metrics, log, retryScale, ledger: this.ledger },
      breaker: new Breaker({ ledger: this.ledger, clock, metrics, log, scale: retryScale }),
      lookUp: new LookUp(gladlyOf(configuration, secrets, time, SURVEY_REQUEST_MS), clock),
      stella: stellaOf(configuration, time),
    });
  }

  /** @returns the records that SQS must deliver again */
  async work(records: readonly SqsRecord[]): Promise<readonly SqsRecord[]> {
    const failed: SqsRecord[] = [];
    const paused = await this.paused();
    await inParallel(records, PARALLEL, async (record) => {
      if (!(await this.process(record, paused))) failed.push(record);
    });
    return failed;
  }

  /** @returns whether Lambda may delete the record */
  private async process(record: SqsRecord, paused: boolean): Promise<boolean> {
    try {
      const message = messageOf(record);
      return await this.settle(message, await this.verdict(message, paused));
    } catch (error) {
      // SQS delivers the message again after its visibility timeout.
      this.observability.log("error", "work.failed", { error: errorName(error) });
      return false;
    }
  }

  private async verdict(message: Message, paused: boolean): Promise<Verdict> {
    if (paused) return { kind: "later", delay: this.pausedDelay };
    if (this.time.without(MESSAGE_BUDGET_MS) === 0) return { kind: "later", delay: NO_TIME_DELAY_MS };
    return this.worker.work(message);
  }

  private async settle(message: Message, verdict: Verdict): Promise<boolean> {
    switch (verdict.kind) {
      case "done":
        return true;
      case "park":
        await this.queue.park(message.envelope, verdict.reason);
        return true;
      case "later":
        await this.queue.postpone(message, verdict.delay);
        return false;
      default:
        return verdict satisfies never;
    }
  }

  private async paused(): Promise<boolean> {
    try {
      return await isPaused(this.ledger);
    } catch (error) {
      // Without the ledger no message can be claimed, so nothing is sent. Each message logs that itself.
      this.observability.log("error", "work.failed", { error: errorName(error) });
      return false;
    }
  }
}

/** @throws TypeError: with any other answer, Lambda would delete messages that were not processed */
function recordsOf(input: unknown, { log }: Observability): readonly SqsRecord[] {
  const event = SqsEvent.safeParse(input);
  if (event.success) return event.data.Records;
  log("error", "event.unusable", { expected: "a batch of SQS messages" });
  throw new TypeError("The worker's event is not a batch of SQS messages");
}

function unusable(error: ConfigurationUnusable): LambdaFunction<BatchResponse> {
  const observability = observe(WORKER.name, undefined);
  return lambdaFunction(observability, new TimeLeft(), async (input) => {
    observability.log("error", "configuration.unusable", { detail: error.message });
    return failuresOf(recordsOf(input, observability));
  });
}
