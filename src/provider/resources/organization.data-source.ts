/** `gladly_organization`: the organization. Reading it is also the cheapest check of address, user and token. */
import { defineDataSource } from "../protocol/resource";
import { string } from "../protocol/schema/attributes";
import { explained } from "./failure";
import type { Gladly } from "./gladly";

const attributes = {
  id: string({ computed: true, description: "The organization's id." }),
  name: string({ computed: true, description: "The organization's name." }),
  login_domain: string({ computed: true, description: "The domain that its users log in with." }),
  timezone: string({ computed: true, description: "Its time zone, such as `America/New_York`." }),
  gladly_url: string({ computed: true, description: "The address of its Gladly." }),
};

export const organizationDataSource = defineDataSource<typeof attributes, Gladly>({
  type: "gladly_organization",
  description: "The Gladly organization that the provider is configured for.",
  attributes,
  async read(_config, { client: gladly }) {
    const found = await explained(gladly.url, "Reading the organization", () => gladly.client.organization());
    return {
      id: found.id,
      name: found.name ?? null,
      login_domain: found.loginDomain ?? null,
      timezone: found.timezone ?? null,
      gladly_url: found.gladlyUrl ?? null,
    };
  },
});
