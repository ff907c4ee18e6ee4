/** Each part of a plan's format is shown or reported as not understood. An unknown part never counts as no change. */
import { isOurs } from "../../../src/features/review/attribute-rows";
import { reviewPlans } from "../../../src/features/review/judge";
import { FORMATS, render } from "../../../src/report/reporters";
import { markdownReport } from "../../../src/report/reporters/markdown";
import { expected } from "../../deploy/stacks/expected-addresses";
import { idsOf, resource, type SmallChange, small } from "./support/plans";

const WEBHOOK = "gladly_webhook.survey_webhook";
const webhook = {
  name: "Surveys",
  url: "https://surveys.example.com/v1/webhooks/gladly",
  events: ["CONVERSATION/CLOSED"],
};
const OURS = Object.values(expected)
  .flat()
  .map((address) => ({ type: address.split(".")[0] ?? "", name: address.split(".")[1] ?? "" }));
const KNOWN_TYPES = [...new Set(OURS.map(({ type }) => type))].filter((type) => type.startsWith("aws_"));

const text = (changes: readonly SmallChange[], more: object = {}) =>
  render(reviewPlans([{ name: "production", plan: small(changes, more) }]), "markdown", { colour: false });

describe("a review", () => {
  it("lists changed outputs, with a matching way back", () => {
    const output_changes = { where: { actions: ["update"], before: "here", after: "there" } };
    const shown = text([], { output_changes });
    expect(shown).toContain("| `where` | `here` | `there` |");
    expect(shown).toContain("The way back: revert the change and apply.");
    expect(shown).not.toContain("state rm");
  });

  it("hides an output that is sensitive before or after", () => {
    const output_changes = { where: { actions: ["update"], before: "hush", after: "hush2", before_sensitive: true } };
    expect(text([], { output_changes })).not.toContain("hush");
  });

  it("names deferred changes with their reason, in the title too", () => {
    const change = resource({ address: WEBHOOK, actions: ["delete"], before: webhook });
    const more = {
      complete: false,
      deferred_changes: [{ reason: "provider_config_unknown", resource_change: change }],
    };
    const shown = text([], more);
    expect(shown).toContain("## production: 1 change deferred");
    expect(shown).toContain("| destroy | `gladly_webhook.survey_webhook` | provider config unknown |");
    expect(shown).not.toContain("Nothing changes for customers");
  });

  it("names actions, and does not say that there are no changes", () => {
    const invocation = { address: "action.aws_lambda_invoke.purge", type: "aws_lambda_invoke" };
    const shown = text([], { action_invocations: [invocation] });
    expect(shown).toContain("`action.aws_lambda_invoke.purge`");
    expect(shown).not.toContain("Nothing to do");
    expect(shown).toContain("This does not bring back what the actions did.");
  });

  it("does not treat a deposed object as the webhook", () => {
    const ids = idsOf(small([{ address: WEBHOOK, actions: ["delete"], before: webhook, deposed: "a1b2c3d4" }]));
    expect(ids).toEqual(["resource-leftover"]);
  });

  it("says that a forgotten webhook stays in Gladly", () => {
    const change = { address: WEBHOOK, actions: ["create", "forget"], before: webhook, after: webhook };
    expect(idsOf(small([change]))).toEqual(["webhook-left-behind"]);
    expect(text([change])).not.toContain("created again");
  });

  it("shows a move with the other changes", () => {
    const change = {
      address: "terraform_data.relay_configuration",
      previous_address: "terraform_data.old",
      actions: ["update"],
      before: { input: { a: 1 } },
      after: { input: { a: 2 } },
    };
    const shown = text([change]);
    expect(shown).toContain("The same apply also changes it");
    expect(shown).toContain("was `terraform_data.old`; `input.a`");
  });

  it("names the whole way back", () => {
    const shown = text([
      { address: "terraform_data.a", actions: ["update"], before: { input: 1 }, after: { input: 2 } },
      { address: "terraform_data.kept", actions: ["forget"], before: { input: 1 } },
      {
        address: "gladly_topic.t",
        actions: ["no-op"],
        before: { name: "t" },
        after: { name: "t" },
        importing: { id: "1" },
      },
      { address: "aws_dynamodb_table.relay_ledger", actions: ["delete"], before: { name: "l" } },
    ]);
    for (const part of [
      "revert the change and apply.",
      "`terraform state rm gladly_topic.t` makes Terraform forget what was imported",
      "must be imported again: `terraform_data.kept`",
      "This does not bring back the ledger's records.",
    ]) {
      expect(shown).toContain(part);
    }
  });

  it("says only what it knows about unknown types", () => {
    const shown = text([{ address: "a.b", actions: ["update"], before: { x: 1 }, after: { x: 2 } }]);
    expect(shown).not.toContain("Nothing changes for customers");
    expect(shown).toContain("No known effect on customers");
  });

  it.each(KNOWN_TYPES)("says nothing about the relay for an unrelated %s", (type) => {
    for (const actions of [["create"], ["update"], ["delete"], ["delete", "create"]]) {
      const before = actions[0] === "create" ? null : { name: "orders" };
      const after = actions.at(-1) === "delete" ? null : { name: "orders2" };
      const report = reviewPlans([
        { name: "shop", plan: small([{ address: `${type}.orders`, actions, before, after }]) },
      ]);
      const ids = report.findings.map(({ id }) => id);
      expect(ids).toContain("resource-unknown");
      expect(report.findings.filter(({ severity }) => severity === "critical")).toEqual([]);
      const shown = markdownReport(report);
      expect(shown).toContain("No known effect on customers");
      expect(shown).not.toMatch(/relay|ledger|state bucket|watchdog|webhook/i);
    }
  });

  it("treats an ephemeral resource as no change, and as understood", () => {
    const opened = { address: "ephemeral.aws_secretsmanager_secret_version.a", mode: "ephemeral", actions: ["open"] };
    expect(idsOf(small([opened]))).toEqual([]);
    expect(text([opened])).toContain("Nothing to do");
    expect(idsOf(small([{ ...opened, actions: ["renew"] }]))).toEqual(["plan-not-understood"]);
  });

  it("knows every resource that a stack of this project may have", () => {
    expect(OURS.filter((one) => !isOurs(one))).toEqual([]);
  });

  it("reads types and names that are also JavaScript properties", () => {
    for (const name of ["__proto__", "constructor", "toString"]) {
      const plan = small([]);
      const odd = { ...plan.resource_changes[0], address: `${name}.${name}`, type: name, name };
      const change = { actions: ["create"], before: -1, after: { toString: 1 } };
      const report = reviewPlans([
        { name: "p", plan: { ...plan, resource_changes: [{ ...odd, mode: "managed", change }] } },
      ]);
      for (const format of FORMATS) expect(render(report, format, { colour: false })).toContain(name);
    }
  });
});
