import { setTimeout as delay } from "node:timers/promises";
import { CEILING_MS } from "../../support/ceiling";

export interface Patience {
  /** Milliseconds between attempts. @default 10 */
  readonly pause?: number;
  /** Milliseconds before giving up. Larger values only for long tests. @default CEILING_MS */
  readonly within?: number;
}

/** Reads a value until a condition is true, instead of waiting for a time. Fails with the last value. */
export async function eventually<T>(
  look: () => Promise<T> | T,
  holds: (seen: T) => boolean,
  { pause = 10, within = CEILING_MS }: Patience = {},
): Promise<T> {
  const end = Date.now() + within;
  for (;;) {
    const seen = await look();
    if (holds(seen)) return seen;
    if (Date.now() > end) throw new Error(`not within ${within} ms; last seen: ${JSON.stringify(seen)}`);
    await delay(pause);
  }
}
