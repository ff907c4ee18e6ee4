/** What holds events and outcomes: destroyed, it is gone, and no plan brings it back. */

import { type FindingId, type Found, found } from "../../report/catalogue";
import { type Change, differs, number } from "../../terraform/change";
import { at } from "../../terraform/value";
import type { ChangeSet } from "./change-set";

interface Store {
  readonly lost: FindingId;
  readonly title: string;
  readonly detail: string;
}

const STORES: Readonly<Record<string, Store>> = {
  "aws_sqs_queue.relay_queue_main": {
    lost: "event-queue-lost",
    title: "The queue of accepted events is destroyed, with every event that is still in it",
    detail:
      "Gladly was answered 200 for them and does not deliver them again. The watchdog fetches closes of the last 24 hours from Gladly's history; older ones are lost.",
  },
  "aws_sqs_queue.relay_queue_dlq": {
    lost: "parked-queue-lost",
    title: "The queue of parked events is destroyed, with every event that waits for a person",
    detail: "The ledger still says why each was parked, but none of them can be replayed.",
  },
  "aws_dynamodb_table.relay_ledger": {
    lost: "ledger-lost",
    title: "The ledger is destroyed: nobody knows any more which surveys were sent",
    detail:
      "An event that comes a second time, from Gladly, the queue or the watchdog, sends a second survey. `relay explain` knows nothing of what was.",
  },
};

export function dataFindings({ changes, destroys, relayLeaves }: ChangeSet): readonly Found[] {
  return changes.flatMap((change) => {
    const store = STORES[change.key];
    if (store !== undefined && (change.action === "delete" || change.action === "replace")) {
      return [found(store.lost, { resource: change.address, title: store.title, detail: store.detail })];
    }
    if (change.action !== "update") return destroys || relayLeaves ? [] : lostProtection(change);
    if (change.type === "aws_sqs_queue") return queueSettings(change);
    if (change.type === "aws_dynamodb_table") return ledgerSettings(change);
    return change.type.startsWith("aws_sqs_queue_redrive") ? [retries(change)] : [];
  });
}

/** How an event finds its way to the parked ones is a resource of its own. */
function lostProtection(change: Change): readonly Found[] {
  const gone = change.action === "delete" || change.action === "replace";
  return gone && change.type.startsWith("aws_sqs_queue_redrive") ? [retries(change)] : [];
}

function retries(change: Change): Found {
  return found("queue-changed", {
    resource: change.address,
    title: "How often an event is tried before it is set aside changes",
    detail: "An event that cannot even be parked is lost after 14 days unless the queue sets it aside.",
  });
}

function queueSettings(change: Change): readonly Found[] {
  const kept = (side: object) => number(side, "message_retention_seconds");
  const [before, after] = [kept(change.before), kept(change.after)];
  if (before !== undefined && after !== undefined && after < before) {
    return [
      found("queue-changed", {
        resource: change.address,
        title: `Events are kept for ${days(after)} instead of ${days(before)}`,
        detail: "What waits for longer, through an outage or for a person, is lost.",
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
      title: "How events wait in a queue changes",
      detail:
        "A time of hiding shorter than six times the worker's limit lets two workers have one event; the ledger keeps it at one survey.",
    }),
  ];
}

function ledgerSettings(change: Change): readonly Found[] {
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
        ? "The ledger can be deleted from now on"
        : "The ledger's expiry, index or way back in time changes",
      detail: "It is what keeps a customer from being asked twice.",
    }),
  ];
}

function days(seconds: number): string {
  const whole = Math.round((seconds / 86_400) * 10) / 10;
  return `${whole} ${whole === 1 ? "day" : "days"}`;
}
