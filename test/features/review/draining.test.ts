/** The way back from a relay to Stella itself, as a reviewer reads it. */
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

describe("going back to Stella itself", () => {
  it("with the relay drained is reported as that change, with what comes after", () => {
    const found = delivery(webhook(RELAY, STELLA), relay(true));
    expect(found?.title).toBe("Closed conversations are delivered by `direct` instead of `enrich`");
    expect(found?.detail).toContain("The relay stays and finishes the events that it accepted.");
    expect(found?.remedy).toContain("remove `draining`");
  });

  it("in one step is reported to lose events, with the line that keeps them", () => {
    const found = delivery(webhook(RELAY, STELLA), relay(false));
    expect(found?.detail).toContain("destroyed before the webhook moves");
    expect(found?.remedy).toContain('lost. To finish them first, add `draining: "enrich"`');
  });

  it("is over once the relay is drained: taking it away changes no delivery", () => {
    expect(delivery(webhook(STELLA, STELLA), relay(false))).toBeUndefined();
  });
});
