import type { GladlySetup } from "../../provider/support/gladly-core";
import { beforeEachTest } from "./each-test";
import type { Workspace } from "./harness";

let setup: GladlySetup;
let workspace: Workspace;
beforeEachTest((made) => {
  ({ setup, workspace } = made);
});

const topics = (count: number) =>
  `resource "gladly_topic" "many" {\n  count = ${count}\n  name  = "Topic \${count.index}"\n}`;
const topicRequests = async () => (await setup.requests()).filter((request) => request.includes("/api/v1/topics"));

describe("many resources", () => {
  it("500 topics are created with one request each and one per run, and refreshed with a single request", async () => {
    workspace.write(topics(500));
    await workspace.init();
    await setup.requests();
    expect((await workspace.apply()).code).toBe(0);
    const creates = await topicRequests();
    // The plan and the apply each check once whether the names are free.
    expect(creates.filter((request) => request === "GET /api/v1/topics").length).toBeLessThanOrEqual(2);
    expect(creates.filter((request) => request !== "GET /api/v1/topics")).toEqual(
      Array.from({ length: 500 }, () => "POST /api/v1/topics"),
    );
    expect(await workspace.plan()).toMatchObject({ code: 0, changes: [], drift: [] });
    expect(await topicRequests()).toEqual(["GET /api/v1/topics"]);
    // On a busy machine Terraform itself needs half a minute for this many.
  });

  it("keeps Gladly's rate limit, even when the configuration allows more", async () => {
    await setup.call("POST", "/_sandbox/settings", { rateLimit: { perSecond: 8, buckets: "one" } });
    workspace.write(topics(24));
    await workspace.init();
    const applied = await workspace.apply();
    expect(applied).toMatchObject({ code: 0, errors: [] });
    expect(applied.changes).toHaveLength(24);
    await setup.call("POST", "/_sandbox/settings", { rateLimit: { buckets: "off" } });
    expect(await workspace.plan()).toMatchObject({ code: 0 });
  });

  it("retries when Gladly is busy, and creates nothing twice", async () => {
    await setup.call("POST", "/_sandbox/faults", {
      effect: { kind: "status", status: 429 },
      method: "POST",
      path: "/api/v1/topics",
      times: 3,
    });
    workspace.write(topics(3));
    await workspace.init();
    expect(await workspace.apply()).toMatchObject({ code: 0, errors: [] });
    expect((await topicRequests()).filter((request) => request.startsWith("POST"))).toHaveLength(6);
    expect(await workspace.plan()).toMatchObject({ code: 0 });
  });
});
