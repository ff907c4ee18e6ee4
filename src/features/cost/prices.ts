/**
 * AWS list prices that the relay's cost is made of, without free tier. They rarely change; the date tells how old these
 * are. Source: docs/vendors/aws-relay.md section 12 and AWS's public price pages.
 */
export const PRICES = {
  /** When they were looked up, and for which Region. Other Regions differ by up to a quarter. */
  date: "2026-11-22",
  region: "us-east-1",

  /** Dollars for a request. */
  httpApiRequest: 1.0e-6,
  lambdaRequest: 0.2e-6,
  /** Dollars for a GB of memory and a second, arm64. */
  lambdaGbSecond: 13.3334e-6,
  sqsRequest: 0.4e-6,
  /** Dollars for one item of up to 1 KB written, on demand. */
  dynamodbWrite: 0.625e-6,
  /** Dollars for one item of up to 4 KB read consistently, on demand. */
  dynamodbRead: 0.125e-6,
  /** Dollars a month for a GB stored, with point-in-time recovery (0.25 and 0.20). */
  dynamodbGbMonth: 0.45,
  /** Dollars for a GB of log taken in. */
  logGb: 0.5,
  /** Dollars a month. */
  metric: 0.3,
  alarmMetric: 0.1,
  dashboard: 3,
  secret: 0.4,
  hostedZoneShare: 0.5,
  /** Dollars for a call of Secrets Manager. */
  secretCall: 5e-6,
  schedule: 1e-6,
  /** Dollars for a GB that leaves AWS. */
  egressGb: 0.09,
} as const;
