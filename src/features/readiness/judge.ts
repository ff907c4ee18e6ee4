/** Whether an environment has what production needs. Pure, over facts that were gathered before. */
import { environmentPath } from "../../contract/locations";
import type { Environment } from "../../environment";
import { bySeverity, type Finding, found } from "../../report/finding";
import { type Block, code, count, type Report, type Table } from "../../report/report";
import type { ReadinessFacts } from "./facts";
import type { Item, State } from "./item";
import { judgeAgents } from "./judge-agents";
import { judgeAlarms } from "./judge-alarms";
import { judgeChannels } from "./judge-channels";
import { judgeManualSteps } from "./judge-manual-steps";
import { judgeRelay } from "./judge-relay";
import { judgeKey, judgeSecrets } from "./judge-secrets";
import { judgeTopic } from "./judge-topic";
import { judgeWebhook } from "./judge-webhook";

/** What is missing counts first, then what is not known. */
export type Verdict = "ready" | "not ready" | "not known";

export interface Readiness {
  readonly verdict: Verdict;
  readonly report: Report;
}

export function judgeReadiness(facts: ReadinessFacts): Readiness {
  const { environment } = facts;
  const agents = judgeAgents(facts);
  const items = [
    ...judgeSecrets(facts),
    ...judgeKey(facts),
    ...judgeWebhook(facts),
    ...judgeTopic(facts),
    ...judgeRelay(facts),
    ...agents.items,
    ...judgeChannels(facts),
    ...judgeAlarms(facts),
    ...judgeManualSteps(facts),
  ];
  const verdict = verdictOf(items);
  const report: Report = {
    title: titleOf(environment, verdict, items),
    lead: leadOf(environment, verdict),
    findings: bySeverity(findingsOf(items, environment)),
    blocks: [
      overview(items),
      ...items.flatMap(({ blocks }) => blocks ?? []),
      ...(verdict === "ready" ? nextSteps(environment) : []),
    ],
    data: {
      environment: environment.name,
      surveyMode: environment.surveyMode,
      verdict,
      ...(agents.counts === undefined ? {} : { agents: agents.counts }),
      items: items.map(({ id, subject, state, seen }) => ({ id, subject, state, seen })),
    },
  };
  return { verdict, report };
}

function verdictOf(items: readonly Item[]): Verdict {
  const has = (state: State) => items.some((item) => item.state === state);
  if (has("not ready")) return "not ready";
  return has("not known") ? "not known" : "ready";
}

function titleOf({ name }: Environment, verdict: Verdict, items: readonly Item[]): string {
  const number = (state: State) => items.filter((item) => item.state === state).length;
  const unread = number("not known");
  switch (verdict) {
    case "ready":
      return `${name}: ready for production`;
    case "not ready": {
      const more = unread === 0 ? "" : `, ${unread} more not known`;
      return `${name}: not ready for production, ${count(number("not ready"), "thing is", "things are")} missing${more}`;
    }
    case "not known":
      return `${name}: not known whether it is ready for production, ${count(unread, "thing")} could not be read`;
    default:
      return verdict satisfies never;
  }
}

function leadOf({ surveyMode }: Environment, verdict: Verdict): readonly string[] {
  const now =
    surveyMode === "production"
      ? "Surveys go to customers now."
      : "Surveys go to the test address now. This command changes nothing.";
  return verdict === "not known" ? [`${now} What is not known does not count as ready.`] : [now];
}

/** Items that could not be read for the same reason are one finding: the cause, with everything that hides behind it. */
function findingsOf(items: readonly Item[], environment: Environment): readonly Finding[] {
  const causes = new Map<string, Item[]>();
  for (const item of items) {
    if (item.finding === undefined) continue;
    const cause = item.state === "not known" ? `${item.seen} ${item.remedy}` : `${causes.size}`;
    causes.set(cause, [...(causes.get(cause) ?? []), item]);
  }
  return [...causes.values()].flatMap((same) => {
    const [item] = same;
    if (item?.finding === undefined) return [];
    const { finding, state, seen, detail, remedy = "", since } = item;
    const subjects = [...new Set(same.map(({ subject }) => subject))].join(", ");
    return [
      found(finding, {
        title:
          state === "not known" ? `Could not read: ${subjects}. ${seen.charAt(0).toUpperCase()}${seen.slice(1)}` : seen,
        remedy: /[.`?]$/.test(remedy) ? remedy : `${remedy}.`,
        environment: environment.name,
        file: environmentPath(environment.name),
        ...(detail ? { detail } : {}),
        ...(since === undefined ? {} : { since }),
      }),
    ];
  });
}

const ORDER: readonly State[] = ["not ready", "not known", "not checked", "ready"];

function overview(items: readonly Item[]): Table {
  const sorted = [...items].sort((one, other) => ORDER.indexOf(one.state) - ORDER.indexOf(other.state));
  return {
    kind: "table",
    headings: ["", "what", ""],
    // A finding above has the full text.
    rows: sorted.map(({ state, subject, seen, remedy, id }) => [state, subject, remedy === undefined ? seen : id]),
  };
}

function nextSteps({ name, surveyMode }: Environment): readonly Block[] {
  if (surveyMode === "production") return [];
  return [
    { kind: "heading", text: "Next" },
    {
      kind: "list",
      items: [
        `\`npx relay drift ${name}\`: shows that nothing differs from the code.`,
        `\`npx relay preview ${name}\`: shows which customers yesterday's conversations would have reached.`,
        `Change ${code("surveyMode")} of ${code(environmentPath(name))} to ${code('"production"')}, and open a pull request.`,
        `\`npx cdktf apply ${name}\`. To go back, change the same word.`,
      ],
    },
  ];
}
