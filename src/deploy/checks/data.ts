/** Resources with data are protected from accidental deletion, encrypted, and have alarms. */
import { type Check, ofType } from "./synthesized";

const HOLDS_DATA = ["aws_dynamodb_table", "aws_s3_bucket", "aws_secretsmanager_secret", "aws_sqs_queue"];

/** Queues whose messages can be lost, because the next scheduled run does the same work. */
const isExpendable = (name: unknown) => String(name).endsWith("-missed");

export const preventDestroy: Check = (resources) =>
  HOLDS_DATA.flatMap((type) => ofType(resources, type))
    .filter(({ attributes }) => !JSON.stringify(attributes.lifecycle ?? null).includes('"prevent_destroy":true'))
    .filter(({ attributes }) => !isExpendable(attributes.name))
    .map(({ path }) => ({ path, message: "this resource holds data. Set lifecycle: { preventDestroy: true }." }));

export const tableRecovery: Check = (resources) =>
  ofType(resources, "aws_dynamodb_table")
    .filter(
      ({ attributes }) =>
        attributes.deletion_protection_enabled !== true ||
        !JSON.stringify(attributes.point_in_time_recovery ?? null).includes('"enabled":true'),
    )
    .map(({ path }) => ({
      path,
      message: "the ledger prevents second surveys. Set pointInTimeRecovery and deletionProtectionEnabled.",
    }));

export const bucketProtection: Check = (resources) =>
  ofType(resources, "aws_s3_bucket").flatMap(({ path, address }) =>
    [
      "aws_s3_bucket_public_access_block",
      "aws_s3_bucket_server_side_encryption_configuration",
      "aws_s3_bucket_versioning",
      "aws_s3_bucket_policy",
    ]
      .filter(
        (type) => !ofType(resources, type).some(({ attributes }) => String(attributes.bucket).includes(`${address}.`)),
      )
      .map((type) => ({ path, message: `the bucket with the states needs an ${type}.` })),
  );

/** An alarm without an action notifies no one. */
export const alarmActions: Check = (resources) =>
  ofType(resources, "aws_cloudwatch_metric_alarm")
    .filter(({ attributes }) => !Array.isArray(attributes.alarm_actions) || attributes.alarm_actions.length === 0)
    .map(({ path }) => ({ path, message: "an alarm must notify someone. Set alarmActions." }));
