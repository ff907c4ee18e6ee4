/**
 * What a month of the relay costs on AWS: the settings come from the synthesized stack, so that another memory size,
 * alarm or secret shows here at once. `prices.ts` has what AWS charges, `usage.ts` what a close uses, each with its source.
 */
import { LEDGER_DAYS } from "../../contract/time-limits";
import type { CostLine } from "./cost-line";
import { keyCost, tracingCost } from "./optional-costs";
import { PRICES } from "./prices";
import { USAGE } from "./usage";
import { DAYS, readDeployed, Volume } from "./volume";

/** @param stack the synthesized JSON of an environment */
export function relayCost(stack: unknown, conversationsPerDay: number): readonly CostLine[] {
  const deployed = readDeployed(stack);
  // With delivery `direct`, an environment has nothing on AWS.
  if (Object.keys(deployed.resource.aws_lambda_function).length === 0) return [];
  const volume = new Volume(deployed, conversationsPerDay);
  return [
    ...functions(volume),
    ledger(volume),
    logs(volume),
    monitoring(volume),
    secrets(volume),
    network(volume),
    ...keyCost(volume),
    ...tracingCost(volume),
  ];
}

function functions(volume: Volume): readonly CostLine[] {
  const { deliveries, closeBatches, otherBatches, closesPerBatch, batchSeconds, contacts, ticks } = volume;
  const lambda = (calls: number, seconds: number, name: "ingest" | "worker" | "watchdog") =>
    calls * PRICES.lambdaRequest.dollars + seconds * volume.memory(name) * PRICES.lambdaGbSecond.dollars;
  const megabytes = (name: "ingest" | "worker") => `${volume.memory(name) * 1024} MB`;
  const idlePolls = (USAGE.pollers.value * volume.seconds) / USAGE.pollSeconds.value;
  const batches = closeBatches + otherBatches;
  const workerSeconds = closeBatches * batchSeconds + (contacts + ticks) * USAGE.contactSeconds.value;
  return [
    {
      part: "HTTP API",
      dollars: deliveries * PRICES.httpApiRequest.dollars,
      how: `${count(deliveries)} deliveries`,
    },
    {
      part: "ingest",
      dollars: lambda(deliveries, deliveries * USAGE.ingestSeconds.value, "ingest"),
      how: `${megabytes("ingest")}, ${USAGE.ingestSeconds.value * 1000} ms per delivery`,
    },
    {
      part: "SQS",
      dollars: (deliveries + 2 * batches + idlePolls) * PRICES.sqsRequest.dollars,
      how: `one send a delivery, two calls for each of ${count(batches)} batches, idle polls`,
    },
    {
      part: "worker",
      dollars: lambda(batches, workerSeconds, "worker"),
      how: `${megabytes("worker")}, ${batchSeconds.toFixed(2)} s a batch of ${closesPerBatch.toFixed(1)} closes`,
    },
    {
      part: "watchdog",
      dollars: lambda(ticks, ticks * USAGE.watchdogSeconds.value, "watchdog") + ticks * PRICES.schedule.dollars,
      how: `${count(ticks)} runs`,
    },
  ];
}

function ledger({ closes, contacts, closeBatches, otherBatches, ticks }: Volume): CostLine {
  const writes = closes * USAGE.closeWrites.value + contacts * USAGE.contactWrites.value;
  const reads =
    closes * USAGE.closeReads.value +
    contacts * USAGE.contactReads.value +
    (closeBatches + otherBatches) * USAGE.batchReads.value +
    ticks * USAGE.watchdogReads.value;
  const gigabytes = gb((closes / DAYS) * LEDGER_DAYS, USAGE.recordBytes.value);
  return {
    part: "DynamoDB",
    dollars:
      writes * PRICES.dynamodbWrite.dollars +
      reads * PRICES.dynamodbRead.dollars +
      gigabytes * (PRICES.dynamodbGbMonth.dollars + PRICES.dynamodbBackupGbMonth.dollars),
    how: `${USAGE.closeWrites.value} writes and ${USAGE.closeReads.value} reads a close, kept ${LEDGER_DAYS} days`,
  };
}

function logs({ deliveries, closes, contacts, closeBatches, otherBatches, ticks }: Volume): CostLine {
  const invocations = deliveries + closeBatches + otherBatches + ticks;
  const gigabytes =
    gb(deliveries, USAGE.ingestLogBytes.value + USAGE.accessLogBytes.value) +
    gb(closes, USAGE.closeLogBytes.value) +
    gb(contacts + ticks, USAGE.contactLogBytes.value) +
    gb(ticks, USAGE.watchdogLogBytes.value) +
    gb(invocations, USAGE.invocationLogBytes.value);
  return {
    part: "logs",
    dollars: gigabytes * PRICES.logGb.dollars,
    how: `${gigabytes.toFixed(1)} GB: the relay's lines and metrics, Lambda's own, the access log`,
  };
}

function monitoring({ deployed: { resource } }: Volume): CostLine {
  const queries = Object.values(resource.aws_cloudwatch_metric_alarm).flatMap(({ metric_query }) =>
    metric_query.filter(({ metric }) => metric !== undefined),
  ).length;
  return {
    part: "metrics, alarms, dashboard",
    dollars:
      USAGE.ownMetrics.value * PRICES.metric.dollars +
      queries * PRICES.alarmMetric.dollars +
      Object.keys(resource.aws_cloudwatch_dashboard).length * PRICES.dashboard.dollars,
    how: `${USAGE.ownMetrics.value} metrics, ${queries} in alarms, the account's first three dashboards not counted as free`,
  };
}

function secrets({ deployed, secretReads }: Volume): CostLine {
  const secrets = Object.keys(deployed.resource.aws_secretsmanager_secret).length;
  return {
    part: "secrets",
    dollars: secrets * PRICES.secret.dollars + secretReads * PRICES.secretCall.dollars,
    how: `${secrets} secrets, ${count(secretReads)} reads: each process reads its own every five minutes`,
  };
}

function network({ deployed, closes }: Volume): CostLine {
  const hasDomain = Object.keys(deployed.resource.aws_route53_record).length > 0;
  return {
    part: "egress and DNS",
    dollars:
      gb(closes, USAGE.closeEgressBytes.value) * PRICES.egressGb.dollars + (hasDomain ? PRICES.hostedZone.dollars : 0),
    how: "requests to Gladly and Stella, the hosted zone where there is a domain",
  };
}

const gb = (times: number, bytes: number) => (times * bytes) / 1e9;
const count = (value: number) => Math.round(value).toLocaleString("en-US");
