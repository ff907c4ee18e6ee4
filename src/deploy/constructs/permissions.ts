/** What each function of the relay may do: what the contract says that its code calls, and nothing more. */
import type { AwsPermission, FunctionRequirements, Resource } from "../../contract/functions";
import { SECRETS, stellaSecret } from "../../contract/secrets";
import type { SurveyMode } from "../../contract/survey-mode";
import { EventQueue } from "./event-queue";
import { LedgerTable } from "./ledger-table";
import type { Place } from "./place";
import type { Statement } from "./policy";
import { WatchdogSchedule } from "./watchdog-schedule";

/** @param feedback whether the watchdog copies survey answers to Gladly, for which it reads Stella: in production only */
export function permissionsOf(
  { permissions }: FunctionRequirements,
  place: Place,
  surveyMode: SurveyMode,
  feedback = false,
): readonly Statement[] {
  const granted = permissions.filter(({ forFeedback }) => feedback || forFeedback !== true);
  return [...new Set(granted.map(({ purpose }) => purpose))].map((purpose) =>
    statement(
      purpose,
      granted.filter((permission) => permission.purpose === purpose),
      (on) => arnOf(on, place, surveyMode),
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

function arnOf(on: Resource, place: Place, surveyMode: SurveyMode): string {
  switch (on) {
    case "queue":
      return place.arn("sqs", EventQueue.names(place).main);
    case "parked-queue":
      return place.arn("sqs", EventQueue.names(place).parked);
    case "failed-runs-queue":
      return place.arn("sqs", WatchdogSchedule.missedQueueName(place));
    case "ledger":
      return place.arn("dynamodb", `table/${LedgerTable.tableName(place)}`);
    case "inbound-secret":
      return place.secretArn(SECRETS.inbound);
    case "gladly-secret":
      return place.secretArn(SECRETS.gladly);
    case "probe-secret":
      return place.secretArn(SECRETS.probe);
    case "stella-secret":
      return place.secretArn(stellaSecret(surveyMode));
    case "stella-api-secret":
      return place.secretArn(SECRETS.stellaApiSecret);
    default:
      return on satisfies never;
  }
}
