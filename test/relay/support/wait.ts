import { setTimeout as delay } from "node:timers/promises";

export interface Patience {
  /** Milliseconds between looks. @default 10 */
  readonly pause?: number;
  /** Milliseconds before giving up. @default 10000 */
  readonly within?: number;
}

/** Waits for a condition, not for a time: looks until it holds. Fails with what was last seen. */
export async function eventually<T>(
  look: () => Promise<T> | T,
  holds: (seen: T) => boolean,
  { pause = 10, within = 10_000 }: Patience = {},
): Promise<T> {
  const end = Date.now() + within;
  for (;;) {
    const seen = await look();
    if (holds(seen)) return seen;
    if (Date.now() > end) throw new Error(`not within ${within} ms; last seen: ${JSON.stringify(seen)}`);
    await delay(pause);
  }
}
