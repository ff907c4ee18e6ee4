/** Many closes at once with random faults: each ends in one survey, or in none with a reason. */
import fc from "fast-check";
import { explain } from "../../../src/relay/explain";
import { closeEvent } from "../support/test-relay";
import { Upstreams } from "../support/upstreams";
import { eventually } from "../support/wait";
import { Deployment, Site } from "./support/deployment";

const CLOSES = 60;

/** Numbers from 0 to below 1. The same seed gives the same sequence. */
function sequence(seed: number): () => number {
  let state = seed % 2_147_483_647 || 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

it("a storm of closes, redeliveries and faults loses nothing and sends nothing twice", async () => {
  const [seed = 1] = fc.sample(fc.integer({ min: 1, max: 1_000_000 }), 1);
  const random = sequence(seed);
  const upstreams = await Upstreams.start();
  const site = await Site.open();
  const relay = await Deployment.start(site, upstreams);
  try {
    // On a busy machine a worker must not time out because its call is slow.
    await relay.deploy({}, { workerTimeout: 600 });
    const eligible: string[] = [];
    const ineligible: string[] = [];
    const deliveries: string[] = [];
    for (let index = 0; index < CLOSES; index += 1) {
      const id = `c${index}`;
      const withEmail = random() > 0.15;
      (withEmail ? eligible : ineligible).push(id);
      upstreams.addConversation(id, {}, withEmail ? `${id}@example.net` : null);
      for (let copy = 0; copy <= Math.floor(random() * 3); copy += 1) deliveries.push(id);
    }
    deliveries.sort(() => random() - 0.5);
    // Stella only refuses requests, and never loses an answer: after a lost answer a second survey would be correct.
    for (let index = 0; index < CLOSES / 4; index += 1) upstreams.moods.push(random() < 0.5 ? 503 : 429);
    upstreams.moods.push(...Array.from({ length: 10 }, () => 200));
    site.aws.fault = ({ caller }) => {
      const chance = caller === "ingest" || caller === "worker" ? random() : 1;
      return chance < 0.04 ? 500 : chance < 0.08 ? "cut" : undefined;
    };
    const statuses = new Set<number>();
    for (let batch = deliveries.splice(0, 8); batch.length > 0; batch = deliveries.splice(0, 8)) {
      await Promise.all(
        batch.map(async (id) => {
          const status = await relay.post(closeEvent(id));
          statuses.add(status);
          // As Gladly does.
          if (status !== 200) deliveries.push(id);
        }),
      );
    }
    const records = async () => {
      const all = [...eligible, ...ineligible].map((id) => explain(relay.operator.ledger, id));
      // On a busy machine the table may answer late. Then the test asks again.
      return (await Promise.all(all).catch(() => [])).flat();
    };
    const finished = await eventually(
      records,
      (list) => list.length === CLOSES && list.every(({ state }) => state === "sent" || state === "skipped"),
      { pause: 500 },
    );
    expect([...statuses].filter((status) => status !== 200 && status !== 503)).toEqual([]);
    const surveyed = upstreams.surveys().map(({ ext_interaction_id }) => String(ext_interaction_id));
    expect({ seed, surveyed: surveyed.sort() }).toEqual({ seed, surveyed: eligible.sort() });
    const skipped = finished.filter(({ state }) => state === "skipped");
    expect(skipped.map(({ conversationId }) => conversationId).sort()).toEqual(ineligible.sort());
    expect(new Set(skipped.map(({ reason }) => reason))).toEqual(new Set(["no-customer-email"]));
    expect(relay.workerErrors).toEqual([]);
  } finally {
    site.aws.fault = () => undefined;
    await relay.stop();
    await site.close();
    await upstreams.stop();
  }
});
