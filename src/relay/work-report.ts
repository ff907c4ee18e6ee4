/** Reports a delivery's outcome to metrics and the log, with hashed ids and never a body, an address or a credential. */
import { errorName } from "../contract/error-message";
import type { RelayConfiguration } from "../contract/relay-configuration";
import type { Claimant, Outcome } from "./claim";
import type { Envelope } from "./envelope";
import { type LogEvent, logId } from "./log";
import type { Clock, Log, LogFields, Metrics } from "./ports";
import type { Closure } from "./record";

export interface WorkReportDeps {
  readonly configuration: Pick<RelayConfiguration, "environment">;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly log: Log;
}

export class WorkReport {
  constructor(private readonly deps: WorkReportDeps) {}

  finished(claimant: Claimant, envelope: Envelope, outcome: Outcome, delay: number): void {
    const { metrics } = this.deps;
    const age = Math.max(0, (this.deps.clock.now() - envelope.receivedAt) / 1000);
    const fields = { ...this.ids(claimant), reason: outcome.reason, ageSeconds: age };
    if (outcome.lostAnswer) metrics.count("Ambiguous");
    switch (outcome.state) {
      case "sent":
        metrics.count("Sent");
        metrics.observe("AcceptToSentSeconds", age);
        this.deps.log("info", "work.sent", fields);
        break;
      case "recorded":
        metrics.count("Recorded");
        metrics.observe("AcceptToSentSeconds", age);
        this.deps.log("info", "work.recorded", fields);
        break;
      case "skipped":
        metrics.count("Skipped", { reason: outcome.reason });
        this.deps.log("info", "work.skipped", fields);
        break;
      case "parked":
        metrics.count("Parked", { reason: outcome.reason });
        // The detail may quote Stella, which may quote the customer, so it belongs in the ledger and not in the log.
        this.deps.log("error", "work.parked", fields);
        break;
      case "retrying":
        metrics.count("Retried", { reason: outcome.reason });
        // A wait that the environment configured is not a problem.
        if (outcome.reason !== "delayed") metrics.observe("PendingAge", age);
        this.deps.log(outcome.reason === "delayed" ? "info" : "warn", "work.retry", {
          ...fields,
          ...detail(outcome),
          delaySeconds: delay / 1000,
        });
        break;
      default:
        outcome.state satisfies never;
    }
  }

  /** A claim that finished the close itself. */
  closed(closure: Closure, envelope: Envelope): void {
    const event: LogEvent = closure.state === "parked" ? "work.parked" : "work.skipped";
    const reason = closure.reason ?? "";
    this.deps.metrics.count(closure.state === "parked" ? "Parked" : "Skipped", { reason });
    this.deps.log(closure.state === "parked" ? "error" : "info", event, { envelope: this.id(envelope.id), reason });
  }

  duplicate(envelope: Envelope): void {
    this.deps.metrics.count("Duplicate");
    this.deps.log("info", "work.duplicate", { envelope: this.id(envelope.id) });
  }

  fenced(claimant: Claimant): void {
    this.deps.metrics.count("Fenced");
    this.deps.log("warn", "work.fenced", this.ids(claimant));
  }

  /** An error of this program or its store. The message is ours, never an outside body. */
  failed(error: unknown): void {
    this.deps.log("error", "work.failed", { error: errorName(error) });
  }

  private ids(claimant: Claimant): LogFields {
    const conversation =
      claimant.conversationId === undefined ? {} : { conversation: this.id(claimant.conversationId) };
    return { ...conversation, envelope: this.id(claimant.envelopeId) };
  }

  private id(id: string): string {
    return logId(this.deps.configuration.environment, id);
  }
}

function detail(outcome: Outcome): LogFields {
  return outcome.detail === undefined ? {} : { detail: outcome.detail };
}
