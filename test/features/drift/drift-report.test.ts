import { driftReport } from "../../../src/features/drift/judge";
import type { StackLook } from "../../../src/features/drift/observation";
import { render } from "../../../src/report/reporters";
import { environment, NOON, planOf, type Resource, topic, webhook } from "./support/plans";

const steady: readonly Resource[] = [
  { type: "gladly_webhook", state: webhook },
  { type: "gladly_topic", state: topic },
];
const renamed: readonly Resource[] = [
  { type: "gladly_webhook", state: webhook },
  { type: "gladly_topic", state: topic, live: { ...topic, name: "other" } },
];
const gladly = {
  webhooks: [
    {
      id: "w1",
      name: "Send Stella Survey",
      url: webhook.url,
      events: [],
      enabled: true,
      hasCredentials: true,
      headerKeys: [],
    },
    {
      id: "w9",
      name: "Warehouse",
      url: "https://w.example.com/x",
      events: [],
      enabled: false,
      hasCredentials: false,
      headerKeys: [],
    },
  ],
  topics: [],
};
const look = (stack: string, resources: readonly Resource[], change: Partial<StackLook> = {}): StackLook => ({
  stack,
  environment,
  plan: planOf(resources),
  gladly,
  ...change,
});
const unknown = (stack: string) =>
  look(stack, [], { plan: { notKnown: "No credentials.", remedy: "take some" }, gladly: { notKnown: "", remedy: "" } });
const titleOf = (...looks: readonly StackLook[]) => driftReport(looks, NOON).title;

describe("a report on drift", () => {
  it("has its result as its title", () => {
    expect(titleOf(look("production", steady))).toBe("No drift in production");
    expect(titleOf(look("a", steady), look("b", steady))).toBe("No drift in 2 stacks");
    expect(titleOf(look("a", steady), look("b", renamed), unknown("c"))).toBe("Drift in b; not known: c");
    expect(titleOf(unknown("c"))).toBe("Not known: c");
  });

  it("has the state of its worst stack, and not known hides no drift", () => {
    const state = (...looks: readonly StackLook[]) => driftReport(looks, NOON).data.state;
    expect(state(look("a", steady))).toBe("steady");
    expect(state(look("a", steady), unknown("b"))).toBe("unknown");
    expect(state(look("a", renamed), unknown("b"))).toBe("drift");
  });

  it("names the stack in each finding if there are several stacks", () => {
    const { findings } = driftReport([look("staging", renamed), unknown("production")], NOON);
    expect(findings.map(({ title }) => title)).toEqual([
      expect.stringMatching(/^staging: Someone renamed the topic/),
      "production could not be read",
    ]);
    expect(driftReport([look("a", renamed)], NOON).findings[0]?.title).toMatch(/^Someone renamed the topic/);
  });

  it("has each stack's state, findings, coverage and time in JSON", () => {
    const { data } = driftReport([look("a", renamed), unknown("b")], NOON);
    const checkedAt = "2026-11-22T12:00:00.000Z";
    expect(data).toMatchObject({
      checkedAt,
      state: "drift",
      stacks: [
        {
          name: "a",
          state: "drift",
          checkedAt,
          findings: [{ id: "outside-topic-renamed" }],
          coverage: {
            webhooks: 2,
            underCode: 1,
            others: [{ name: "Warehouse", host: "w.example.com", enabled: false }],
          },
        },
        { name: "b", state: "unknown", checkedAt, coverage: null },
      ],
    });
  });

  it("counts objects that any stack of the same organization manages", () => {
    const other = { type: "gladly_webhook", state: { ...webhook, id: "w9" } };
    const looks = [look("a", steady), look("b", [other])];
    expect(driftReport(looks, NOON).data).toMatchObject({
      stacks: [{ coverage: { underCode: 2, others: [] } }, { coverage: { underCode: 2, others: [] } }],
    });
  });

  it.each(["terminal", "markdown"] as const)("shows on %s what is managed by code and what is not", (format) => {
    const text = render(driftReport([look("a", steady)], NOON), format, { colour: false });
    expect(text).toContain("Terraform manages 1 of 2 webhooks of the organization of a");
    expect(text).toContain("Warehouse");
  });

  it("has equal bytes for equal input", () => {
    const text = () => render(driftReport([look("a", renamed), unknown("b")], NOON), "json", { colour: false });
    expect(text()).toBe(text());
  });

  it("has no coverage for a foundation, which has nothing in Gladly", () => {
    const bucket: Resource = { type: "aws_s3_bucket", name: "state", state: { bucket: "b" }, live: null };
    const { data } = driftReport([{ stack: "foundation-1", plan: planOf([bucket]) }], NOON);
    expect(data).toMatchObject({ stacks: [{ state: "drift", findings: [{ id: "outside-relay-deleted" }] }] });
    expect(JSON.stringify(data)).not.toContain("coverage");
  });

  it("reports a failed check of the stack only if nothing differs", () => {
    const checks = [
      {
        address: { to_display: "check.webhook_is_on" },
        status: "fail",
        instances: [{ problems: [{ message: "The webhook is switched off." }] }],
      },
    ];
    const idsOf = (resources: readonly Resource[]) =>
      driftReport([look("a", [], { plan: planOf(resources, { checks }) })], NOON).findings.map(({ id }) => id);
    expect(idsOf(steady)).toEqual(["check-failed"]);
    // The difference that makes it fail is already reported.
    expect(idsOf(renamed)).toEqual(["outside-topic-renamed"]);
  });
});
