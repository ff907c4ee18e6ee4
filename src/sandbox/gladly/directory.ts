/** Agents, inboxes, teams and the organization: read-only in Gladly's API (docs/vendors/gladly-api.md section 11). */
import { json } from "../http/exchange";
import { type Route, route } from "../http/router";
import type { Scenario } from "../scenario";
import { listed } from "./listing";
import { notFound } from "./refusal";
import type { GladlySettings } from "./settings";

export interface AgentRecord {
  readonly id: string;
  readonly name: string;
  readonly emailAddress: string;
}

export interface InboxRecord {
  readonly id: string;
  readonly name: string;
  readonly disabled: boolean;
  readonly agentIds: readonly string[];
}

/** The agent id of Gladly's API user. */
export const API_USER_AGENT_ID = "api-user-Sandbox-00001";

export class Directory {
  private agents: readonly AgentRecord[] = [];
  private inboxes: readonly InboxRecord[] = [];
  private teams: Scenario["teams"] = [];
  private organization: Scenario["organization"] | undefined;

  constructor(
    private readonly apiUser: string,
    private readonly url: () => string,
  ) {}

  seed(scenario: Scenario): void {
    this.agents = [
      ...scenario.agents.map(({ id, name, emailAddress }) => ({ id, name, emailAddress })),
      { id: API_USER_AGENT_ID, name: "API User", emailAddress: this.apiUser },
    ];
    this.inboxes = scenario.inboxes;
    this.teams = scenario.teams;
    this.organization = scenario.organization;
  }

  listAgents(): readonly AgentRecord[] {
    return this.agents;
  }

  listInboxes(): readonly InboxRecord[] {
    return this.inboxes;
  }

  agent(id: string): AgentRecord | undefined {
    return this.agents.find((agent) => agent.id === id);
  }

  inbox(id: string): InboxRecord | undefined {
    return this.inboxes.find((inbox) => inbox.id === id);
  }

  routes(settings: () => GladlySettings): Route[] {
    const showInbox = ({ id, name, disabled }: InboxRecord) => ({ id, name, disabled });
    return [
      route("GET", "/api/v1/organization", () => {
        const url = new URL(this.url());
        return json(200, { ...this.organization, loginDomain: url.host, gladlyUrl: url.origin });
      }),
      route("GET", "/api/v1/agents", () => listed(settings(), "agents", this.agents)),
      route("GET", "/api/v1/agents/{agentId}", (_call, path) => json(200, present(this.agent(path.get("agentId"))))),
      route("GET", "/api/v1/inboxes", () => listed(settings(), "inboxes", this.inboxes, showInbox)),
      route("GET", "/api/v1/inboxes/{inboxId}", (_call, path) =>
        json(200, showInbox(present(this.inbox(path.get("inboxId"))))),
      ),
      route("GET", "/api/v1/teams", () => listed(settings(), "teams", this.teams)),
      route("GET", "/api/v1/teams/{teamId}", (_call, path) =>
        json(200, present(this.teams.find((team) => team.id === path.get("teamId")))),
      ),
    ];
  }
}

function present<T>(record: T | undefined): T {
  if (record === undefined) throw notFound();
  return record;
}
