import type { Value } from "../../../src/provider/protocol/values/value";
import { defaultScenario } from "../../../src/sandbox/default-scenario";
import { type GladlySetup, gladlyCore, startGladlySetup } from "../support/gladly-core";

let setup: GladlySetup;
beforeAll(async () => {
  setup = await startGladlySetup();
});
afterAll(() => setup.close());

async function read(type: string, config: Record<string, Value> = {}) {
  return (await gladlyCore(setup.sandbox.gladly.url)).readData(type, config);
}

const topic = defaultScenario.topics[0];
const agent = defaultScenario.agents[0];
const inbox = defaultScenario.inboxes[0];

describe("data sources", () => {
  it("return the organization", async () => {
    const { state, errors } = await read("gladly_organization");
    expect(errors).toEqual([]);
    expect(state).toMatchObject({ name: defaultScenario.organization.name, gladly_url: setup.sandbox.gladly.url });
  });

  it.each([
    ["a page", 200, /Gladly's answer is not understood.*is the address of a Gladly organization/s],
    ["a redirect", 302, /Gladly refused.*Is http.*the address of a Gladly organization\?/s],
    ["nothing there", 404, /Gladly refused.*Is http.*the address of a Gladly organization\?/s],
  ])("ask whether the address is Gladly's after %s", async (_what, status, message) => {
    setup.receiver.status = status;
    const elsewhere = await gladlyCore(setup.receiver.url(""));
    const { errors } = await elsewhere.readData("gladly_organization", {});
    setup.receiver.status = 200;
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(message);
  });

  it("find an object by each search attribute", async () => {
    if (!topic || !agent || !inbox) throw new Error("the scenario has no topic, agent or inbox");
    const webhook = { name: "By hand", url: setup.receiver.url("/by-hand"), events: ["CONVERSATION/CLOSED"] };
    await setup.call("POST", "/api/v1/webhooks", webhook);
    const byUrl = await read("gladly_webhook", { url: webhook.url });
    expect(byUrl.state).toMatchObject({ name: "By hand", enabled: false, status: "disabled", has_credentials: false });
    expect((await read("gladly_webhook", { id: String(byUrl.state?.id) })).state).toEqual(byUrl.state);
    expect((await read("gladly_topic", { name: topic.name })).state).toMatchObject({ id: topic.id });
    expect((await read("gladly_topic", { id: topic.id })).state).toMatchObject({ name: topic.name });
    expect((await read("gladly_inbox", { name: inbox.name })).state).toMatchObject({ id: inbox.id });
    expect((await read("gladly_agent", { email_address: agent.emailAddress })).state).toMatchObject({ id: agent.id });
  });

  it("report a missing object on the given attribute", async () => {
    expect((await read("gladly_topic", { name: "none such" })).errors.join()).toMatch(/^name: No such topic/);
    expect((await read("gladly_agent", { id: "none-such" })).errors.join()).toMatch(/^id: No such agent/);
  });

  it("need exactly one search attribute", async () => {
    expect((await read("gladly_inbox")).errors.join()).toMatch(/Set exactly one of `id`, `name`/);
    expect((await read("gladly_team", { id: "a", name: "b" })).errors.join()).toMatch(
      /^name: Too many search attributes/,
    );
  });

  it("list with filters, and without disabled objects by default", async () => {
    await setup.call("POST", "/api/v1/topics", { id: "zz-off", name: "ZZ off", disabled: true });
    const names = async (config: Record<string, Value>) => {
      const { state, errors } = await read("gladly_topics", config);
      expect(errors).toEqual([]);
      if (!Array.isArray(state?.topics)) throw new Error("no list of topics");
      return state.topics.map((found) => found.name);
    };
    expect(await names({})).not.toContain("ZZ off");
    expect(await names({ include_disabled: true, name_contains: "zz O" })).toEqual(["ZZ off"]);
    const { state } = await read("gladly_agents", { email_contains: "no-such-domain" });
    expect(state?.agents).toEqual([]);
    expect((await read("gladly_webhooks", { status: "sleeping" })).errors.join()).toMatch(/^status: /);
    expect((await read("gladly_webhooks", { event: "CONVERSATION/CREATED" })).state?.webhooks).toEqual([]);
    expect((await read("gladly_inboxes", {})).state?.inboxes).not.toEqual([]);
    expect((await read("gladly_teams", {})).errors).toEqual([]);
  });
});
