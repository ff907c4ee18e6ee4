/**
 * Injected faults: a slow answer, a wrong status, or a connection that is cut before or after the request takes effect.
 * A fault can hit a share of the requests, a number of them, or all for a time.
 */
import * as z from "zod";
import type { SandboxClock } from "./clock";
import type { Call, Reply } from "./http/exchange";
import { newId } from "./ids";
import { seededRandom } from "./random";

const Effect = z.discriminatedUnion("kind", [
  /** Waits these milliseconds of the sandbox's clock, then serves the request as usual. */
  z.strictObject({ kind: z.literal("latency"), milliseconds: z.number().min(0) }),
  /** Answers this status. `after`: the request takes effect first, so a retry takes effect twice. */
  z.strictObject({
    kind: z.literal("status"),
    status: z.int().min(200).max(599),
    when: z.enum(["before", "after"]).default("before"),
    body: z.string().default(""),
    headers: z.record(z.string(), z.string()).default({}),
  }),
  /** Closes the connection without an answer. */
  z.strictObject({ kind: z.literal("cut"), when: z.enum(["before", "after"]) }),
]);

/** One fault in the body of `POST /_sandbox/faults`. */
export const Fault = z.strictObject({
  id: z.string().default(() => newId()),
  effect: Effect,
  /** Hits only requests of this method. */
  method: z.string().optional(),
  /** Hits only requests whose path starts with this. */
  path: z.string().optional(),
  /** Share of the matching requests that the fault hits, from 0 to 1. Drawn from a seeded sequence. */
  share: z.number().min(0).max(1).default(1),
  /** Number of requests after which the fault ends. */
  times: z.int().min(1).optional(),
  /** Milliseconds of the sandbox's clock after which the fault ends. */
  forMilliseconds: z.number().min(0).optional(),
});
export type Fault = z.infer<typeof Fault>;

/** A fault, when it ends, and how many requests it has hit. */
interface ActiveFault {
  readonly fault: Fault;
  readonly endsAt: number;
  strikes: number;
}

export class Faults {
  private active: ActiveFault[] = [];
  private random: () => number;

  constructor(
    private readonly clock: SandboxClock,
    private readonly seed: number,
  ) {
    this.random = seededRandom(seed);
  }

  add(fault: Fault): void {
    this.active.push({ fault, endsAt: this.clock.now() + (fault.forMilliseconds ?? Infinity), strikes: 0 });
  }

  /** Removes one fault, or all. When none is left, the random sequence starts again. */
  remove(id?: string): void {
    this.active = id === undefined ? [] : this.active.filter(({ fault }) => fault.id !== id);
    if (this.active.length === 0) this.random = seededRandom(this.seed);
  }

  list(): readonly (Fault & { readonly strikes: number })[] {
    this.dropEnded();
    return this.active.map(({ fault, strikes }) => ({ ...fault, strikes }));
  }

  /** The first fault that hits this request. Counts the hit. */
  strike(call: Call): Fault | undefined {
    this.dropEnded();
    for (const active of this.active) {
      const { fault } = active;
      if (fault.method !== undefined && fault.method.toUpperCase() !== call.method) continue;
      if (fault.path !== undefined && !call.path.startsWith(fault.path)) continue;
      if (this.random() >= fault.share) continue;
      active.strikes += 1;
      return fault;
    }
    return undefined;
  }

  /**
   * Answers a request that the fault hits.
   *
   * @param act serves the request as without the fault
   */
  async apply(fault: Fault, act: () => Promise<Reply>): Promise<Reply> {
    const { effect } = fault;
    switch (effect.kind) {
      case "latency":
        await new Promise<void>((resolve) => this.clock.schedule(this.clock.now() + effect.milliseconds, resolve));
        return act();
      case "status":
        if (effect.when === "after") await act();
        return { kind: "answer", status: effect.status, headers: effect.headers, body: effect.body };
      case "cut":
        if (effect.when === "after") await act();
        return { kind: "cut" };
      default:
        return effect satisfies never;
    }
  }

  private dropEnded(): void {
    const now = this.clock.now();
    this.active = this.active.filter(
      ({ fault, endsAt, strikes }) => endsAt > now && strikes < (fault.times ?? Number.POSITIVE_INFINITY),
    );
  }
}
