import { readFileSync } from "node:fs";
import { join } from "node:path";
import { erase } from "../../../src/relay/local/erase";
import { openLocalStores } from "../../../src/relay/local/stores";
import { envelope } from "../contract/envelopes";
import { closeEvent, TestRelay } from "../support/test-relay";
import { Upstreams } from "../support/upstreams";
import { eventually } from "../support/wait";

test("the store has nothing left of the customer, and everything of other customers", async () => {
  const upstreams = await Upstreams.start();
  const home = new TestRelay(upstreams);
  home.configure();
  try {
    await home.serve();
    for (const id of ["theirs", "other"]) {
      upstreams.addConversation(id);
      expect(await home.post(closeEvent(id))).toBe(200);
      await eventually(
        () => home.explain(`conversation=${id}`),
        (list) => list[0]?.state === "sent",
      );
    }
    await home.relay?.close();
    const store = openLocalStores(home.path);
    // One waits, one is parked, one is unreadable, and one belongs to another customer.
    await store.queue.send([envelope("parked", closeEvent("parked").replaceAll("customer-parked", "customer-theirs"))]);
    for (const message of await store.queue.receive(1)) {
      await store.queue.settle(message, { kind: "park", reason: "gave-up" });
    }
    await store.queue.send([
      envelope("waits", closeEvent("waits").replaceAll("customer-waits", "customer-theirs")),
      envelope("broken", '{"content":{"customerId":"customer-theirs"'),
      envelope("others", closeEvent("another")),
    ]);
    expect(await erase(store, "customer-theirs")).toEqual({ events: 3, records: 1, working: 0 });
    expect(store.queue.depth()).toEqual({ waiting: 1, handedOut: 0, parked: 0 });
    expect(await store.ledger.conversation("conversation#theirs")).toBeUndefined();
    expect(await store.ledger.conversation("conversation#other")).toBeDefined();
    expect(await erase(store, "customer-theirs")).toEqual({ events: 0, records: 0, working: 0 });
    store.close();
    for (const name of ["relay.db", "relay.db-wal"]) {
      expect(readFileSync(join(home.path, name)).includes("customer-theirs")).toBe(false);
    }
  } finally {
    await home.remove();
  }
});
