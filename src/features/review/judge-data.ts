/** Resources that hold events and records. No plan brings their contents back. */

import { environmentPath } from "../../contract/locations";
import type { FindingId } from "../../report/catalogue";
import { type Finding, found } from "../../report/finding";
import { code } from "../../report/report";
import { type Change, differs, number, text } from "../../terraform/change";
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

export function dataFindings({ changes, destroys, relayLeaves, name }: ChangeSet): readonly Finding[] {
  return changes.flatMap((change) => {
    const store = STORES.get(change.key);
    if (store !== undefined && (change.action === "delete" || change.action === "replace")) {
      return [found(store.lost, { resource: change.address, title: store.title, detail: store.detail })];
    }
    if (change.action !== "update") return destroys || relayLeaves ? [] : lostProtection(change);
    if (change.type === "aws_sqs_queue") return queueSettings(change);
    if (change.type === "aws_dynamodb_table") return [...deletionProtection(change, name), ...ledgerSettings(change)];
    return change.type.startsWith("aws_sqs_queue_redrive") ? [retries(change)] : [];
  });
}

/** The redrive policy is a separate resource. */
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
  return [...queueKey(change), ...queueTimes(change)];
}

/** SQS manages the keys of a queue that names none, and then needs no permission to decrypt. */
function queueKey(change: Change): readonly Finding[] {
  const before = text(change.before, "kms_master_key_id") ?? "";
  if (before === "" || !differs(change, "kms_master_key_id")) return [];
  return [
    found("queue-changed", {
      resource: change.address,
      title: "Another key encrypts a queue: messages that are in it stay encrypted with the old one",
      detail:
        "The same apply takes the right to use the old key from the functions. Events that wait or are parked then cannot be read, and are lost after 14 days.",
      remedy: "Apply only while the queues are empty. Replay parked events first.",
    }),
  ];
}

function queueTimes(change: Change): readonly Finding[] {
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

/**
 * `retired` and `delivery: "direct"` remove the protection of queues, ledger and secrets. Of these Terraform keeps
 * `prevent_destroy` to itself, so the table's own protection is the one that a plan shows.
 */
function deletionProtection(change: Change, environment: string): readonly Finding[] {
  const [before, after] = [change.before, change.after].map((side) => at(side, "deletion_protection_enabled"));
  if (before === true && after === false) {
    return [
      found("protection-lifted", {
        resource: change.address,
        title: "Queues, ledger and secrets lose their protection from deletion",
        detail: `This apply deletes nothing. A later destroy, or an apply that removes the relay, deletes events that wait or are parked, the record of which surveys were sent, and the secrets. Only the secrets can be restored, for 30 days. The pipeline's role may do it once the foundation is applied.`,
        remedy: `To undo it, take \`retired\` or \`delivery: "direct"\` out of ${code(environmentPath(environment))} again, then apply the foundation and the environment.`,
      }),
    ];
  }
  if (before !== false || after !== true) return [];
  return [
    found("protection-restored", {
      resource: change.address,
      title: "Queues, ledger and secrets are protected from deletion again",
      detail:
        "Terraform and AWS refuse to delete them. The pipeline's role loses the right once the foundation is applied.",
    }),
  ];
}

function ledgerSettings(change: Change): readonly Finding[] {
  const settings = ["point_in_time_recovery", "ttl", "billing_mode", "global_secondary_index"];
  if (!settings.some((path) => differs(change, path))) return [];
  return [
    found("ledger-changed", {
      resource: change.address,
      title: "The ledger's expiry, index or point-in-time recovery changes",
      detail: "It prevents a second survey for the same close.",
    }),
  ];
}

function days(seconds: number): string {
  const whole = Math.round((seconds / 86_400) * 10) / 10;
  return `${whole} ${whole === 1 ? "day" : "days"}`;
}
