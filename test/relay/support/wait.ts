import { setTimeout as delay } from "node:timers/promises";
import { CEILING_MS } from "../../support/ceiling";

export interface Patience {
  /** Milliseconds between looks. @default 10 */
  readonly pause?: number;
  /** Milliseconds before giving up: more only for what is asked to be long. @default CEILING_MS */
  readonly within?: number;
}

/** Waits for a condition, not for a time: looks until it holds. Fails with what was last seen. */
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
