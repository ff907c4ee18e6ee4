/** Waiting for something to become true, without a guess at how long it takes. */
import { setTimeout as delay } from "node:timers/promises";

/** Milliseconds after which something that should have happened counts as not happening. */
const PATIENCE = 120_000;

/**
 * The first answer of `look` that is not undefined.
 *
 * @throws if there is none within two minutes, with what it waited for.
 */
export async function waitFor<T>(what: string, look: () => Promise<T | undefined>, signal: AbortSignal): Promise<T> {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`waited ${PATIENCE / 1000} s in vain for ${what}`);
    await delay(50, undefined, { signal });
  }
}
