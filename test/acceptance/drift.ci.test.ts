/** A short test of one kind of drift. The others are in drift.slow.test.ts. */
import { DriftSetup } from "./drift/setup";

const setup = new DriftSetup();
beforeAll(() => setup.start());
afterAll(() => setup.remove());

it("a manually disabled webhook is found with its cause, and an apply enables it and sets the password again", async () => {
  await setup.gladly.updateWebhook((await setup.webhook()).id, { enabled: false });
  const { code, report, ids } = await setup.drift("sandbox");
  expect({ code, state: report.state, ids }).toEqual({
    code: 2,
    state: "drift",
    ids: ["outside-webhook-edited", "outside-webhook-off"],
  });
  expect(report.findings[0]?.since).toBe((await setup.webhook()).updatedAt);
  await setup.apply();
  const healed = await setup.drift("sandbox");
  expect(healed).toMatchObject({ code: 2, ids: ["outside-webhook-edited"] });
  await setup.setPasswordAgain();
  expect(await setup.drift("sandbox")).toMatchObject({ code: 0, ids: [] });
});
