/** The permissions of each function: exactly the calls that the contract lists. */
import type { AwsPermission, FunctionRequirements, Resource } from "../../contract/functions";
import { SECRETS, stellaSecret } from "../../contract/secrets";
import type { SurveyMode } from "../../contract/survey-mode";
import type { AwsNames } from "./aws-names";
import { EventQueue } from "./event-queue";
import { LedgerTable } from "./ledger-table";
import type { Statement } from "./policy";
import { WatchdogSchedule } from "./watchdog-schedule";

/** @param feedback whether the watchdog copies survey answers to Gladly, for which it reads Stella: in production only */
export function permissionsOf(
  { permissions }: FunctionRequirements,
  aws: AwsNames,
  surveyMode: SurveyMode,
  feedback = false,
): readonly Statement[] {
  const granted = permissions.filter(({ forFeedback }) => feedback || forFeedback !== true);
  return [...new Set(granted.map(({ purpose }) => purpose))].map((purpose) =>
    statement(
      purpose,
      granted.filter((permission) => permission.purpose === purpose),
      (on) => arnOf(on, aws, surveyMode),
    ),
  );
}

/** Permissions of one purpose are as many actions on one resource, or one action on many. */
function statement(sid: string, permissions: readonly AwsPermission[], arn: (on: Resource) => string): Statement {
  return {
    sid,
    actions: [...new Set(permissions.map(({ action }) => action))],
    resources: [...new Set(permissions.map(({ on }) => arn(on)))],
  };
}

function arnOf(on: Resource, aws: AwsNames, surveyMode: SurveyMode): string {
  switch (on) {
    case "queue":
      return aws.arn("sqs", EventQueue.names(aws).main);
    case "parked-queue":
      return aws.arn("sqs", EventQueue.names(aws).parked);
    case "failed-runs-queue":
      return aws.arn("sqs", WatchdogSchedule.missedQueueName(aws));
    case "ledger":
      return aws.arn("dynamodb", `table/${LedgerTable.tableName(aws)}`);
    case "inbound-secret":
      return aws.secretArn(SECRETS.inbound);
    case "gladly-secret":
      return aws.secretArn(SECRETS.gladly);
    case "probe-secret":
      return aws.secretArn(SECRETS.probe);
    case "stella-secret":
      return aws.secretArn(stellaSecret(surveyMode));
    case "stella-api-secret":
      return aws.secretArn(SECRETS.stellaApiSecret);
    default:
      return on satisfies never;
  }
}
