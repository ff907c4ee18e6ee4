/**
 * What each function needs of the stack that deploys it: its handler, its environment, and the AWS calls it makes.
 * The functions read their environment by this list and a test compares it with the calls they really make, so a stack
 * can be checked against it.
 */

/** Environment variables, all of them names and addresses: no value of a secret ever is one. */
export const VARIABLES = {
  RELAY_CONFIGURATION:
    "the relay's configuration as JSON (src/relay/configuration.ts) without surveyMode. Lambda takes 4 KB for all variables",
  RELAY_SURVEY_MODE: "test or production: which of Stella's keys the worker uses",
  RELAY_QUEUE_URL: "address of the main queue",
  RELAY_PARKED_QUEUE_URL: "address of the queue of parked events, which is the main queue's dead-letter queue",
  RELAY_LEDGER_TABLE: "name of the ledger's table",
  RELAY_INBOUND_SECRET: 'name or ARN of the secret {"verifiers":[{"id","sha256"}]}',
  RELAY_STELLA_SECRET: 'name or ARN of the secret {"apiKey","mode"} of the environment\'s survey mode',
  RELAY_STELLA_API_SECRET:
    'name or ARN of the secret {"apiSecret"}, which signs reads of Stella; told to the watchdog where it brings answers back',
  RELAY_GLADLY_SECRET: 'name or ARN of the secret {"token"}',
  RELAY_PROBE_SECRET: 'name or ARN of the secret {"password"}, the webhook password that the watchdog probes with',
  RELAY_PUBLIC_URL: "address that Gladly delivers to, with its path",
  RELAY_RETRY_SCALE: "multiplies every wait before another attempt; below 1 in a rehearsal only",
} as const;
export type Variable = keyof typeof VARIABLES;

/** What a call is made on; the stack knows the names. */
export type Resource =
  | "queue"
  | "parked-queue"
  | "ledger"
  | "inbound-secret"
  | "stella-secret"
  | "stella-api-secret"
  | "gladly-secret"
  | "probe-secret";

export interface AwsPermission {
  /** IAM action. */
  readonly action: string;
  readonly on: Resource;
  /** Lambda makes the call with the function's role, to feed it from the queue; the code never does. */
  readonly byEventSource?: true;
  /** Only where survey answers are brought back to Gladly. */
  readonly forFeedback?: true;
}

export interface FunctionRequirements {
  /** Also the folder of the bundle, `dist/functions/<name>/index.js`. */
  readonly name: "ingest" | "worker" | "watchdog";
  /** Lambda's own notation, `<file>.<export>`. */
  readonly handler: "index.handler";
  readonly variables: readonly Variable[];
  readonly optional: readonly Variable[];
  readonly permissions: readonly AwsPermission[];
  /** Seconds; the budgets inside the code add up to less. */
  readonly timeout: number;
}

export const INGEST = {
  name: "ingest",
  handler: "index.handler",
  variables: ["RELAY_CONFIGURATION", "RELAY_QUEUE_URL", "RELAY_INBOUND_SECRET"],
  optional: [],
  permissions: [
    { action: "sqs:SendMessage", on: "queue" },
    { action: "secretsmanager:GetSecretValue", on: "inbound-secret" },
  ],
  timeout: 10,
} as const satisfies FunctionRequirements;

export const WORKER = {
  name: "worker",
  handler: "index.handler",
  variables: [
    "RELAY_CONFIGURATION",
    "RELAY_SURVEY_MODE",
    "RELAY_QUEUE_URL",
    "RELAY_PARKED_QUEUE_URL",
    "RELAY_LEDGER_TABLE",
    "RELAY_STELLA_SECRET",
    "RELAY_GLADLY_SECRET",
  ],
  optional: ["RELAY_RETRY_SCALE"],
  permissions: [
    { action: "sqs:ReceiveMessage", on: "queue", byEventSource: true },
    { action: "sqs:DeleteMessage", on: "queue", byEventSource: true },
    { action: "sqs:GetQueueAttributes", on: "queue", byEventSource: true },
    { action: "sqs:ChangeMessageVisibility", on: "queue" },
    { action: "sqs:SendMessage", on: "parked-queue" },
    { action: "dynamodb:GetItem", on: "ledger" },
    { action: "dynamodb:UpdateItem", on: "ledger" },
    { action: "secretsmanager:GetSecretValue", on: "stella-secret" },
    { action: "secretsmanager:GetSecretValue", on: "gladly-secret" },
  ],
  timeout: 30,
} as const satisfies FunctionRequirements;

export const WATCHDOG = {
  name: "watchdog",
  handler: "index.handler",
  variables: [
    "RELAY_CONFIGURATION",
    "RELAY_QUEUE_URL",
    "RELAY_LEDGER_TABLE",
    "RELAY_GLADLY_SECRET",
    "RELAY_PROBE_SECRET",
    "RELAY_PUBLIC_URL",
  ],
  // Both or none: with them it brings survey answers back.
  optional: ["RELAY_STELLA_SECRET", "RELAY_STELLA_API_SECRET"],
  permissions: [
    { action: "sqs:SendMessage", on: "queue" },
    { action: "dynamodb:GetItem", on: "ledger" },
    { action: "dynamodb:UpdateItem", on: "ledger" },
    { action: "secretsmanager:GetSecretValue", on: "gladly-secret" },
    { action: "secretsmanager:GetSecretValue", on: "probe-secret" },
    { action: "secretsmanager:GetSecretValue", on: "stella-secret", forFeedback: true },
    { action: "secretsmanager:GetSecretValue", on: "stella-api-secret", forFeedback: true },
  ],
  timeout: 60,
} as const satisfies FunctionRequirements;

export const FUNCTIONS: readonly FunctionRequirements[] = [INGEST, WORKER, WATCHDOG];

/** The ledger's table: what the stack declares and the tests create. */
export const LEDGER_TABLE = {
  partitionKey: { name: "pk", type: "S" },
  /** Seconds since the epoch. */
  timeToLive: "expiresAt",
  /** Keys of what was finished last, by UTC day: read by `relay explain`, never by a function. */
  recentIndex: {
    name: "recent",
    partitionKey: { name: "day", type: "S" },
    sortKey: { name: "changedAt", type: "N" },
    projection: "KEYS_ONLY",
  },
} as const;

/** Metrics of all functions carry these; labelled counts come with and without their label as a further dimension. */
export const METRIC_NAMESPACE = "GladlyStellaRelay";
export const METRIC_DIMENSIONS = ["service", "environment"] as const;
export const METRIC_SERVICE = "relay";
