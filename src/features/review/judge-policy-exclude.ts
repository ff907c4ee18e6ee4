/** Which closes get no survey by how the conversation went, when the survey leaves, and customers without a name. */
import { type Finding, found } from "../../report/finding";
import { code } from "../../report/report";
import { masked } from "../../terraform/mask";
import type { PolicyPair } from "./policy-pair";

const RULES = {
  topics: "with one of the topics",
  inboxes: "of the inboxes",
  closedBy: "closed by",
  withoutAgentMessage: "without a message from an agent",
  startedByAgent: "started by an agent",
  customerSilentDays: "whose customer was silent for more than",
} as const;
const NAMES = ["topics", "inboxes", "closedBy", "withoutAgentMessage", "startedByAgent", "customerSilentDays"] as const;

export function closesLeftOut(pair: PolicyPair): readonly Finding[] {
  return [...exclusions(pair), ...delay(pair), ...missingName(pair)];
}

function exclusions({ before, after, resource }: PolicyPair): readonly Finding[] {
  return NAMES.flatMap((name) => {
    const [was, is] = [rule(name, before.exclude[name]), rule(name, after.exclude[name])];
    if (was === is) return [];
    const title =
      is === undefined
        ? `Conversations ${was} get surveys again`
        : was === undefined
          ? `Conversations ${is} no longer get surveys`
          : `Conversations ${is} get no surveys. Before, it was those ${was}`;
    return [found("policy-exclude", { resource, title })];
  });
}

/** A description of the rule; undefined if it excludes nothing. */
function rule(
  name: (typeof NAMES)[number],
  value: readonly string[] | boolean | number | undefined,
): string | undefined {
  if (value === undefined || value === false) return undefined;
  if (value === true) return RULES[name];
  if (typeof value === "number") return `${RULES[name]} ${value} ${value === 1 ? "day" : "days"}`;
  return value.length === 0 ? undefined : `${RULES[name]} ${value.map((one) => code(masked(one))).join(", ")}`;
}

function delay({ before, after, resource }: PolicyPair): readonly Finding[] {
  if (before.delay === after.delay) return [];
  return [
    found("policy-delay", {
      resource,
      title: `Surveys are sent ${minutes(after.delay)} a conversation is closed instead of ${minutes(before.delay)}`,
      ...(after.delay === 0
        ? {}
        : { detail: "A conversation that is reopened or gets a new message in that time gets no survey." }),
    }),
  ];
}

function minutes(count: number): string {
  if (count === 0) return "as soon as";
  return `${count} ${count === 1 ? "minute" : "minutes"} after`;
}

function missingName({ before, after, resource }: PolicyPair): readonly Finding[] {
  if (before.missingName === after.missingName) return [];
  const title =
    after.missingName === null
      ? "Customers without a name no longer get surveys"
      : before.missingName === null
        ? `Customers without a name get surveys, as ${code(masked(after.missingName))}`
        : `Customers without a name are called ${code(masked(after.missingName))} instead of ${code(masked(before.missingName))}`;
  return [found("policy-missing-name", { resource, title })];
}
