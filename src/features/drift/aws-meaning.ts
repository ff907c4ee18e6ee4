/** What a part of the relay on AWS is for, and so what it means when somebody changes it by hand or takes it away. */
import type { Severity } from "../../report/report";

export interface AwsMeaning {
  /** What it is called in a sentence. */
  readonly noun: string;
  /** When it is gone. */
  readonly gone: string;
  /** When it was changed. */
  readonly changed: string;
  readonly severity: Severity;
}

const RIGHTS =
  "What a role may do was changed: the relay may be kept from its work, or someone gave it more than it needs.";

/** By Terraform's type. What is not here is told in general words. */
const MEANINGS: Readonly<Record<string, AwsMeaning>> = {
  aws_sqs_queue: {
    noun: "queue",
    gone: "Events that waited in it are lost; new ones cannot be stored, so Gladly's deliveries fail and it will switch the webhook off.",
    changed: "How long events wait, and how often they are tried, follows from its settings.",
    severity: "critical",
  },
  aws_lambda_function: {
    noun: "function",
    gone: "Its part of the relay does not run.",
    changed: "It may run other code or other settings than were reviewed.",
    severity: "critical",
  },
  aws_lambda_alias: {
    noun: "alias of a function",
    gone: "Nothing can call the function.",
    changed: "Another version of the function is called than was applied.",
    severity: "critical",
  },
  aws_lambda_event_source_mapping: {
    noun: "feed of the worker",
    gone: "Stored events are not worked on, so no survey is sent. They wait in the queue.",
    changed: "It hands stored events to the worker.",
    severity: "critical",
  },
  aws_dynamodb_table: {
    noun: "ledger",
    gone: "What was already surveyed is forgotten, so customers may get a survey twice.",
    changed: "It is what keeps a customer from a second survey.",
    severity: "critical",
  },
  aws_secretsmanager_secret: {
    noun: "secret",
    gone: "The relay cannot read it. AWS can restore a deleted secret for some days: `aws secretsmanager restore-secret`.",
    changed: "Only its settings are seen here, never its value.",
    severity: "critical",
  },
  aws_cloudwatch_metric_alarm: {
    noun: "alarm",
    gone: "Nobody is told any more when what it watches goes wrong.",
    changed: "It may stay silent when what it watches goes wrong.",
    severity: "warning",
  },
  aws_sns_topic_subscription: {
    noun: "subscription to the alarms",
    gone: "Alarms reach nobody at that address.",
    changed: "Alarms may reach nobody at that address.",
    severity: "warning",
  },
  aws_scheduler_schedule: {
    noun: "schedule of the watchdog",
    gone: "Nothing fetches what was not delivered, and nobody notices a webhook that is switched off.",
    changed: "The watchdog may not run every five minutes any more.",
    severity: "critical",
  },
  aws_apigatewayv2_api: {
    noun: "endpoint",
    gone: "Gladly's deliveries fail, and it will switch the webhook off.",
    changed: "It is where Gladly delivers.",
    severity: "critical",
  },
  aws_apigatewayv2_stage: {
    noun: "stage of the endpoint",
    gone: "Gladly's deliveries fail, and it will switch the webhook off.",
    changed: "How many deliveries it takes at once follows from its settings.",
    severity: "critical",
  },
  aws_apigatewayv2_route: {
    noun: "route of the endpoint",
    gone: "Gladly's deliveries fail, and it will switch the webhook off.",
    changed: "Gladly's deliveries may not reach the relay.",
    severity: "critical",
  },
  aws_lambda_permission: {
    noun: "permission to call the relay",
    gone: "Gladly's deliveries fail, and it will switch the webhook off.",
    changed: "It says who may call the relay.",
    severity: "critical",
  },
  aws_iam_role: { noun: "role", gone: "What runs with it cannot work.", changed: RIGHTS, severity: "critical" },
  aws_iam_role_policy: {
    noun: "policy",
    gone: "The role may do nothing any more.",
    changed: RIGHTS,
    severity: "critical",
  },
  aws_iam_policy: { noun: "policy", gone: RIGHTS, changed: RIGHTS, severity: "critical" },
  aws_iam_role_policies_exclusive: {
    noun: "list of a role's policies",
    gone: RIGHTS,
    changed: RIGHTS,
    severity: "critical",
  },
  aws_iam_role_policy_attachments_exclusive: {
    noun: "list of a role's policies",
    gone: RIGHTS,
    changed: RIGHTS,
    severity: "critical",
  },
  aws_iam_openid_connect_provider: {
    noun: "trust in GitHub",
    gone: "The pipeline can neither plan nor apply.",
    changed: "It says whose pipelines may deploy.",
    severity: "critical",
  },
  aws_s3_bucket: {
    noun: "bucket of the states",
    gone: "No environment of the account can be planned or applied.",
    changed: "Every environment's state lies in it.",
    severity: "critical",
  },
};

const GENERAL: AwsMeaning = {
  noun: "resource",
  gone: "It is part of what was reviewed and applied.",
  changed: "It is not as it was reviewed and applied.",
  severity: "warning",
};

export function meaningOf(type: string): AwsMeaning {
  return MEANINGS[type] ?? GENERAL;
}
