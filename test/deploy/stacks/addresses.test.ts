import { expected } from "./expected-addresses";
import { accountOf, addresses, environment, foundation, integration, json } from "./samples";

/**
 * An address is where Terraform's state keeps a resource. A lost address destroys what is deployed: before changing
 * this list, use `moveFromId` on the resource, so that a `moved` block keeps it.
 */
describe("the addresses of resources", () => {
  it("of an environment without a domain of its own stay as they are", () => {
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

  it("of a foundation stay as they are", () => {
    expect(addresses(json(foundation(accountOf("staging"))))).toEqual([...expected.foundation].sort());
  });
});
