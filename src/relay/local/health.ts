/** The content of `/health`: whether deliveries are stored and processed, what waits, and what needs a person. */

import type { ClockWatch } from "./clock-watch";
import type { SqliteQueue } from "./queue";
import { storeFault } from "./store-faults";
import type { StoreWatch } from "./store-watch";

/** Milliseconds between two test writes to the store. */
const PROBE_PAUSE_MS = 5_000;

export interface HealthFinding {
  /** Stable, for alerts. */
  readonly id: "not-applied" | "store-failing" | "clock-leaped" | "paused";
  readonly what: string;
  readonly remedy: string;
}

export type Health = { readonly ok: boolean; readonly findings: readonly HealthFinding[] } & Partial<
  ReturnType<SqliteQueue["depth"]>
>;

export interface HealthDeps {
  readonly applied: () => boolean;
  readonly paused: () => Promise<boolean>;
  readonly queue: Pick<SqliteQueue, "depth">;
  readonly store: Pick<StoreWatch, "fault" | "failed">;
  /** Makes a small test write and reports a failure to `store`. */
  readonly probe: () => Promise<void>;
  readonly clock: Pick<ClockWatch, "look" | "recent" | "settled">;
}

/** Answers `/health`. It makes a test write at most once in five seconds. */
export function healthCheck(deps: HealthDeps): () => Promise<Health> {
  let probedAt = Number.NEGATIVE_INFINITY;
  return async () => {
    if (performance.now() - probedAt >= PROBE_PAUSE_MS) {
      probedAt = performance.now();
      await deps.probe().catch(() => undefined);
    }
    deps.clock.look();
    let depth: ReturnType<SqliteQueue["depth"]> | undefined;
    let paused = false;
    try {
      depth = deps.queue.depth();
      paused = await deps.paused();
    } catch (error) {
      if (storeFault(error) === undefined) throw error;
      deps.store.failed(error);
    }
    const findings = findingsOf(deps, paused);
    const well = !findings.some(({ id }) => id === "not-applied" || id === "store-failing");
    return { ok: well && deps.clock.settled, ...depth, findings };
  };
}

function findingsOf({ applied, store, clock }: HealthDeps, paused: boolean): readonly HealthFinding[] {
  const findings: HealthFinding[] = [];
  if (!applied()) {
    findings.push({
      id: "not-applied",
      what: "There is no valid configuration: events are stored, but nothing is sent",
      remedy: "Run `npx cdktf apply` for this environment. The relay's log says what is wrong",
    });
  }
  if (store.fault !== undefined) {
    const { code, cause, remedy } = store.fault;
    findings.push({ id: "store-failing", what: `Deliveries are answered 503 (${code}): ${cause}`, remedy });
  }
  if (clock.recent !== undefined) {
    const seconds = Math.round(clock.recent.by / 1000);
    findings.push({
      id: "clock-leaped",
      what: `The clock was set ${seconds < 0 ? "back" : "ahead"} by ${Math.abs(seconds)} s, noticed at ${clock.recent.noticedAt}`,
      remedy: "Check that the time is correct now and that time synchronization (NTP) runs on this machine",
    });
  }
  if (paused) {
    findings.push({
      id: "paused",
      what: "The relay is paused: events are stored, but nothing is sent",
      remedy: "Run `relay resume`",
    });
  }
  return findings;
}
