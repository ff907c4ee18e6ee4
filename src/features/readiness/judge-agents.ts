/**
 * Every agent who can get a conversation needs an active Stella profile. Stella refuses a survey about anyone else (docs/vendors/stella-connect-api.md section 3).
 */

import { compareTexts } from "../../contract/compare";
import { code, count, type Table } from "../../report/report";
import type { Agent } from "../../vendors/gladly/wire";
import type { ActiveProfiles } from "../../vendors/stella/employees";
import type { ReadinessFacts } from "./facts";
import { about, type Item } from "./item";

const { ready, note, notReady, notKnown } = about("agents");
const profilesOf = about("profiles");

/** What readiness needs of an environment's agents, as figures for a machine. */
export interface AgentCounts {
  readonly all: number;
  readonly active: number;
  readonly bots: number;
  readonly accepted: number;
  readonly withoutProfile: number;
  readonly withoutEmail: number;
}

export interface AgentsJudged {
  readonly items: readonly Item[];
  readonly counts?: AgentCounts;
}

export function judgeAgents({ agents, profiles, environment }: ReadinessFacts): AgentsJudged {
  if (!agents.known) return { items: [notKnown("agents-not-known", agents.why, agents.remedy)] };
  if (!profiles.known) return { items: [profilesOf.notKnown("profiles-not-known", profiles.why, profiles.remedy)] };
  const accepted = environment.manualSteps.agentsWithoutProfile?.agents ?? [];
  // The owner of the API token is an agent in Gladly too, and gets no conversations.
  const bots = [...(environment.policy?.bots ?? []), environment.gladly.user];
  const sorted = sort(agents.value, profiles.value, bots, accepted);
  const counts = {
    all: agents.value.length,
    active: sorted.active.length,
    bots: sorted.bots.length,
    accepted: sorted.accepted.length,
    withoutProfile: sorted.withoutProfile.length,
    withoutEmail: sorted.withoutEmail.length,
  };
  const lacking = [...withoutProfile(sorted.withoutProfile, profiles.value), ...withoutEmail(sorted.withoutEmail)];
  const others = [
    ...(counts.bots > 0 ? [count(counts.bots, "is a bot or an API user", "are bots or API users")] : []),
    ...(counts.accepted > 0 ? [`${counts.accepted} listed as needing none`] : []),
  ];
  const fine = `${counts.active} of ${count(counts.all, "agent")} ${counts.active === 1 ? "has" : "have"} an active Stella profile`;
  if (counts.active === 0) {
    const item = notReady({
      id: "no-active-profile",
      seen: "No agent has an active Stella profile, so no survey would be sent.",
      remedy: "create and approve the agents' profiles in Stella Connect, with the same e-mail addresses",
    });
    return { items: [item, ...lacking, ...idle(sorted.idle)], counts };
  }
  const items = lacking.length > 0 ? lacking : [ready({ id: "agents", seen: `${[fine, ...others].join("; ")}.` })];
  return { items: [...items, ...idle(sorted.idle)], counts };
}

function sort(
  agents: readonly Agent[],
  profiles: ActiveProfiles,
  bots: readonly string[],
  accepted: readonly string[],
) {
  const named = (names: readonly string[], agent: Agent) =>
    names.includes(agent.id) || names.includes(agent.emailAddress?.trim() ?? "");
  const people = agents.filter((agent) => !named(bots, agent));
  const active = people.filter((agent) => agent.emailAddress && profiles.has(agent.emailAddress));
  const others = people.filter((agent) => !active.includes(agent) && !named(accepted, agent));
  return {
    active,
    bots: agents.filter((agent) => named(bots, agent)),
    accepted: people.filter((agent) => !active.includes(agent) && named(accepted, agent)),
    withoutProfile: others.filter((agent) => agent.emailAddress?.trim()),
    withoutEmail: others.filter((agent) => !agent.emailAddress?.trim()),
    /** Listed as needing no profile, but no agent, or with an active profile. */
    idle: accepted.filter((name) => !agents.some((agent) => named([name], agent) && !active.includes(agent))),
  };
}

/** The setting that lists agents who need no profile. */
const ACCEPT = "list them in manualSteps.agentsWithoutProfile of the environment file";

function withoutProfile(agents: readonly Agent[], profiles: ActiveProfiles): readonly Item[] {
  if (agents.length === 0) return [];
  const rows = byName(agents).map((agent) => {
    const email = agent.emailAddress ?? "";
    const near = profiles.differsByCase(email);
    return [
      agent.name ?? agent.id,
      email,
      near === undefined ? "" : `Stella has ${near}: only upper and lower case differ`,
    ];
  });
  return [
    notReady({
      id: "agents-without-profile",
      seen: `${count(agents.length, "agent has", "agents have")} no active Stella profile.`,
      detail: "Stella refuses surveys about them. When more than 5 % are refused in an hour, Stella sends an alert.",
      remedy: `approve their profiles in Stella Connect, with exactly these addresses; for agents who never close conversations, ${ACCEPT}`,
      blocks: [table("Agents without an active profile", ["agent", "e-mail", "note"], rows)].flat(),
    }),
  ];
}

function withoutEmail(agents: readonly Agent[]): readonly Item[] {
  if (agents.length === 0) return [];
  const rows = byName(agents).map((agent) => [agent.name ?? "", agent.id]);
  return [
    notReady({
      id: "agents-without-email",
      seen: `${count(agents.length, "agent has", "agents have")} no e-mail address in Gladly, so Stella cannot identify them.`,
      detail: "Conversations that they close get no survey.",
      remedy: `enter their addresses in Gladly; for bots and API users, ${ACCEPT} by their ids`,
      blocks: [table("Agents without an e-mail address", ["agent", "id"], rows)].flat(),
    }),
  ];
}

function idle(names: readonly string[]): readonly Item[] {
  if (names.length === 0) return [];
  return [
    note({
      id: "agents-accepted-idly",
      seen: `Listed as needing no profile, although they have one or do not exist: ${names.map(code).join(", ")}.`,
      remedy: "remove them from manualSteps.agentsWithoutProfile",
    }),
  ];
}

function byName(agents: readonly Agent[]): readonly Agent[] {
  const key = (agent: Agent) => agent.name ?? agent.emailAddress ?? agent.id;
  return [...agents].sort((one, other) => compareTexts(key(one), key(other)));
}

function table(heading: string, headings: readonly string[], rows: readonly (readonly string[])[]) {
  const body: Table = { kind: "table", headings, rows };
  return [{ kind: "heading", text: heading } as const, body];
}
