/** A short test of the built functions. The rest is in functions.slow.test.ts and contract.slow.test.ts. */
import { explain } from "../../../src/relay/explain";
import { closeEvent } from "../support/test-relay";
import { Upstreams } from "../support/upstreams";
import { eventually } from "../support/wait";
import { Deployment, Site } from "./support/deployment";
import { total } from "./support/output";

let site: Site;
let upstreams: Upstreams;
let relay: Deployment;
beforeAll(async () => {
  site = await Site.open();
  upstreams = await Upstreams.start();
  relay = await Deployment.start(site, upstreams);
});
afterAll(async () => {
  await relay.stop();
  await upstreams.stop();
  await site.close();
});

it("a close that Gladly delivers twice causes one survey, through gateway, queue and ledger", async () => {
  upstreams.addConversation("closed");
  expect(await relay.post(closeEvent("closed"))).toBe(200);
  expect(await relay.post(closeEvent("closed"))).toBe(200);
  await eventually(
    async () => (await explain(relay.operator.ledger, "closed"))[0]?.state,
    (state) => state === "sent",
  );
  expect(upstreams.received).toHaveLength(1);
});

it("a function without metrics logs no warning about that", async () => {
  const accepted = () => total(relay.output(), "Accepted");
  const before = await eventually(accepted, (count) => count === 2);
  // A request that is not a delivery is answered but not counted.
  expect(await (await fetch(new URL("/healthz", relay.publicUrl))).text()).toBe("ok\n");
  expect(await relay.post('{"type":"PING"}')).toBe(200);
  await eventually(accepted, (count) => count === before + 1);
  // The warning of Powertools when there is nothing to publish.
  expect(relay.output()).not.toMatch(/application metrics/i);
});
