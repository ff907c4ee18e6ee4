/** Names of what the relay logs, and how an id may appear there. */
import { createHash } from "node:crypto";

/** One closed list, so that a filter or an alarm on a name cannot rot unseen. */
export type LogEvent =
  | "relay.started"
  | "relay.stopping"
  | "relay.stopped"
  | "relay.crashed"
  | "connections.crowded"
  | "clock.leaped"
  | "store.failed"
  | "store.recovered"
  | "housekeeping.failed"
  | "configuration.loaded"
  | "configuration.unusable"
  | "ingest.refused"
  | "ingest.unavailable"
  | "work.sent"
  | "work.recorded"
  | "work.skipped"
  | "work.retry"
  | "work.parked"
  | "work.duplicate"
  | "work.fenced"
  | "work.failed"
  | "breaker.opened"
  | "breaker.closed"
  | "guard.tripped"
  | "reconcile.done"
  | "reconcile.failed"
  | "webhook.disabled"
  | "secret.stale"
  | "probe.failed"
  | "event.unusable"
  | "feedback.done"
  | "feedback.failed";

/** An id for the log: the same within an environment, and nothing outside it (docs/vendors/aws-relay.md section 4.1). */
export function logId(environment: string, id: string): string {
  return createHash("sha256").update(`${environment}\u0000${id}`).digest("hex").slice(0, 16);
}
