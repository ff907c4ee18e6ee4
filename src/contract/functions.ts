/**
 * What each function needs from the stack that deploys it: handler, variables, timeout and AWS calls. The functions read
 * exactly these variables, and the stack grants and sets exactly what is listed.
 */
import type { Variable } from "./variables";

/** The resource of a call; the stack knows the ARNs. */
export type Resource =
  | "queue"
  | "parked-queue"
  | "failed-runs-queue"
  | "ledger"
  | "inbound-secret"
  | "stella-secret"
  | "stella-api-secret"
  | "gladly-secret"
  | "probe-secret";

/** One AWS call of a function, with its resource. */
export interface AwsPermission {
  /** The purpose of the call: the id of its statement in the function's policy. */
  readonly purpose: string;
  /** IAM action. */
  readonly action: string;
  /** The only resource on which the call is allowed. */
  readonly on: Resource;
  /** Lambda makes the call with the function's role, to deliver events or to report a failed run. The code never does. */
  readonly byLambda?: true;
  /** Only if survey answers are copied to Gladly. */
  readonly forFeedback?: true;
}

/** What the stack must give a function. The handlers use the same list. */
export interface FunctionRequirements {
  /** Also the folder of the bundle, `dist/functions/<name>/index.js`. */
  readonly name: "ingest" | "worker" | "watchdog";
  /** Lambda's own notation, `<file>.<export>`. */
  readonly handler: "index.handler";
  /** Required variables. A function refuses to start without one. */
  readonly variables: readonly Variable[];
  /** Optional variables. */
  readonly optional: readonly Variable[];
  /** Everything that the function's role allows, apart from writing its log. */
  readonly permissions: readonly AwsPermission[];
  /** Seconds. The time budgets in the code add up to less. */
  readonly timeout: number;
}

const readSecret = <const T extends Resource>(on: T) =>
  ({ purpose: "ReadSecrets", action: "secretsmanager:GetSecretValue", on }) as const;

/** No scan, no query, no delete: records are deleted only by their age. */
const KEEP_LEDGER = [
  { purpose: "KeepLedger", action: "dynamodb:GetItem", on: "ledger" },
  { purpose: "KeepLedger", action: "dynamodb:UpdateItem", on: "ledger" },
] as const;

/** Answers Gladly: checks the password, stores the event in the queue, answers 200. Gladly waits 15 seconds. */
export const INGEST = {
  name: "ingest",
  handler: "index.handler",
  variables: ["RELAY_CONFIGURATION", "RELAY_QUEUE_URL", "RELAY_INBOUND_SECRET"],
  optional: [],
  permissions: [{ purpose: "StoreEvents", action: "sqs:SendMessage", on: "queue" }, readSecret("inbound-secret")],
  // Less than Gladly's 15 s, and more than the worst case of reading a secret and storing an event.
  timeout: 10,
} as const satisfies FunctionRequirements;

/** Takes events from the queue, decides, and calls Stella Connect. */
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
  optional: ["RELAY_DO_NOT_SEND_TOPIC_ID", "RELAY_RETRY_SCALE"],
  permissions: [
    { purpose: "WorkOffEvents", action: "sqs:ReceiveMessage", on: "queue", byLambda: true },
    { purpose: "WorkOffEvents", action: "sqs:DeleteMessage", on: "queue", byLambda: true },
    { purpose: "WorkOffEvents", action: "sqs:GetQueueAttributes", on: "queue", byLambda: true },
    // The worker delays a retry by hiding the message for longer.
    { purpose: "WorkOffEvents", action: "sqs:ChangeMessageVisibility", on: "queue" },
    { purpose: "ParkEvents", action: "sqs:SendMessage", on: "parked-queue" },
    ...KEEP_LEDGER,
    readSecret("gladly-secret"),
    readSecret("stella-secret"),
  ],
  // Two rounds of five closes with 10 s for Stella's answer, and a margin.
  timeout: 30,
} as const satisfies FunctionRequirements;

/**
 * Runs every 5 minutes: finds closes that Gladly never delivered, probes the endpoint, and copies survey answers to Gladly
 * if the policy says so.
 */
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
  // Both or neither: with them it copies survey answers to Gladly.
  optional: ["RELAY_STELLA_SECRET", "RELAY_STELLA_API_SECRET"],
  permissions: [
    { purpose: "StoreMissedEvents", action: "sqs:SendMessage", on: "queue" },
    { purpose: "TellOfFailedRuns", action: "sqs:SendMessage", on: "failed-runs-queue", byLambda: true },
    ...KEEP_LEDGER,
    readSecret("gladly-secret"),
    readSecret("probe-secret"),
    { ...readSecret("stella-secret"), forFeedback: true },
    { ...readSecret("stella-api-secret"), forFeedback: true },
  ],
  // It reads up to a day of Gladly's history after an outage.
  timeout: 60,
} as const satisfies FunctionRequirements;

/** The three functions of the relay on AWS, in the order in which an event meets them. */
export const FUNCTIONS: readonly FunctionRequirements[] = [INGEST, WORKER, WATCHDOG];
