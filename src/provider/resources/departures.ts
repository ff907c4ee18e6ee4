/**
 * Tracks what this run removes: webhooks that are deleted or get another address, and topics that are disabled. A resource
 * that needs their address or name waits instead of being refused, because Terraform does not order the two.
 */

import { OperationError } from "../protocol/diagnostics";

/** Milliseconds that a resource waits for another one of this run to start releasing what it needs. */
export const GRACE_MS = 3_000;

/** One object that releases its address or name. */
interface Departure {
  /** Resolves at the end, to whether it succeeded. */
  readonly over: Promise<boolean>;
}

export class Departures {
  private readonly running = new Map<string, Departure>();
  private readonly listeners = new Set<() => void>();
  private readonly waiting = new Map<string, string>();
  private readonly departed = new Set<string>();
  private readonly circles = new Set<string>();
  private readonly missed = new Map<string, string>();

  /** Runs the removal of the object. From now on others can wait for it. */
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
   * Waits until the object is removed, if the removal starts within the given time.
   *
   * @param waiter the object that waits, if it exists already and is itself removed
   * @returns `departed`; `staying` if nothing removes the object; `circle` if it waits for the waiter in turn
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

  /** Resolves when the current removals are over; undefined if there are none. */
  get any(): Promise<void> | undefined {
    const all = [...this.running.values()];
    return all.length === 0 ? undefined : Promise.all(all.map(({ over }) => over)).then(() => undefined);
  }

  /** Records that a resource was refused because this object still exists. */
  refusedBecauseOf(id: string, successor: string): void {
    this.missed.set(id, successor);
  }

  /** The resource that was refused in this run because this object still existed. */
  successorOf(id: string): string | undefined {
    return this.missed.get(id);
  }

  /** Resolves when a removal of the object starts, or when the time is over. */
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
 * Keeps an object whose successor was refused in this run because the object still existed. Without this, neither would
 * exist until the next apply.
 *
 * @throws OperationError if there is such a successor
 */
export function keepForSuccessor(departures: Departures, id: string, what: string): void {
  const successor = departures.successorOf(id);
  if (successor === undefined) return;
  throw new OperationError(
    `Kept the ${what.split(" ")[0]}`,
    `The ${what} was not removed, because ${successor}, which replaces it, could not be created while it existed. So Gladly is not left without it. Apply again. If only the resource's address changed, add a \`moved\` block; with -parallelism=1 Terraform may always choose this order.`,
  );
}
