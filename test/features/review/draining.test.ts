/** The review of the change back from a relay to Stella. */
import { reviewPlans } from "../../../src/features/review/judge";
import { PlanSchema } from "../../../src/terraform/plan";

const RELAY = "https://relay.example.com/v1/webhooks/gladly";
const STELLA = "https://api.stellaconnect.net/v1/webhooks/gladly";

const webhook = (before: string, after: string) => ({
  ...{ address: "gladly_webhook.survey_webhook", mode: "managed", type: "gladly_webhook", name: "survey_webhook" },
  change: {
    actions: [before === after ? "no-op" : "update"],
    ...{ before: { name: "Surveys", url: before }, after: { name: "Surveys", url: after } },
    ...{ after_unknown: {}, before_sensitive: {}, after_sensitive: {} },
  },
});
const input = { input: { surveyMode: "test", delivery: "enrich", stella: { url: "https://api.stellaconnect.net" } } };
const relay = (stays: boolean) => ({
  ...{ address: "terraform_data.relay_configuration", mode: "managed", type: "terraform_data" },
  name: "relay_configuration",
  change: {
    actions: [stays ? "no-op" : "delete"],
    ...{ before: input, after: stays ? input : null },
    ...{ after_unknown: {}, before_sensitive: {}, after_sensitive: {} },
  },
});

function delivery(...resources: readonly object[]) {
  const plan = PlanSchema.parse({ format_version: "1.2", resource_changes: resources });
  const { findings } = reviewPlans([{ name: "staging", plan }]);
  return findings.find(({ id }) => id === "delivery-changed");
}

describe("a change back to Stella", () => {
  it("with draining is reported as that change, with the next step", () => {
    const found = delivery(webhook(RELAY, STELLA), relay(true));
    expect(found?.title).toBe("Closed conversations are delivered by `direct` instead of `enrich`");
    expect(found?.detail).toContain("The relay stays and finishes the events that it accepted.");
    expect(found?.remedy).toContain("remove `draining`");
  });

  it("in one step is reported to lose events, with the setting that prevents it", () => {
    const found = delivery(webhook(RELAY, STELLA), relay(false));
    expect(found?.detail).toContain("destroyed before the webhook moves");
    expect(found?.remedy).toContain('lost. To finish them first, add `draining: "enrich"`');
  });

  it("is complete when the relay is drained: removing the relay changes no delivery", () => {
    expect(delivery(webhook(STELLA, STELLA), relay(false))).toBeUndefined();
  });
});
