/**
 * AWS list prices that the relay's cost is made of, without free tier. They rarely change; the date tells how old these
 * are. docs/vendors/aws-relay.md section 12 has the same list, and a test holds the two to each other.
 */

/** A list price and the page on which AWS publishes it. */
export interface Price {
  readonly dollars: number;
  /** What is paid for. */
  readonly per: string;
  readonly source: string;
}

const price = (dollars: number, per: string, page: string): Price => ({
  dollars,
  per,
  source: `https://aws.amazon.com/${page}/pricing/`,
});

/** When the oldest of the prices was looked up, and for which Region. Other Regions differ by up to a quarter. */
export const PRICED = { date: "2026-11-22", region: "us-east-1" } as const;

export const PRICES = {
  httpApiRequest: price(1.0e-6, "request to an HTTP API", "api-gateway"),
  lambdaRequest: price(0.2e-6, "invocation", "lambda"),
  lambdaGbSecond: price(13.3334e-6, "GB of memory and second, arm64", "lambda"),
  sqsRequest: price(0.4e-6, "request to a standard queue", "sqs"),
  dynamodbWrite: price(0.625e-6, "item of up to 1 KB written, on demand", "dynamodb"),
  dynamodbRead: price(0.125e-6, "item of up to 4 KB read consistently, on demand", "dynamodb"),
  dynamodbGbMonth: price(0.25, "GB stored and month", "dynamodb"),
  dynamodbBackupGbMonth: price(0.2, "GB under point-in-time recovery and month", "dynamodb"),
  logGb: price(0.5, "GB of log taken in", "cloudwatch"),
  metric: price(0.3, "metric and month", "cloudwatch"),
  alarmMetric: price(0.1, "metric in an alarm and month", "cloudwatch"),
  dashboard: price(3, "dashboard and month", "cloudwatch"),
  secret: price(0.4, "secret and month", "secrets-manager"),
  secretCall: price(5e-6, "call of Secrets Manager", "secrets-manager"),
  schedule: price(1e-6, "run of a schedule", "eventbridge"),
  hostedZone: price(0.5, "hosted zone and month", "route53"),
  egressGb: price(0.09, "GB that leaves AWS", "ec2"),
  kmsKey: price(1, "key and month", "kms"),
  kmsRequest: price(3e-6, "request with a symmetric key", "kms"),
  xrayTrace: price(5e-6, "trace recorded", "xray"),
} as const satisfies Readonly<Record<string, Price>>;
