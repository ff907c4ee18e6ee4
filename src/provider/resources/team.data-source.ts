/** `gladly_team` and `gladly_teams`: groups of agents. Gladly's API can only read them. */
import type { Team } from "../../vendors/gladly/wire";
import { defineDataSource } from "../protocol/resource";
import { nestedList, string, stringSet } from "../protocol/schema/attributes";
import { explained } from "./failure";
import type { Gladly } from "./gladly";
import { byName, exactlyOne, findOne, hasPart } from "./lookup";

const one = {
  id: string({ optional: true, computed: true, description: "The team's id. Give this or `name`." }),
  name: string({ optional: true, computed: true, description: "The team's name, exactly. Give this or `id`." }),
  description: string({ computed: true, description: "The team's description." }),
  agent_ids: stringSet({ computed: true, description: "The ids of its agents." }),
};

export const teamDataSource = defineDataSource<typeof one, Gladly>({
  type: "gladly_team",
  description: "A team, found by its id or its name.",
  attributes: one,
  validate: ({ id, name }, report) => exactlyOne({ id, name }, report),
  async read({ id, name }, { client: gladly }) {
    const teams = await explained(gladly.url, "Reading the teams", () => gladly.teams());
    return findOne("team", teams.map(teamFields), { id, name });
  },
});

const item = {
  id: string({ computed: true, description: "The team's id." }),
  name: string({ computed: true, description: "The team's name." }),
  description: string({ computed: true, description: "The team's description." }),
  agent_ids: stringSet({ computed: true, description: "The ids of its agents." }),
};
const many = {
  name_contains: string({ optional: true, description: "Only teams with this in their name, in any case." }),
  agent_id: string({ optional: true, description: "Only teams that this agent is in." }),
  teams: nestedList(item, { computed: true, description: "The teams, by name." }),
};

export const teamsDataSource = defineDataSource<typeof many, Gladly>({
  type: "gladly_teams",
  description: "The teams of the organization.",
  attributes: many,
  async read(config, { client: gladly }) {
    const teams = await explained(gladly.url, "Reading the teams", () => gladly.teams());
    const found = teams
      .filter(({ name }) => hasPart(name, config.name_contains))
      .filter(({ agentIds }) => config.agent_id === null || (agentIds ?? []).includes(config.agent_id))
      .toSorted(byName);
    return { ...config, teams: found.map(teamFields) };
  },
});

function teamFields(team: Team) {
  return {
    id: team.id,
    name: team.name ?? null,
    description: team.description ?? null,
    agent_ids: [...new Set(team.agentIds ?? [])],
  };
}
