/** Resources that hold events and records. No plan brings their contents back. */

import type { FindingId } from "../../report/catalogue";
import { type Finding, found } from "../../report/finding";
import { type Change, differs, number } from "../../terraform/change";
import { at } from "../../terraform/value";
import type { ChangeSet } from "./change-set";

interface Store {
  readonly lost: FindingId;
  readonly title: string;
  readonly detail: string;
}

const STORES: ReadonlyMap<string, Store> = new Map(
  Object.entries({
    "aws_sqs_queue.relay_queue_main": {
      lost: "event-queue-lost",
      title: "The queue of accepted events is deleted, with every event in it",
      detail:
        "Gladly does not deliver them again. The watchdog fetches closes of the last 24 hours from Gladly's history. Older ones are lost.",
    },
    "aws_sqs_queue.relay_queue_dlq": {
      lost: "parked-queue-lost",
      title: "The queue of parked events is deleted, with every event in it",
      detail: "The ledger still has the reason of each, but none can be replayed.",
    },
    "aws_dynamodb_table.relay_ledger": {
      lost: "ledger-lost",
      title: "The ledger is deleted: the relay no longer knows which surveys were sent",
      detail:
        "An event that arrives again, from Gladly, the queue or the watchdog, causes a second survey. `relay explain` has no data about the past.",
    },
  } satisfies Readonly<Record<string, Store>>),
);

export function dataFindings({ changes, destroys, relayLeaves }: ChangeSet): readonly Finding[] {
  return changes.flatMap((change) => {
    const store = STORES.get(change.key);
    if (store !== undefined && (change.action === "delete" || change.action === "replace")) {
      return [found(store.lost, { resource: change.address, title: store.title, detail: store.detail })];
    }
    if (change.action !== "update") return destroys || relayLeaves ? [] : lostProtection(change);
    if (change.type === "aws_sqs_queue") return queueSettings(change);
    if (change.type === "aws_dynamodb_table") return ledgerSettings(change);
    return change.type.startsWith("aws_sqs_queue_redrive") ? [retries(change)] : [];
  });
}

/** The redrive policy is a resource of its own. */
function lostProtection(change: Change): readonly Finding[] {
  const deleted = change.action === "delete" || change.action === "replace";
  return deleted && change.type.startsWith("aws_sqs_queue_redrive") ? [retries(change)] : [];
}

function retries(change: Change): Finding {
  return found("queue-changed", {
    resource: change.address,
    title: "How often an event is tried before it moves to the parked events changes",
    detail: "Without it, an event that keeps failing is lost after 14 days.",
  });
}

function queueSettings(change: Change): readonly Finding[] {
  const kept = (side: object) => number(side, "message_retention_seconds");
  const [before, after] = [kept(change.before), kept(change.after)];
  if (before !== undefined && after !== undefined && after < before) {
    return [
      found("queue-changed", {
        resource: change.address,
        title: `Events are kept for ${days(after)} instead of ${days(before)}`,
        detail: "Events that wait longer, because of an outage or for a decision, are lost.",
      }),
    ];
  }
  if (
    ![
      "visibility_timeout_seconds",
      "max_message_size",
      "delay_seconds",
      "receive_wait_time_seconds",
      "message_retention_seconds",
    ].some((path) => differs(change, path))
  ) {
    return [];
  }
  return [
    found("queue-changed", {
      resource: change.address,
      title: "The settings of a queue change",
      detail:
        "A visibility timeout below six times the worker's timeout lets two workers get the same event. The ledger still prevents a second survey.",
    }),
  ];
}

function ledgerSettings(change: Change): readonly Finding[] {
  const protection = [
    "deletion_protection_enabled",
    "point_in_time_recovery",
    "ttl",
    "billing_mode",
    "global_secondary_index",
  ];
  if (!protection.some((path) => differs(change, path))) return [];
  const unprotected =
    at(change.after, "deletion_protection_enabled") === false &&
    at(change.before, "deletion_protection_enabled") === true;
  return [
    found("ledger-changed", {
      resource: change.address,
      title: unprotected
        ? "The ledger loses its deletion protection"
        : "The ledger's expiry, index or point-in-time recovery changes",
      detail: "It prevents a second survey for the same close.",
    }),
  ];
}

function days(seconds: number): string {
  const whole = Math.round((seconds / 86_400) * 10) / 10;
  return `${whole} ${whole === 1 ? "day" : "days"}`;
}
