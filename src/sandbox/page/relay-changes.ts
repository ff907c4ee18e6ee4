/** Changes of the relay's configuration, found by comparing successive answers of its operations port. */
import type { SandboxClock } from "../clock";
import type { ConfigurationChange } from "../gladly/change-log";
import type { RelayView } from "./relay-view";

const CAPACITY = 100;

export class RelayChanges {
  private readonly entries: ConfigurationChange[] = [];
  private last: { readonly mode: string; readonly delivery: string } | undefined;

  constructor(private readonly clock: SandboxClock) {}

  /**
   * Records what changed since the last call.
   *
   * @returns all changes so far, oldest first
   */
  record(relay: RelayView): readonly ConfigurationChange[] {
    if (relay.kind !== "known" || relay.mode === undefined) return this.entries;
    const now = { mode: relay.mode, delivery: relay.delivery ?? "unknown" };
    const before = this.last;
    this.last = now;
    if (before === undefined) return this.entries;
    const details = [
      ...(before.mode === now.mode ? [] : [`survey mode: ${before.mode} → ${now.mode}`]),
      ...(before.delivery === now.delivery ? [] : [`delivery: ${before.delivery} → ${now.delivery}`]),
    ];
    if (details.length > 0) this.entries.push({ at: this.clock.timestamp(), what: "Relay reconfigured", details });
    if (this.entries.length > CAPACITY) this.entries.shift();
    return this.entries;
  }
}
