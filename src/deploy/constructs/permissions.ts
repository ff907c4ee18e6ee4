/**
 * What each function of the relay may do, and nothing more (docs/vendors/aws-relay.md section 7). Each list is compared in a
 * test with the calls that the function's own code says it makes.
 */
import { EventQueue } from "./event-queue";
import { LedgerTable } from "./ledger-table";
import type { Place } from "./place";
import type { Statement } from "./policy";
import { SECRETS, stellaSecret } from "./secret-names";
import { WatchdogSchedule } from "./watchdog-schedule";

export function ingestPermissions(place: Place): readonly Statement[] {
  return [sendTo("StoreEvents", place, EventQueue.names(place).main), readSecrets(place, [SECRETS.inbound])];
}

export function workerPermissions(place: Place, surveyMode: "test" | "production"): readonly Statement[] {
  const { main, parked } = EventQueue.names(place);
  return [
    {
      sid: "WorkOffEvents",
      actions: [
        "sqs:ReceiveMessage",
        "sqs:DeleteMessage",
        "sqs:GetQueueAttributes",
        // A retry is made by hiding the message for longer.
        "sqs:ChangeMessageVisibility",
      ],
      resources: [place.arn("sqs", main)],
    },
    sendTo("ParkEvents", place, parked),
    keepLedger(place),
    readSecrets(place, [SECRETS.gladly, stellaSecret(surveyMode)]),
  ];
}

/** @param feedback whether it brings survey answers back, for which it reads Stella: in production only */
export function watchdogPermissions(place: Place, feedback: boolean): readonly Statement[] {
  const stella = feedback ? [SECRETS.stellaProduction, SECRETS.stellaApiSecret] : [];
  return [
    sendTo("StoreMissedEvents", place, EventQueue.names(place).main),
    WatchdogSchedule.failurePermission(place),
    keepLedger(place),
    readSecrets(place, [SECRETS.gladly, SECRETS.probe, ...stella]),
  ];
}

function sendTo(sid: string, place: Place, queue: string): Statement {
  return { sid, actions: ["sqs:SendMessage"], resources: [place.arn("sqs", queue)] };
}

/** No scan, no query, no delete: a record goes only by its age. */
function keepLedger(place: Place): Statement {
  return {
    sid: "KeepLedger",
    actions: ["dynamodb:GetItem", "dynamodb:UpdateItem"],
    resources: [place.arn("dynamodb", `table/${LedgerTable.tableName(place)}`)],
  };
}

function readSecrets(place: Place, names: readonly string[]): Statement {
  return {
    sid: "ReadSecrets",
    actions: ["secretsmanager:GetSecretValue"],
    resources: names.map((name) => place.secretArn(name)),
  };
}
