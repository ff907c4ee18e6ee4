/** `gladly_agent` and `gladly_agents`: agents, including API users. Gladly's API can only read them. */
import type { Agent } from "../../vendors/gladly/wire";
import { defineDataSource } from "../protocol/resource";
import { nestedList, string } from "../protocol/schema/attributes";
import { explained } from "./failure";
import type { Gladly } from "./gladly";
import { exactlyOne, findOne, hasPart } from "./lookup";

const one = {
  id: string({ optional: true, computed: true, description: "The agent's id. Give this or `email_address`." }),
  email_address: string({
    optional: true,
    computed: true,
    description: "The agent's e-mail address, exactly. Give this or `id`.",
  }),
  name: string({ computed: true, description: "The agent's name." }),
};

export const agentDataSource = defineDataSource<typeof one, Gladly>({
  type: "gladly_agent",
  description: "An agent, found by id or e-mail address. API users are agents too.",
  attributes: one,
  validate: ({ id, email_address }, report) => exactlyOne({ id, email_address }, report),
  async read({ id, email_address }, { client: gladly }) {
    const agents = await explained(gladly.url, "Reading the agents", () => gladly.agents());
    return findOne("agent", agents.map(agentFields), { id, email_address });
  },
});

const item = {
  id: string({ computed: true, description: "The agent's id." }),
  email_address: string({ computed: true, description: "The agent's e-mail address." }),
  name: string({ computed: true, description: "The agent's name." }),
};
const many = {
  name_contains: string({ optional: true, description: "Only agents with this in their name, in any case." }),
  email_contains: string({
    optional: true,
    description: "Only agents with this in their e-mail address, in any case, such as `@example.com`.",
  }),
  agents: nestedList(item, { computed: true, description: "The agents, by e-mail address." }),
};

export const agentsDataSource = defineDataSource<typeof many, Gladly>({
  type: "gladly_agents",
  description: "The agents of the organization. Gladly does not show who is active.",
  attributes: many,
  async read(config, { client: gladly }) {
    const agents = await explained(gladly.url, "Reading the agents", () => gladly.agents());
    const found = agents
      .filter(({ name }) => hasPart(name, config.name_contains))
      .filter(({ emailAddress }) => hasPart(emailAddress, config.email_contains))
      .toSorted(
        (a, b) => (a.emailAddress ?? "").localeCompare(b.emailAddress ?? "", "en") || a.id.localeCompare(b.id, "en"),
      );
    return { ...config, agents: found.map(agentFields) };
  },
});

function agentFields(agent: Agent) {
  return { id: agent.id, email_address: agent.emailAddress ?? null, name: agent.name ?? null };
}
