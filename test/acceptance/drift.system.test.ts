/** One kind of drift, for every day. The others are in drift.slow.test.ts. */
import { DriftWorld } from "./drift/world";

const world = new DriftWorld();
beforeAll(() => world.start());
afterAll(() => world.remove());

it("a webhook switched off by hand is found with its cause, healed by an apply, and clean again", async () => {
  await world.gladly.updateWebhook((await world.webhook()).id, { enabled: false });
  const { code, report, ids } = await world.drift("sandbox");
  expect({ code, state: report.state, ids }).toEqual({ code: 2, state: "drift", ids: ["outside-webhook-off"] });
  expect(report.findings[0]?.since).toBe((await world.webhook()).updatedAt);
  await world.apply();
  expect(await world.drift("sandbox")).toMatchObject({ code: 0, ids: [] });
});
