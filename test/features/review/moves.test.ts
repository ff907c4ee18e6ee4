/** An environment that moves to a place with an empty state: the review differs from that of a first deployment. */
import { reviewPlans } from "../../../src/features/review/judge";
import type { Place } from "../../../src/features/review/place";
import type { FindingId } from "../../../src/report/catalogue";
import { markdownReport } from "../../../src/report/reporters/markdown";
import type { Plan } from "../../../src/terraform/plan";
import { idsOf, inputOf, planIn, type SmallChange, small } from "./support/plans";

const url = "https://surveys.example.com/v1/webhooks/gladly";
const events = ["CONVERSATION/CLOSED"];
const create: SmallChange = {
  address: "gladly_webhook.survey_webhook",
  actions: ["create"],
  after: { name: "Surveys", url, events },
};
const adopt: SmallChange = {
  ...create,
  actions: ["update"],
  before: { name: "Surveys", url: "https://old.example.com/v1/webhooks/gladly", events },
  importing: { id: "tP4sVb0WQ3mZ8nYc1xKj7w" },
};
const queue: SmallChange = { address: "aws_sqs_queue.relay_queue_main", actions: ["create"], after: { name: "q" } };

const gladlyUrl = "https://example.gladly.com";
const old: Place = { on: "aws", account: "111122223333", region: "us-east-1", gladlyUrl };

const text = (plan: Plan, earlier?: Place) =>
  markdownReport(reviewPlans([{ name: "production", plan, ...(earlier === undefined ? {} : { earlier }) }]));

describe("a plan by the real Terraform for an environment that moves", () => {
  it.each<[string, readonly FindingId[], readonly string[]]>([
    ["aws-moved-account", ["relay-left-behind", "webhook-created"], ["both deliver: no close is lost"]],
    ["aws-moved-region", ["relay-left-behind", "webhook-created"], ["`account 444455556666, eu-west-1`"]],
    [
      "aws-moved-with-webhook",
      ["relay-left-behind", "webhook-moved", "resource-adopted"],
      ["moves to the new relay in one write, so no close is lost", "becomes the relay's own password, version 1"],
    ],
    ["local-moved-organization", ["gladly-organization-left", "plan-errored"], ["`http://127.0.0.1:4611`"]],
    ["local-moved-organization-unread", ["gladly-organization-left"], ["The old webhook keeps delivering"]],
  ])("%s", (name, expected, words) => {
    const report = reviewPlans([inputOf(name)]);
    const ids = report.findings.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining([...expected]));
    // Both are wrong for an environment that only moves, and alarms are not new findings there.
    for (const id of ["first-deployment", "delivery-changed", "alarm-added", "webhook-deleted-outside"]) {
      expect(ids).not.toContain(id);
    }
    const shown = markdownReport(report);
    for (const part of words) expect(shown).toContain(part);
  });
});

describe("a plan over an empty state", () => {
  it.each<[string, Place, string]>([
    ["another account", { ...old, account: "444455556666" }, "account 444455556666, us-east-1"],
    ["another Region", { ...old, region: "eu-west-1" }, "account 111122223333, eu-west-1"],
    ["one machine", { on: "one machine", gladlyUrl }, "one machine"],
  ])("says that the old relay stays in a move to %s", (_, place, words) => {
    const shown = text(planIn(place, [create, queue]), old);
    expect(shown).toContain(`The relay moves from \`account 111122223333, us-east-1\` to \`${words}\``);
    expect(shown).toContain("both deliver: no close is lost, and customers can get two surveys");
    expect(shown).toContain("Moving to another account or Region");
    expect(shown).not.toContain("created for the first time");
    expect(shown).toContain("then revert the change and apply, and the old relay has the webhook again.");
  });

  it("says that no close is lost if the webhook is imported, and how to remove it from the old state", () => {
    const shown = text(planIn({ ...old, account: "444455556666" }, [adopt, queue]), old);
    expect(shown).toContain("The webhook moves to the new relay in one write, so no close is lost");
    expect(shown).toContain(
      "`terraform state rm gladly_webhook.survey_webhook` makes Terraform forget what was imported",
    );
  });

  it("also names the old organization", () => {
    const other = { ...old, gladlyUrl: "https://other.gladly.com" };
    expect(idsOf(planIn(other, [create, queue]), "production", old)).toContain("gladly-organization-left");
    const both = idsOf(planIn({ ...other, account: "444455556666" }, [create, queue]), "production", old);
    expect(both).toEqual(expect.arrayContaining(["gladly-organization-left", "relay-left-behind"]));
  });

  it.each<[string, Plan, Place | undefined]>([
    ["a new environment", planIn(old, [create, queue]), undefined],
    ["one that stays", planIn(old, [create, queue]), old],
    ["an unknown place", planIn({ on: "aws" }, [create, queue]), old],
    ["a plan without its configuration", { ...planIn(old, [create]), configuration: undefined }, old],
    ["a state that is not empty", small([create]), { ...old, account: "444455556666" }],
  ])("says nothing of a move: %s", (_, plan, earlier) => {
    const ids = idsOf(plan, "production", earlier);
    expect(ids).not.toContain("relay-left-behind");
    expect(ids).not.toContain("gladly-organization-left");
  });
});
