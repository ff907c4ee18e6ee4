/** Fetches closes that Gladly never delivered from its history, as the relay does every few minutes. */
import { openLocalStores, systemChance, systemClock } from "../../src/relay/local/stores";
import { reconcile } from "../../src/relay/reconcile";
import type { GladlyClient } from "../../src/vendors/gladly/client";
import { eventually, type Patience } from "../relay/support/wait";

/** @param home the relay's folder */
export async function fetchMissed(home: string, gladly: GladlyClient, patience: Patience): Promise<void> {
  const stores = openLocalStores(home);
  const look = () =>
    reconcile({
      ...{ configuration: stores.configuration.read(), installation: stores.configuration.installation() },
      ...{ gladly, ledger: stores.ledger, queue: stores.queue, chance: systemChance },
      // The relay skips the last two minutes, whose deliveries may still be in progress.
      clock: { ...systemClock, now: () => systemClock.now() + 3 * 60_000 },
      metrics: { count: () => undefined, observe: () => undefined },
      log: () => undefined,
    });
  try {
    // If Gladly does not answer, it tries again.
    await eventually(
      () => look().catch(() => undefined),
      (looked) => looked !== undefined,
      patience,
    );
  } finally {
    stores.close();
  }
}
