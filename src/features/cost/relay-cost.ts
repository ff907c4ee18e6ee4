/**
 * What a month of the relay costs on AWS: the settings come from the synthesized stack, so that another memory size,
 * alarm or secret shows here at once; how long things take is what was measured or is typical (docs/vendors/aws-relay.md
 * sections 12 and 14).
 */
import { z } from "zod";
import { LEDGER_DAYS } from "../../contract/time-limits";
import { PRICES } from "./prices";

/** One line of the bill. */
export interface CostLine {
  readonly part: string;
  /** Dollars a month. */
  readonly dollars: number;
  /** How it was worked out. */
  readonly how: string;
}

const Sized = z.looseObject({ memory_size: z.number() });
const Alarm = z.looseObject({ metric_query: z.array(z.looseObject({ metric: z.unknown().optional() })) });
const Resources = z.looseObject({
  resource: z.looseObject({
    gladly_webhook: z.record(z.string(), z.looseObject({ events: z.array(z.string()) })).default({}),
    aws_lambda_function: z.record(z.string(), Sized).default({}),
    aws_cloudwatch_metric_alarm: z.record(z.string(), Alarm).default({}),
    aws_cloudwatch_dashboard: z.record(z.string(), z.unknown()).default({}),
    aws_secretsmanager_secret: z.record(z.string(), z.unknown()).default({}),
    aws_scheduler_schedule: z.record(z.string(), z.unknown()).default({}),
    aws_route53_record: z.record(z.string(), z.unknown()).default({}),
    aws_lambda_event_source_mapping: z.record(z.string(), z.looseObject({ batch_size: z.number() })).default({}),
  }),
});

const DAYS = 30;
const SECONDS = DAYS * 86_400;
/** Runs of the watchdog in a month, every five minutes. */
const TICKS = SECONDS / 300;
/** The relay's own metrics with one set of dimensions, as CloudWatch counts them. */
const OWN_METRICS = 12;

/** What was measured, or is typical: seconds, kilobytes and counts for one closed conversation. */
const TYPICAL = {
  ingestSeconds: 0.015,
  watchdogSeconds: 1.5,
  /** The beginning of a contact: one read and one write of the ledger. */
  contactSeconds: 0.02,
  recordKb: 0.5,
  /**
   * What one delivery leaves in the logs of ingest, worker and API Gateway: the relay's own lines, the metrics, which are
   * lines as well, Lambda's three lines for each invocation, and the access log. Measured on whole events.
   */
  logKb: 2.4,
  answerKb: 2,
  /** Claim and finish, each on the table, and the finish once more on the index. */
  writes: 3,
  reads: 2,
  /** A process that is used reads each of its secrets twelve times an hour. */
  secretReadsAMonth: SECONDS / 300,
} as const;

/** Seconds a batch takes, by how many events it holds. */
function batchSeconds(events: number): number {
  return 0.5 + 0.08 * events;
}

/** @param stack the synthesized JSON of an environment */
export function relayCost(stack: unknown, conversationsPerDay: number): readonly CostLine[] {
  const { resource } = Resources.parse(stack);
  const functions = resource.aws_lambda_function;
  // Delivered `direct`, an environment has nothing on AWS.
  if (Object.keys(functions).length === 0) return [];

  const closes = conversationsPerDay * DAYS;
  // A usual conversation has one of each event that the webhook asks for: its contact's beginning, where asked, and its close.
  const asked = Object.values(resource.gladly_webhook)[0]?.events.length ?? 1;
  const contacts = closes * (asked - 1);
  const deliveries = closes + contacts;
  const memory = (name: string) => {
    const found = Object.entries(functions).find(([id]) => id.endsWith(name));
    if (found === undefined) throw new Error(`the stack has no ${name} function, so its cost is not known`);
    return found[1].memory_size / 1024;
  };
  const lambda = (calls: number, seconds: number, name: string) =>
    calls * (PRICES.lambdaRequest + seconds * memory(name) * PRICES.lambdaGbSecond);

  const batchSize = Object.values(resource.aws_lambda_event_source_mapping)[0]?.batch_size ?? 1;
  // With a window of 0 a batch holds what happened to wait: one event when there is little, all it can when there is much.
  const perBatch = Math.min(batchSize, Math.max(1, conversationsPerDay / 40_000));
  const batches = closes / perBatch;
  const contactBatches = contacts / perBatch;
  // Five pollers ask every 20 seconds when nothing comes.
  const idlePolls = (5 * SECONDS) / 20;
  const queries = Object.values(resource.aws_cloudwatch_metric_alarm).flatMap(({ metric_query }) =>
    metric_query.filter(({ metric }) => metric !== undefined),
  ).length;
  const secrets = Object.keys(resource.aws_secretsmanager_secret).length;
  const gb = (kilobytes: number, times: number) => (times * kilobytes) / 1_000_000;
  const count = (value: number) => Math.round(value).toLocaleString("en-US");

  return [
    {
      part: "HTTP API",
      dollars: (deliveries + TICKS) * PRICES.httpApiRequest,
      how: `${count(deliveries + TICKS)} deliveries`,
    },
    {
      part: "ingest",
      dollars: lambda(deliveries + TICKS, TYPICAL.ingestSeconds, "ingest"),
      how: `${memory("ingest") * 1024} MB, ${TYPICAL.ingestSeconds * 1000} ms a delivery`,
    },
    {
      part: "SQS",
      dollars: (deliveries + 2 * (batches + contactBatches) + idlePolls) * PRICES.sqsRequest,
      how: `one send a delivery, two calls for each of ${count(batches + contactBatches)} batches, idle polls`,
    },
    {
      part: "worker",
      dollars:
        lambda(batches, batchSeconds(perBatch), "worker") +
        lambda(contactBatches, TYPICAL.contactSeconds * perBatch, "worker"),
      how: `${memory("worker") * 1024} MB, ${batchSeconds(perBatch).toFixed(2)} s a batch of ${perBatch.toFixed(1)} closes`,
    },
    {
      part: "watchdog",
      dollars: lambda(TICKS, TYPICAL.watchdogSeconds, "watchdog") + TICKS * PRICES.schedule,
      how: `${count(TICKS)} runs`,
    },
    {
      part: "DynamoDB",
      dollars:
        closes * (TYPICAL.writes * PRICES.dynamodbWrite + TYPICAL.reads * PRICES.dynamodbRead) +
        contacts * (PRICES.dynamodbWrite + PRICES.dynamodbRead) +
        ((conversationsPerDay * LEDGER_DAYS * TYPICAL.recordKb) / 1_000_000) * PRICES.dynamodbGbMonth,
      how: `${TYPICAL.writes} writes and ${TYPICAL.reads} reads a close, kept ${LEDGER_DAYS} days`,
    },
    {
      part: "logs",
      dollars: gb(TYPICAL.logKb, deliveries + TICKS) * PRICES.logGb,
      how: `${TYPICAL.logKb} KB a delivery: the relay's lines and metrics, Lambda's own, the access log`,
    },
    {
      part: "metrics, alarms, dashboard",
      dollars:
        OWN_METRICS * PRICES.metric +
        queries * PRICES.alarmMetric +
        Object.keys(resource.aws_cloudwatch_dashboard).length * PRICES.dashboard,
      how: `${OWN_METRICS} metrics, ${queries} in alarms, the account's first three dashboards not counted as free`,
    },
    {
      part: "secrets",
      dollars: secrets * PRICES.secret + secrets * TYPICAL.secretReadsAMonth * PRICES.secretCall,
      how: `${secrets} secrets, each read every five minutes by one process`,
    },
    {
      part: "egress and DNS",
      dollars:
        gb(TYPICAL.answerKb, closes) * PRICES.egressGb +
        (Object.keys(resource.aws_route53_record).length > 0 ? PRICES.hostedZoneShare : 0),
      how: "requests to Gladly and Stella, the hosted zone where there is a domain",
    },
  ];
}
