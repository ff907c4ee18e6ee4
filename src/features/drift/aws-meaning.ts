/** What each part of the relay on AWS is for, and what it means when someone changes or deletes it. */
import type { Severity } from "../../report/report";

export interface AwsMeaning {
  /** What it is called in a sentence. */
  readonly noun: string;
  /** When it is gone. */
  readonly deleted: string;
  /** When it was changed. */
  readonly changed: string;
  readonly severity: Severity;
}

const RIGHTS = "The role's permissions changed: the relay may fail, or it may do more than it needs.";

/** By Terraform's type. Other types get a general sentence. */
const MEANINGS: Readonly<Record<string, AwsMeaning>> = {
  aws_sqs_queue: {
    noun: "queue",
    deleted:
      "Events that waited in it are lost. New ones cannot be stored, so deliveries fail and Gladly disables the webhook.",
    changed: "Its settings decide how long events wait and how often they are tried.",
    severity: "critical",
  },
  aws_lambda_function: {
    noun: "function",
    deleted: "This part of the relay does not run.",
    changed: "It may run code or settings that no one reviewed.",
    severity: "critical",
  },
  aws_lambda_alias: {
    noun: "alias of a function",
    deleted: "Nothing can call the function.",
    changed: "Callers get another version of the function than was applied.",
    severity: "critical",
  },
  aws_lambda_event_source_mapping: {
    noun: "worker's event source",
    deleted: "Stored events are not processed, so no survey is sent. They wait in the queue.",
    changed: "It passes stored events to the worker.",
    severity: "critical",
  },
  aws_dynamodb_table: {
    noun: "ledger",
    deleted: "The relay no longer knows which surveys were sent, so customers may get a second one.",
    changed: "It prevents a second survey for the same close.",
    severity: "critical",
  },
  aws_secretsmanager_secret: {
    noun: "secret",
    deleted:
      "The relay cannot read it. AWS can restore a deleted secret for some days with `aws secretsmanager restore-secret`.",
    changed: "Drift shows only its settings, never its value.",
    severity: "critical",
  },
  aws_cloudwatch_metric_alarm: {
    noun: "alarm",
    deleted: "No one is alerted to the problem that it watches for.",
    changed: "It may not fire when it should.",
    severity: "warning",
  },
  aws_sns_topic_subscription: {
    noun: "subscription to the alarms",
    deleted: "Alarms no longer reach that address.",
    changed: "Alarms may no longer reach that address.",
    severity: "warning",
  },
  aws_scheduler_schedule: {
    noun: "watchdog's schedule",
    deleted: "Missed events are not fetched, and no one notices a disabled webhook.",
    changed: "The watchdog may no longer run every five minutes.",
    severity: "critical",
  },
  aws_apigatewayv2_api: {
    noun: "endpoint",
    deleted: "Deliveries fail, and Gladly disables the webhook.",
    changed: "Gladly delivers to it.",
    severity: "critical",
  },
  aws_apigatewayv2_stage: {
    noun: "stage of the endpoint",
    deleted: "Deliveries fail, and Gladly disables the webhook.",
    changed: "Its settings decide how many deliveries are accepted at once.",
    severity: "critical",
  },
  aws_apigatewayv2_route: {
    noun: "route of the endpoint",
    deleted: "Deliveries fail, and Gladly disables the webhook.",
    changed: "Gladly's deliveries may not reach the relay.",
    severity: "critical",
  },
  aws_lambda_permission: {
    noun: "permission to call the relay",
    deleted: "Deliveries fail, and Gladly disables the webhook.",
    changed: "It decides who may call the relay.",
    severity: "critical",
  },
  aws_iam_role: {
    noun: "role",
    deleted: "The function that uses it cannot run.",
    changed: RIGHTS,
    severity: "critical",
  },
  aws_iam_role_policy: {
    noun: "policy",
    deleted: "The role has no permissions left.",
    changed: RIGHTS,
    severity: "critical",
  },
  aws_iam_policy: { noun: "policy", deleted: RIGHTS, changed: RIGHTS, severity: "critical" },
  aws_iam_role_policies_exclusive: {
    noun: "list of a role's policies",
    deleted: RIGHTS,
    changed: RIGHTS,
    severity: "critical",
  },
  aws_iam_role_policy_attachments_exclusive: {
    noun: "list of a role's policies",
    deleted: RIGHTS,
    changed: RIGHTS,
    severity: "critical",
  },
  aws_iam_openid_connect_provider: {
    noun: "trust in GitHub",
    deleted: "The pipeline can neither plan nor apply.",
    changed: "It decides whose pipelines may deploy.",
    severity: "critical",
  },
  aws_s3_bucket: {
    noun: "state bucket",
    deleted: "No environment of the account can be planned or applied.",
    changed: "It holds the state of every environment.",
    severity: "critical",
  },
};

const GENERAL: AwsMeaning = {
  noun: "resource",
  deleted: "It was reviewed and applied, and is missing now.",
  changed: "It differs from what was reviewed and applied.",
  severity: "warning",
};

export function meaningOf(type: string): AwsMeaning {
  return MEANINGS[type] ?? GENERAL;
}
