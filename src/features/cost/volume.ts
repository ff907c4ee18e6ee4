/** What an environment deploys, as the synthesized stack has it, and how often each part of it is used in a month. */
import { z } from "zod";
import { FUNCTIONS } from "../../contract/functions";
import { USAGE } from "./usage";

const Sized = z.looseObject({
  memory_size: z.number(),
  tracing_config: z.looseObject({ mode: z.string() }).optional(),
});
const Alarm = z.looseObject({ metric_query: z.array(z.looseObject({ metric: z.unknown().optional() })) });
const Queue = z.looseObject({
  kms_master_key_id: z.string().optional(),
  kms_data_key_reuse_period_seconds: z.number().optional(),
});
const named = <T extends z.ZodType>(type: T) => z.record(z.string(), type).default({});
const Stack = z.looseObject({
  data: z.looseObject({ aws_kms_key: named(z.unknown()) }).default({ aws_kms_key: {} }),
  resource: z.looseObject({
    gladly_webhook: named(z.looseObject({ events: z.array(z.string()) })),
    aws_lambda_function: named(Sized),
    aws_cloudwatch_metric_alarm: named(Alarm),
    aws_cloudwatch_dashboard: named(z.unknown()),
    aws_secretsmanager_secret: named(z.unknown()),
    aws_scheduler_schedule: named(z.unknown()),
    aws_route53_record: named(z.unknown()),
    aws_sqs_queue: named(Queue),
    aws_lambda_event_source_mapping: named(z.looseObject({ batch_size: z.number() })),
  }),
});
/** The parts of a synthesized stack that AWS charges for. */
export type Deployed = z.output<typeof Stack>;

export const DAYS = 30;
const SECONDS = DAYS * 86_400;

/** @throws ZodError when it is no synthesized stack */
export function readDeployed(stack: unknown): Deployed {
  return Stack.parse(stack);
}

type FunctionName = (typeof FUNCTIONS)[number]["name"];

/** What happens in a month. */
export class Volume {
  readonly seconds = SECONDS;
  /** Runs of the watchdog, every five minutes. Each sends a PING through the whole relay. */
  readonly ticks = SECONDS / 300;
  readonly closes: number;
  readonly contacts: number;
  /** Of Gladly and of the watchdog's probe. */
  readonly deliveries: number;
  readonly closesPerBatch: number;
  /** Batches of closes, and those of everything else. */
  readonly closeBatches: number;
  readonly otherBatches: number;

  constructor(
    readonly deployed: Deployed,
    conversationsPerDay: number,
  ) {
    const { gladly_webhook, aws_lambda_event_source_mapping } = deployed.resource;
    this.closes = conversationsPerDay * DAYS;
    // A usual conversation has one of each event that the webhook asks for: its contact's beginning, where asked, and its close.
    const asked = Object.values(gladly_webhook)[0]?.events.length ?? 1;
    this.contacts = this.closes * (asked - 1);
    this.deliveries = this.closes + this.contacts + this.ticks;
    const batchSize = Object.values(aws_lambda_event_source_mapping)[0]?.batch_size ?? 1;
    // With a window of 0 a batch holds what happened to wait: one event when there is little, all it can when there is much.
    this.closesPerBatch = Math.min(batchSize, Math.max(1, conversationsPerDay / USAGE.closesBeforeBatches.value));
    this.closeBatches = this.closes / this.closesPerBatch;
    this.otherBatches = this.contacts / this.closesPerBatch + this.ticks;
  }

  /** Seconds of one batch of closes. */
  get batchSeconds(): number {
    return USAGE.batchSeconds.value + USAGE.closeSeconds.value * this.closesPerBatch;
  }

  /** Invocations of a function. */
  invocations(name: FunctionName): number {
    return { ingest: this.deliveries, worker: this.closeBatches + this.otherBatches, watchdog: this.ticks }[name];
  }

  /** GB of memory. @throws Error when the stack has no such function */
  memory(name: FunctionName): number {
    return this.function(name).memory_size / 1024;
  }

  isTraced(name: FunctionName): boolean {
    return this.function(name).tracing_config?.mode === "Active";
  }

  /** Reads of secrets: each process reads those of its function again when its copies are old, if it is used then. */
  get secretReads(): number {
    const longest = {
      ingest: USAGE.ingestSeconds.value,
      worker: this.batchSeconds,
      watchdog: USAGE.watchdogSeconds.value,
    };
    return FUNCTIONS.reduce((sum, { name, permissions }) => {
      const secrets = permissions.filter((one) => one.action === "secretsmanager:GetSecretValue" && !one.forFeedback);
      const processes = Math.max(1, (this.invocations(name) / SECONDS) * longest[name]);
      const reads = Math.min(this.invocations(name), processes * (SECONDS / USAGE.secretSeconds.value));
      return sum + secrets.length * reads;
    }, 0);
  }

  private function(name: FunctionName) {
    const found = Object.entries(this.deployed.resource.aws_lambda_function).find(([id]) => id.endsWith(name));
    if (found === undefined) throw new Error(`the stack has no ${name} function, so its cost is not known`);
    return found[1];
  }
}
