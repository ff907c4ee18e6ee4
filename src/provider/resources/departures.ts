/**
 * What this run is taking away: webhooks that are deleted or get another address, and topics that are disabled. A
 * resource that needs their address or name waits for that instead of being refused, because Terraform sees no order
 * between the two.
 */

import { OperationError } from "../protocol/diagnostics";

/** Milliseconds that a resource waits for another one of this run to begin giving up what it needs. */
export const GRACE_MS = 3_000;

/** One object that gives up its address or name. */
interface Departure {
  /** Resolves when it is over: whether it succeeded. */
  readonly over: Promise<boolean>;
}

export class Departures {
  private readonly running = new Map<string, Departure>();
  private readonly listeners = new Set<() => void>();
  private readonly waiting = new Map<string, string>();
  private readonly departed = new Set<string>();
  private readonly circles = new Set<string>();
  private readonly missed = new Map<string, string>();

  /** Runs the work that takes the object away; others can wait for it from now on. */
  async during<T>(id: string, work: () => Promise<T>): Promise<T> {
    const result = work();
    const over = result.then(
      () => true,
      () => false,
    );
    this.running.set(id, { over });
    for (const listener of [...this.listeners]) listener();
    try {
      const value = await result;
      this.departed.add(id);
      return value;
    } finally {
      this.running.delete(id);
    }
  }

  /**
   * Waits until the object has departed, for which it may begin to within the given time.
   *
   * @param waiter the object that waits, where it exists already and departs itself
   * @returns `departed`; `staying` when nothing takes the object away; `circle` when it waits for the waiter in turn
   */
  async waitFor(
    id: string,
    graceMs: number,
    waiter: string | undefined,
    pause: (milliseconds: number) => Promise<void>,
  ): Promise<"departed" | "staying" | "circle"> {
    if (this.departed.has(id)) return "departed";
    if (!this.running.has(id)) await this.begun(id, graceMs, pause);
    const departure = this.running.get(id);
    if (!departure) return "staying";
    if (waiter === undefined) {
      return (await departure.over) ? "departed" : "staying";
    }
    const chain = [id];
    for (let next = this.waiting.get(id); next !== undefined; next = this.waiting.get(next)) {
      if (next === waiter) {
        for (const member of chain) this.circles.add(member);
        return "circle";
      }
      chain.push(next);
    }
    this.waiting.set(waiter, id);
    try {
      const departed = await departure.over;
      return this.circles.has(waiter) ? "circle" : departed ? "departed" : "staying";
    } finally {
      this.waiting.delete(waiter);
    }
  }

  /** Whether anything is being taken away now. */
  get any(): Promise<void> | undefined {
    const all = [...this.running.values()];
    return all.length === 0 ? undefined : Promise.all(all.map(({ over }) => over)).then(() => undefined);
  }

  /** Notes that a resource was refused because this object is still there. */
  refusedBecauseOf(id: string, successor: string): void {
    this.missed.set(id, successor);
  }

  /** The resource that was refused in this run because this object was still there. */
  successorOf(id: string): string | undefined {
    return this.missed.get(id);
  }

  /** Resolves when something begins to take the object away, or when the time is over. */
  private async begun(id: string, graceMs: number, pause: (milliseconds: number) => Promise<void>): Promise<void> {
    let listener = (): void => undefined;
    const begun = new Promise<void>((resolve) => {
      listener = () => {
        if (this.running.has(id)) resolve();
      };
    });
    this.listeners.add(listener);
    try {
      await Promise.race([begun, pause(graceMs)]);
    } finally {
      this.listeners.delete(listener);
    }
  }
}

/**
 * Keeps an object whose successor was refused in this run because the object was still there. With it gone as well, there
 * would be nothing until the next apply.
 *
 * @throws OperationError when there is such a successor
 */
export function keepForSuccessor(departures: Departures, id: string, what: string): void {
  const successor = departures.successorOf(id);
  if (successor === undefined) return;
  throw new OperationError(
    `Kept the ${what.split(" ")[0]}`,
    `The ${what} was to be removed, but ${successor}, which was to take its place, could not be created while it was there. Nothing was removed, so that Gladly is not left without it. Apply again. If only the resource's address changed, add a \`moved\` block; with -parallelism=1 Terraform may always choose this order.`,
  );
}
