/**
 * Suspends calls to Stella after five consecutive failures, so that an outage costs an occasional probe instead of an
 * attempt per event. The state is a note in the ledger, shared by all workers. Each worker counts its own failures.
 */
import * as z from "zod/mini";
import { isAhead } from "./deadline";
import type { Clock, Ledger, Log, Metrics } from "./ports";

export const FAILURES_TO_OPEN = 5;
const FIRST_OPEN = 30_000;
const LONGEST_OPEN = 300_000;
/** Milliseconds for which the other workers wait for one worker's probe. */
const PROBE = 60_000;
/** Milliseconds for which the shared note is cached. */
const CACHE = 5_000;
const NOTE = "breaker";

const State = z.object({ openUntil: z.number(), openFor: z.number(), probeUntil: z.number() });
type State = z.infer<typeof State>;
const CLOSED: State = { openUntil: 0, openFor: 0, probeUntil: 0 };

export type Permit = { readonly kind: "go" } | { readonly kind: "wait"; readonly delay: number };

export interface BreakerDeps {
  readonly ledger: Pick<Ledger, "note" | "saveNote">;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly log: Log;
  /** Multiplies every duration. @default 1 */
  readonly scale?: number;
}

export class Breaker {
  private failures = 0;
  private cached: { readonly state: State; readonly version: number | undefined; readonly at: number } | undefined;

  constructor(private readonly deps: BreakerDeps) {}

  /** Whether a call is allowed now. While half open, one worker probes and the others wait. */
  async permit(): Promise<Permit> {
    const now = this.deps.clock.now();
    const { state, version } = await this.read(now);
    if (state.openUntil === 0) return { kind: "go" };
    const until = Math.max(state.openUntil, state.probeUntil);
    if (until > now) return { kind: "wait", delay: until - now };
    const probing = { ...state, probeUntil: now + PROBE * this.scale };
    if (await this.write(probing, version)) return { kind: "go" };
    return { kind: "wait", delay: PROBE * this.scale };
  }

  /** Stella accepted a request, or refused that particular one. */
  async succeeded(): Promise<void> {
    this.failures = 0;
    const { state, version } = await this.read(this.deps.clock.now());
    if (state.openUntil === 0) return;
    if (await this.write(CLOSED, version)) this.deps.log("info", "breaker.closed");
  }

  async failed(): Promise<void> {
    this.failures += 1;
    const now = this.deps.clock.now();
    const { state, version } = await this.read(now);
    const probed = state.openUntil !== 0 && state.openUntil <= now;
    if (!probed && (this.failures < FAILURES_TO_OPEN || state.openUntil > now)) return;
    const openFor = Math.min(LONGEST_OPEN * this.scale, Math.max(FIRST_OPEN * this.scale, state.openFor * 2));
    if (await this.write({ openUntil: now + openFor, openFor, probeUntil: 0 }, version)) {
      this.deps.metrics.count("BreakerOpened");
      this.deps.log("warn", "breaker.opened", { seconds: openFor / 1000, failures: this.failures });
    }
  }

  private get scale(): number {
    return this.deps.scale ?? 1;
  }

  private async read(now: number): Promise<{ readonly state: State; readonly version: number | undefined }> {
    const age = this.cached === undefined ? Number.POSITIVE_INFINITY : Math.abs(now - this.cached.at);
    if (this.cached !== undefined && age < CACHE * this.scale) return this.cached;
    const note = await this.deps.ledger.note(NOTE);
    const parsed = note === undefined ? undefined : State.safeParse(JSON.parse(note.value));
    const state = parsed?.success ? this.believable(parsed.data, now) : CLOSED;
    this.cached = { state, version: note?.version, at: now };
    return this.cached;
  }

  /** Treats times that a clock wrote while it was ahead as over: the next call is a probe. */
  private believable({ openUntil, openFor, probeUntil }: State, now: number): State {
    return {
      openUntil: isAhead(openUntil, now, openFor) ? now : openUntil,
      openFor,
      probeUntil: isAhead(probeUntil, now, PROBE * this.scale) ? now : probeUntil,
    };
  }

  private async write(state: State, expected: number | undefined): Promise<boolean> {
    this.cached = undefined;
    return this.deps.ledger.saveNote(NOTE, JSON.stringify(state), expected);
  }
}
