import { expected } from "./expected-addresses";
import { accountOf, addresses, environment, foundation, integration, json } from "./samples";

/**
 * Terraform's state identifies a resource by its address, so a lost address destroys the deployed resource. Before you change
 * this list, use `moveFromId` on the resource, so that a `moved` block keeps it.
 */
describe("the addresses of resources", () => {
  it("of an environment without a custom domain do not change", () => {
    expect(addresses(json(integration(environment("staging"))))).toEqual([...expected.integration].sort());
  });

  it("of an environment with a domain also have the domain's", () => {
    expect(addresses(json(integration(environment("production"))))).toEqual(
      [...expected.integration, ...expected.domain].sort(),
    );
  });

  it("of an environment without a relay are only Gladly's", () => {
    expect(addresses(json(integration(environment("staging", { delivery: "direct" }))))).toEqual([
      "gladly_topic.do_not_send_topic",
      "gladly_webhook.survey_webhook",
    ]);
  });

  it("of a foundation do not change", () => {
    expect(addresses(json(foundation(accountOf("staging"))))).toEqual([...expected.foundation].sort());
  });
});
