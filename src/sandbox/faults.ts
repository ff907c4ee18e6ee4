/**
 * Faults on purpose: a slow answer, a wrong answer, a connection cut before or after the request was acted on, for a
 * share of the requests, for a number of them, or for a while.
 */
import * as z from "zod";
import type { SandboxClock } from "./clock";
import type { Call, Reply } from "./http/exchange";
import { newId } from "./ids";
import { seededRandom } from "./random";

const Effect = z.discriminatedUnion("kind", [
  /** Waits so many milliseconds of the sandbox's clock, then goes on as if nothing was. */
  z.strictObject({ kind: z.literal("latency"), milliseconds: z.number().min(0) }),
  /** Answers this status. `after`: only once the request was acted on, so that a repeat does it twice. */
  z.strictObject({
    kind: z.literal("status"),
    status: z.int().min(200).max(599),
    when: z.enum(["before", "after"]).default("before"),
    body: z.string().default(""),
    headers: z.record(z.string(), z.string()).default({}),
  }),
  /** Ends the connection without an answer. */
  z.strictObject({ kind: z.literal("cut"), when: z.enum(["before", "after"]) }),
]);

/** One fault as `POST /_sandbox/faults` takes it. */
export const Fault = z.strictObject({
  id: z.string().default(() => newId()),
  effect: Effect,
  /** Only requests of this method. */
  method: z.string().optional(),
  /** Only requests whose path begins so. */
  path: z.string().optional(),
  /** Between 0 and 1: how many of the requests that fit it strikes, drawn from a seeded sequence. */
  share: z.number().min(0).max(1).default(1),
  /** Strikes at most so often. */
  times: z.int().min(1).optional(),
  /** Ends after so many milliseconds of the sandbox's clock: "down for a while". */
  forMilliseconds: z.number().min(0).optional(),
});
export type Fault = z.infer<typeof Fault>;

/** What is left of a fault. */
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

  /** Removes one fault, or all of them; starts the sequence of draws again when none is left. */
  remove(id?: string): void {
    this.active = id === undefined ? [] : this.active.filter(({ fault }) => fault.id !== id);
    if (this.active.length === 0) this.random = seededRandom(this.seed);
  }

  list(): readonly (Fault & { readonly strikes: number })[] {
    this.dropEnded();
    return this.active.map(({ fault, strikes }) => ({ ...fault, strikes }));
  }

  /** The first fault that strikes this request. */
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

  /** Answers the request under this fault; `act` is what would happen without it. */
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
