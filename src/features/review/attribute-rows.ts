/** A description of each resource of the stacks (test/deploy/stacks/expected-addresses.ts). */
import { APPLIED_CONFIGURATION } from "../../contract/relay-configuration";

/** By type, or by a beginning of names within a type; the first that fits holds. */
const PARTS: readonly (readonly [type: string, name: string, part: string])[] = [
  ["gladly_webhook", "", "webhook in Gladly"],
  ["gladly_topic", "do_not_send_topic", "do-not-send topic in Gladly"],
  ["gladly_topic", "", "topic in Gladly"],
  [APPLIED_CONFIGURATION.type, APPLIED_CONFIGURATION.name, "relay configuration"],
  ["terraform_data", "", "a value in the state"],
  ["aws_sqs_queue", "relay_queue_main", "queue of accepted events"],
  ["aws_sqs_queue", "relay_queue_dlq", "queue of parked events"],
  ["aws_sqs_queue", "", "queue of the watchdog's failed runs"],
  ["aws_sqs_queue_policy", "", "queue policy"],
  ["aws_sqs_queue_redrive_policy", "", "when an event is parked"],
  ["aws_sqs_queue_redrive_allow_policy", "", "which queue may park events"],
  ["aws_dynamodb_table", "", "ledger: the record of every event"],
  ["aws_lambda_function", "relay_ingest", "ingest: accepts deliveries"],
  ["aws_lambda_function", "relay_worker", "worker: decides and delivers"],
  ["aws_lambda_function", "relay_watchdog", "watchdog: fetches what was missed"],
  ["aws_lambda_function", "", "a function"],
  ["aws_lambda_alias", "", "alias: version in use"],
  ["aws_lambda_permission", "", "who may call ingest"],
  ["aws_lambda_event_source_mapping", "", "passes events to the worker"],
  ["aws_lambda_function_event_invoke_config", "", "where failed runs go"],
  ["aws_scheduler_schedule", "", "watchdog's schedule"],
  ["aws_apigatewayv2_domain_name", "", "webhook's host name"],
  ["aws_apigatewayv2_api_mapping", "", "host name to API"],
  ["aws_apigatewayv2_api", "", "webhook's address on AWS"],
  ["aws_apigatewayv2_integration", "", "address to ingest"],
  ["aws_apigatewayv2_route", "", "webhook's only route"],
  ["aws_apigatewayv2_stage", "", "throttle and access log"],
  ["aws_acm_certificate", "", "host name's certificate"],
  ["aws_acm_certificate_validation", "", "certificate validation"],
  ["aws_route53_record", "", "host name's DNS record"],
  ["aws_secretsmanager_secret", "", "secret"],
  ["aws_iam_role", "deploy_", "pipeline's role"],
  ["aws_iam_role", "", "function's role"],
  ["aws_iam_role_policy", "", "permissions of a role"],
  ["aws_iam_role_policies_exclusive", "", "shows policies added by hand"],
  ["aws_iam_role_policy_attachments_exclusive", "", "shows policies attached by hand"],
  ["aws_iam_role_policy_attachment", "", "policy attached to a role"],
  ["aws_iam_policy", "boundary", "permissions boundary"],
  ["aws_iam_policy", "deploy_", "permissions of a pipeline's role"],
  ["aws_iam_policy", "", "permissions for people"],
  ["aws_iam_openid_connect_provider", "", "trust in GitHub's workflows"],
  ["aws_cloudwatch_metric_alarm", "", "alarm"],
  ["aws_cloudwatch_dashboard", "", "dashboard"],
  ["aws_cloudwatch_log_group", "", "log"],
  ["aws_cloudwatch_log_data_protection_policy", "", "masks addresses in the log"],
  ["aws_sns_topic", "", "where alarms go"],
  ["aws_sns_topic_policy", "", "who may raise an alarm"],
  ["aws_sns_topic_subscription", "", "who gets alarms"],
  ["aws_budgets_budget", "", "monthly budget"],
  ["aws_kms_key", "", "encryption key"],
  ["aws_kms_alias", "", "name of the encryption key"],
  ["aws_s3_bucket", "", "state bucket"],
  ["aws_s3_bucket_policy", "", "state bucket policy"],
  ["aws_s3_bucket_versioning", "", "versions of states"],
  ["aws_s3_bucket_public_access_block", "", "keeps states private"],
  ["aws_s3_bucket_ownership_controls", "", "who owns the states"],
  ["aws_s3_bucket_server_side_encryption_configuration", "", "encrypts the states"],
  ["aws_s3_bucket_lifecycle_configuration", "", "how long older states stay"],
];

/** How names of AWS resources begin in the stacks of this project: of a relay, and of a foundation. */
const OURS = /^(relay_|(deploy|boundary|key|operator|secrets_admin|state)(_|$)|github$)/;

/**
 * Whether a stack of this project has the resource. Other buckets and queues also have a known type, but the texts about this
 * project's resources are wrong for them.
 */
export function isOurs({ type, name }: { readonly type: string; readonly name: string }): boolean {
  return isKnownType(type) && (!type.startsWith("aws_") || OURS.test(name));
}

/** Empty for what no stack of this project has. */
export function partOf(type: string, name: string): string {
  if (!isOurs({ type, name })) return "";
  return PARTS.find(([known, begins]) => known === type && name.startsWith(begins))?.[2] ?? "";
}

export function isKnownType(type: string): boolean {
  return PARTS.some(([known]) => known === type);
}
