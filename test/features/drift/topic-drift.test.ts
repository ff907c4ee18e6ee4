import { managedIn } from "../../../src/features/drift/managed";
import { judged, planOf, type Resource, topic, webhook, words } from "./support/plans";

const seen = (live: object | null, code: object | null = {}): Resource => ({
  type: "gladly_topic",
  name: "do_not_send_topic",
  state: topic,
  live: live === null ? null : { ...topic, ...live },
  code: code === null ? null : { ...topic, ...code },
});
const applied: Resource = { type: "gladly_webhook", state: webhook };

describe("the do-not-send topic", () => {
  it.each([
    ["renamed", { name: "other" }, "outside-topic-renamed", "critical"],
    ["disabled", { disabled: true }, "outside-topic-disabled", "critical"],
    ["moved", { parent_id: "p1" }, "outside-topic-moved", "warning"],
  ])("%s is reported with its severity, and without a time, which Gladly does not have", (_, live, id, severity) => {
    const found = judged([applied, seen(live)]);
    expect(found).toMatchObject({ state: "drift", ids: [id] });
    expect(found.findings[0]).toMatchObject({ severity, resource: "gladly_topic.do_not_send_topic" });
    expect(found.findings[0]).not.toHaveProperty("since");
  });

  it("is reported with each of several changes", () => {
    expect(judged([seen({ name: "other", disabled: true, parent_id: "p1" })]).ids).toEqual([
      "outside-topic-renamed",
      "outside-topic-disabled",
      "outside-topic-moved",
    ]);
  });

  it("is reported with its parent topic, if known", () => {
    const gladly = { webhooks: [], topics: [{ id: "p1", name: "Parcels", disabled: false }] };
    expect(words(judged([seen({ parent_id: "p1" })], { gladly }))).toContain("under `Parcels`");
    expect(words(judged([seen({ parent_id: "p1" })]))).toContain("under `p1`");
  });

  it("is no drift when the code has the same new name", () => {
    expect(judged([seen({ name: "other" }, { name: "other" })])).toMatchObject({ state: "steady", ids: [] });
  });

  it("that is deleted may mean that it is another organization", () => {
    const found = judged([applied, seen(null)]);
    expect(found.ids).toEqual(["outside-topic-gone"]);
    expect(words(found)).toContain("another organization");
  });

  it("whose name another topic now has is reported although the plan failed", () => {
    // Terraform has read the values, but planned neither the topic nor resources that depend on it.
    const prior = [
      { mode: "managed", type: "gladly_webhook", values: webhook },
      { mode: "managed", type: "gladly_topic", values: { ...topic, name: "other" } },
    ];
    const plan = planOf([seen({ name: "other" })], {
      resource_changes: [],
      errored: true,
      prior_state: { values: { root_module: { resources: prior } } },
    });
    const gladly = { webhooks: [], topics: [{ id: "t2", name: topic.name, disabled: false }] };
    const refused = { notKnown: "The name is taken.", remedy: "rename it" };
    const found = judged([], { plan, gladly, refused });
    expect(found).toMatchObject({ state: "drift", ids: ["outside-topic-renamed", "not-known"] });
    expect(words(found)).toMatch(/refuses two topics of one name/);
    expect(words(found)).toMatch(/rename the other topic \(t2\)/);
    expect(managedIn(plan)).toMatchObject({ webhooks: ["w1"], topics: ["t1"], webhookUrl: webhook.url, applied: true });
  });

  it.each([
    ["nothing else is known: one finding", [], ["not-known"], "production could not be read"],
    [
      "the values that were read are reported",
      [seen({ name: "other" })],
      ["outside-topic-renamed", "not-known", "not-known"],
      "",
    ],
  ])("if neither a plan nor Gladly could be read, and %s", (_what, resources, ids, title) => {
    const plan = planOf(resources, { resource_changes: [], errored: true });
    const refused = { notKnown: "Gladly refused the token.", remedy: "use another" };
    const found = judged([], { plan, gladly: { notKnown: "401.", remedy: "use another" }, refused });
    expect(found).toMatchObject({ ids, coverage: null });
    if (title !== "") expect(found.findings[0]).toMatchObject({ title, detail: refused.notKnown });
  });
});
