import { setTimeout as delay } from "node:timers/promises";

/** Waits for a condition, not for a time: looks until it holds. Fails with what was last seen. */
export async function eventually<T>(look: () => Promise<T> | T, holds: (seen: T) => boolean): Promise<T> {
  const end = Date.now() + 10_000;
  for (;;) {
    const seen = await look();
    if (holds(seen)) return seen;
    if (Date.now() > end) throw new Error(`not within 10 s; last seen: ${JSON.stringify(seen)}`);
    await delay(10);
  }
}
