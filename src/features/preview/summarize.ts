/** From judged closes to numbers. Equal input gives equal bytes. */
import { compareTexts } from "../../contract/compare";
import type { PreviewConfiguration } from "./configuration";
import { Groups } from "./groups";
import { type JudgedClose, type Line, type LinesInput, linesOf } from "./lines";
import { isSameOutcome, isSurvey, outcomeOrder, type PreviewOutcome } from "./outcome";
import { byAgent, byChannel } from "./shares";
import type { Counts, PreviewSummary, Profiles } from "./summary";

export interface PreviewInput
  extends LinesInput,
    Pick<PreviewSummary, "environment" | "base" | "baseMissing" | "window" | "reopenedSince" | "sample"> {
  /** Why Stella was not asked whose profile is active; needed without `vendorData.profiles`. */
  readonly notChecked: string | undefined;
}

export function summarize(input: PreviewInput): PreviewSummary {
  const { environment, base, baseMissing, window, reopenedSince, sample, present, proposed, vendorData } = input;
  const events = input.conversations.flat().length + input.malformed;
  const lines = linesOf(input);
  return {
    ...{ version: 1, kind: "preview", environment, base, baseMissing, window },
    ...{ closes: lines.length, duplicates: events - lines.length, reopenedSince, sample },
    profiles: profilesOf(lines, input),
    present: present === undefined ? null : countsOf(present, lines, ({ present: judged }) => judged),
    proposed: countsOf(proposed, lines, ({ proposed: judged }) => judged),
    changes: changesOf(lines),
    contentChanges: contentChangesOf(lines),
    byAgent: byAgent(lines, vendorData.agents),
    byChannel: byChannel(lines),
  };
}

function countsOf(
  { surveyMode, delivery }: PreviewConfiguration,
  lines: readonly Line[],
  side: (line: Line) => JudgedClose | undefined,
): Counts {
  const outcomes = new Groups<PreviewOutcome>();
  const customers = new Set<string>();
  let surveys = 0;
  for (const line of lines) {
    const outcome = side(line)?.outcome;
    if (outcome === undefined) continue;
    outcomes.add(`${outcome.kind} ${outcome.reason}`, outcome);
    if (!isSurvey(outcome)) continue;
    surveys += 1;
    const email = line.facts?.customer?.email;
    if (email !== undefined) customers.add(email);
  }
  return {
    surveyMode,
    delivery,
    outcomes: outcomes
      .list()
      .map(({ value, closes }) => ({ outcome: value, closes }))
      .sort((one, other) => outcomeOrder(one.outcome) - outcomeOrder(other.outcome)),
    surveys,
    customers: customers.size,
  };
}

function changesOf(lines: readonly Line[]): PreviewSummary["changes"] {
  const groups = new Groups<{ readonly from: PreviewOutcome; readonly to: PreviewOutcome }>();
  for (const { present, proposed } of lines) {
    if (present === undefined || isSameOutcome(present.outcome, proposed.outcome)) continue;
    const change = { from: present.outcome, to: proposed.outcome };
    groups.add(JSON.stringify(change), change);
  }
  const order = ({ from, to }: { readonly from: PreviewOutcome; readonly to: PreviewOutcome }) =>
    outcomeOrder(from) * 10_000 + outcomeOrder(to);
  return groups
    .list()
    .map(({ value, closes }) => ({ ...value, closes }))
    .sort((one, other) => other.closes - one.closes || order(one) - order(other));
}

function contentChangesOf(lines: readonly Line[]): PreviewSummary["contentChanges"] {
  const groups = new Groups<string>();
  for (const { present, proposed } of lines) {
    if (!present?.request || !proposed.request || !isAlike(present.outcome, proposed.outcome)) continue;
    const before = new Map(Object.entries(present.request));
    const after = new Map(Object.entries(proposed.request));
    for (const field of new Set([...before.keys(), ...after.keys()])) {
      if (JSON.stringify(before.get(field)) !== JSON.stringify(after.get(field))) groups.add(field, field);
    }
  }
  return groups
    .list()
    .map(({ value: field, closes }) => ({ field, closes }))
    .sort((one, other) => other.closes - one.closes || compareTexts(one.field, other.field));
}

/** The same outcome, wherever the survey goes. */
function isAlike(one: PreviewOutcome, other: PreviewOutcome): boolean {
  return isSameOutcome(one, other) || (isSurvey(one) && isSurvey(other));
}

function profilesOf(lines: readonly Line[], { vendorData, notChecked }: PreviewInput): Profiles {
  const { profiles, agents } = vendorData;
  if (profiles === undefined) return { checked: false, why: notChecked ?? "Stella was not asked" };
  const groups = new Groups<{ readonly agent: string; readonly capitalsDiffer: boolean }>();
  for (const { facts, proposed } of lines) {
    const { kind, reason } = proposed.outcome;
    const id = facts?.agent;
    const entry = id === undefined ? undefined : agents.get(id);
    if (id === undefined || entry?.email === undefined || profiles.has(entry.email)) continue;
    if (kind !== "refused" && reason !== "refusal-likely") continue;
    groups.add(id, { agent: entry.name ?? id, capitalsDiffer: profiles.differsByCase(entry.email) !== undefined });
  }
  const notActive = groups
    .list()
    .map(({ value, closes }) => ({ ...value, closes }))
    .sort((one, other) => other.closes - one.closes || compareTexts(one.agent, other.agent));
  return { checked: true, notActive };
}
