/**
 * The definitions of all alarms (docs/vendors/aws-relay.md section 11): the condition, what it means and what to do first.
 * Data only; `relay-alarms.ts` creates the alarms.
 */
import type { MetricName } from "../../contract/metrics";
import type { Severity } from "./alarm-topics";

/** One number over time. */
export interface Measure {
  /** @default the relay's own namespace */
  readonly namespace?: string;
  readonly metric: string;
  /** @default the relay's own dimensions */
  readonly dimensions?: Readonly<Record<string, string>>;
  readonly statistic: "Sum" | "Maximum" | "Average" | "p99";
}

export interface AlarmDefinition {
  /** Last part of the alarm's name, and its construct's id. */
  readonly id: string;
  readonly severity: Severity;
  /** What it means and what to do first, for the person whom the alarm wakes up. */
  readonly description: string;
  /** By their names in the expression. A single measure needs no expression. */
  readonly measures: Readonly<Record<string, Measure>>;
  /** CloudWatch metric math over the measures. @default the only measure */
  readonly expression?: string;
  readonly when: "at least" | "more than" | "less than";
  readonly threshold: number;
  /** Seconds of one period. @default 300 */
  readonly period?: number;
  /** Consecutive periods. @default 1 */
  readonly periods?: number;
  /** How missing data counts. @default "fine" */
  readonly missing?: "fine" | "alarm";
}

export interface AlarmTargets {
  readonly apiId: string;
  readonly functions: { readonly ingest: string; readonly worker: string; readonly watchdog: string };
  readonly queues: { readonly main: string; readonly parked: string };
  readonly table: string;
  /** The worker's timeout for a batch, in seconds. */
  readonly workerTimeout: number;
  /** Hours UTC in which closes are expected. */
  readonly busyHours: { readonly from: number; readonly to: number; readonly weekends: boolean };
}

const own = (metric: MetricName, statistic: Measure["statistic"] = "Sum"): Measure => ({ metric, statistic });

export function alarmDefinitions(targets: AlarmTargets): readonly AlarmDefinition[] {
  return [...pages(targets), ...tickets(targets)];
}

/** Surveys are being lost, or will be within the hour. */
function pages({ apiId, functions, busyHours }: AlarmTargets): readonly AlarmDefinition[] {
  const page = (id: string, definition: Omit<AlarmDefinition, "id" | "severity">): AlarmDefinition => ({
    id,
    severity: "page",
    ...definition,
  });
  return [
    page("deliveries_fail", {
      description:
        "The relay answered Gladly with 5xx. After an hour of this Gladly switches the webhook off. Look at the ingest function's log. If it began with a deployment, set the alias back.",
      measures: {
        errors: { namespace: "AWS/ApiGateway", metric: "5xx", dimensions: { ApiId: apiId }, statistic: "Sum" },
      },
      when: "at least",
      threshold: 1,
    }),
    page("credentials_refused", {
      description:
        "More than a fifth of the deliveries had a wrong password. Was it changed in Gladly and not here? `relay secrets status` shows which passwords are accepted.",
      measures: { refused: own("AuthFailed"), accepted: own("Accepted") },
      expression: "100 * FILL(refused, 0) / (FILL(refused, 0) + FILL(accepted, 0))",
      when: "more than",
      threshold: 20,
      periods: 2,
    }),
    page("silence", {
      description:
        "No closed conversation was processed for an hour, at a time when closes are expected. Is the webhook on in Gladly? Gladly's history goes back 24 hours. Older missed closes are lost.",
      measures: {
        sent: own("Sent"),
        recorded: own("Recorded"),
        skipped: own("Skipped"),
        parked: own("Parked"),
        retried: own("Retried"),
        runs: watchdogRuns(functions),
      },
      expression: inBusyHours(
        "FILL(sent, 0) + FILL(recorded, 0) + FILL(skipped, 0) + FILL(parked, 0) + FILL(retried, 0)",
        busyHours,
      ),
      when: "less than",
      threshold: 1,
      period: 3600,
      // Without a run of the watchdog there is no hour to judge, and `watchdog_silent` is the alarm for that.
      missing: "fine",
    }),
    page("webhook_disabled", {
      description:
        "The webhook is switched off in Gladly. The watchdog fetches missed closes for 24 hours. `relay drift` shows the cause; `cdktf apply` switches the webhook on again.",
      measures: { disabled: own("WebhookDisabled") },
      when: "at least",
      threshold: 1,
    }),
    page("probe_failed", {
      description:
        "The relay's public address did not answer the watchdog with 200, so it does not answer Gladly either.",
      measures: { failed: own("ProbeFailed") },
      when: "at least",
      threshold: 1,
      periods: 2,
    }),
    page("watchdog_silent", {
      description: "The watchdog has not run for 15 minutes, so no one would notice that the webhook is switched off.",
      measures: { runs: watchdogRuns(functions) },
      when: "less than",
      threshold: 1,
      period: 900,
      missing: "alarm",
    }),
    page("pending_for_hours", {
      description:
        "An event has waited for more than two hours. It is kept and retried for 72 hours. `relay explain` shows what it waits for.",
      measures: { age: own("PendingAge", "Maximum") },
      when: "more than",
      threshold: 7200,
    }),
    page("stella_refuses_key", {
      description:
        "Stella refuses the key, or the account is set up wrongly. Nothing is lost yet. Write the right key with `relay secrets put`; it is used within five minutes.",
      measures: {
        refused: {
          metric: "Retried",
          dimensions: { reason: "stella-misconfigured" },
          statistic: "Sum",
        },
      },
      when: "at least",
      threshold: 1,
    }),
    page("survey_mode_guard", {
      description:
        "The Stella key does not belong to the environment's survey mode, so nothing is sent. Write the right key with `relay secrets put`.",
      measures: { tripped: own("GuardTripped") },
      when: "at least",
      threshold: 1,
    }),
  ];
}

/** Nothing is lost. Look at it during working hours. */
function tickets({ functions, queues, table, workerTimeout }: AlarmTargets): readonly AlarmDefinition[] {
  const ticket = (id: string, definition: Omit<AlarmDefinition, "id" | "severity">): AlarmDefinition => ({
    id,
    severity: "ticket",
    ...definition,
  });
  const lambda = (metric: string, name: string, statistic: Measure["statistic"] = "Sum"): Measure => ({
    namespace: "AWS/Lambda",
    metric,
    dimensions: { FunctionName: name },
    statistic,
  });
  const everyFunction = (metric: string) => ({
    ingest: lambda(metric, functions.ingest),
    worker: lambda(metric, functions.worker),
    watchdog: lambda(metric, functions.watchdog),
  });
  const sqs = (metric: string, queue: string): Measure => ({
    namespace: "AWS/SQS",
    metric,
    dimensions: { QueueName: queue },
    statistic: "Maximum",
  });
  const dynamodb = (metric: string, operation?: string): Measure => ({
    namespace: "AWS/DynamoDB",
    metric,
    dimensions: { TableName: table, ...(operation === undefined ? {} : { Operation: operation }) },
    statistic: "Sum",
  });
  const sum = "FILL(ingest, 0) + FILL(worker, 0) + FILL(watchdog, 0)";
  return [
    ticket("pending", {
      // The queue's own age is not enough: AWS leaves out messages that were received more than three times.
      description: "An event has waited for more than 15 minutes. `relay explain` shows what it waits for.",
      measures: { age: own("PendingAge", "Maximum"), oldest: sqs("ApproximateAgeOfOldestMessage", queues.main) },
      expression: "MAX([FILL(age, 0), FILL(oldest, 0)])",
      when: "more than",
      threshold: 900,
    }),
    ticket("parked", {
      description: "Events are parked. `relay explain` shows why. Fix the cause, then run `relay replay`.",
      measures: { parked: sqs("ApproximateNumberOfMessagesVisible", queues.parked) },
      when: "more than",
      threshold: 0,
    }),
    ticket("function_errors", {
      description: "A function ended with an error. The relay's own code never does that on purpose. Look at its log.",
      measures: everyFunction("Errors"),
      expression: sum,
      when: "at least",
      threshold: 1,
    }),
    ticket("function_throttled", {
      description: "AWS delayed a function because the account's concurrency is used up. Ask for a higher quota.",
      measures: everyFunction("Throttles"),
      expression: sum,
      when: "at least",
      threshold: 1,
    }),
    ticket("worker_slow", {
      description: "The worker comes close to its timeout: Stella or Gladly answers slowly.",
      measures: { duration: lambda("Duration", functions.worker, "p99") },
      when: "more than",
      threshold: workerTimeout * 1000 * 0.8,
      periods: 3,
    }),
    ticket("ingest_slow", {
      description: "The relay answers Gladly slowly. After 15 seconds Gladly counts the delivery as failed.",
      measures: { duration: lambda("Duration", functions.ingest, "p99") },
      when: "more than",
      threshold: 3000,
      periods: 3,
    }),
    ticket("stella_suspended", {
      description: "For 15 minutes the relay has repeatedly suspended calls to Stella, because they keep failing.",
      measures: { opened: own("BreakerOpened") },
      when: "at least",
      threshold: 1,
      periods: 3,
    }),
    ticket("ledger_trouble", {
      description:
        "DynamoDB throttled or failed requests. Without the ledger nothing is sent. Events wait in the queue.",
      measures: {
        reads: dynamodb("ReadThrottleEvents"),
        writes: dynamodb("WriteThrottleEvents"),
        failed_reads: dynamodb("SystemErrors", "GetItem"),
        failed_writes: dynamodb("SystemErrors", "UpdateItem"),
      },
      expression: "FILL(reads, 0) + FILL(writes, 0) + FILL(failed_reads, 0) + FILL(failed_writes, 0)",
      when: "at least",
      threshold: 1,
    }),
    ticket("secret_stale", {
      description: "A secret could not be read again, so an older copy is used. A new process would have none.",
      measures: { stale: own("SecretStale"), unavailable: own("Unavailable") },
      expression: "FILL(stale, 0) + FILL(unavailable, 0)",
      when: "at least",
      threshold: 1,
    }),
    ticket("clock_leaped", {
      description:
        "A stored time is later than now, so a clock was wrong. The relay reads Gladly's history again. `relay explain` shows what was sent meanwhile.",
      measures: { leaped: own("ClockLeaped") },
      when: "at least",
      threshold: 1,
    }),
    ticket("answers_lost", {
      description: "At least one in a hundred survey requests got no answer. Each of them may have been sent twice.",
      measures: { lost: own("Ambiguous"), sent: own("Sent") },
      expression: "100 * FILL(lost, 0) / (FILL(lost, 0) + FILL(sent, 0))",
      when: "at least",
      threshold: 1,
      period: 3600,
    }),
  ];
}

/** A data point every five minutes, whatever else happens. */
function watchdogRuns({ watchdog }: AlarmTargets["functions"]): Measure {
  return {
    namespace: "AWS/Lambda",
    metric: "Invocations",
    dimensions: { FunctionName: watchdog },
    statistic: "Sum",
  };
}

/**
 * Outside the hours the expression is 1, so that silence at night causes no alarm.
 *
 * HOUR and DAY take their timestamps from the data points of their argument (AWS's "Using metric math", and "Enhance
 * CloudWatch metrics with metric math functions"). A metric of closes has no points in exactly the hours that matter, so
 * the argument is a metric that always has some.
 */
function inBusyHours(expression: string, { from, to, weekends }: AlarmTargets["busyHours"]): string {
  const hours = `HOUR(runs) >= ${from} && HOUR(runs) < ${to}`;
  // DAY counts from 1, Monday, to 7, Sunday.
  return `IF(${weekends ? hours : `${hours} && DAY(runs) <= 5`}, ${expression}, 1)`;
}
