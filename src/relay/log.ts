/** The names of log events, and how ids appear in the log. */
import { createHash } from "node:crypto";

/** A closed list, so that filters and alarms cannot use a name that no longer exists. */
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
  | "setup.waiting"
  | "event.unusable"
  | "feedback.done"
  | "feedback.failed";

/** A pseudonym of an id for the log: stable within an environment, meaningless outside it (docs/vendors/aws-relay.md section 4.1). */
export function logId(environment: string, id: string): string {
  return createHash("sha256").update(`${environment}\u0000${id}`).digest("hex").slice(0, 16);
}
