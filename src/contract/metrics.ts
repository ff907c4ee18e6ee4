/** The relay's metrics, by the same names on one machine and on AWS (docs/vendors/aws-relay.md section 11). */
export const METRICS = {
  Accepted: "authentic deliveries that were stored and answered 200",
  AuthFailed: "deliveries with wrong or no credentials, answered 401",
  Unavailable: "deliveries answered 503, which Gladly sends again",
  VerifierUsed: "accepted deliveries by the webhook password they came with",
  Enqueued: "closes found in Gladly's history that were never delivered",
  Sent: "surveys asked for",
  Recorded: "interactions reported to Stella without a survey",
  Skipped: "closes without a survey, by reason",
  Duplicate: "deliveries of a close that was known already",
  Ignored: "events that are no closes, by kind",
  Retried: "attempts that failed and will be repeated, by reason",
  Parked: "events kept for a person, by reason",
  Ambiguous: "survey requests whose answer was lost",
  Fenced: "results that were dropped because another worker had taken over",
  BreakerOpened: "times that calls to Stella were suspended",
  GuardTripped: "attempts stopped because the key is not of the environment's survey mode",
  WebhookDisabled: "checks that found the webhook switched off in Gladly",
  SecretStale: "times that a secret could not be read again and an older copy was used",
  ProbeFailed: "synthetic PINGs through the public address that were not answered 200",
  SurveyUndelivered: "requests that Stella took and delivered no survey for, by reason",
  FeedbackPosted: "survey answers put on a customer's timeline",
  Crowded: "connections closed because there were too many at once",
  ClockLeaped: "times that the clock leaped or ran backwards",
  Forgotten: "ledger records and parked events deleted at the end of their retention, by kind",
  PendingAge: "age of an event at a failed attempt, in seconds",
  AcceptToSentSeconds: "time from storing an event to Stella's answer, in seconds",
} as const;
/** The name of a metric, the same on AWS and on one machine. */
export type MetricName = keyof typeof METRICS;

/** Metrics of all functions carry these; labelled counts come with and without their label as a further dimension. */
export const METRIC_NAMESPACE = "GladlyStellaRelay";
/** The value of the `service` dimension on every metric of the relay. */
export const METRIC_SERVICE = "relay";

/** The dimensions of an environment's metrics. */
export function metricDimensions(environment: string) {
  return { service: METRIC_SERVICE, environment } as const;
}
