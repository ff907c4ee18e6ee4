/**
 * Whether an environment has what production needs: pure, over facts that were gathered before. It decides nothing by
 * itself; a person reads it, and then changes one word.
 */
import type { Environment } from "../../environment";
import { type Block, bySeverity, code, count, type Finding, type Report, type Table } from "../../report/report";
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

/** What is known to be missing settles it; only without that does what is not known. */
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
    findings: bySeverity(items.flatMap((item) => findingOf(item, environment))),
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
  const untold = number("not known");
  switch (verdict) {
    case "ready":
      return `${name}: ready for production`;
    case "not ready": {
      const more = untold === 0 ? "" : `, ${untold} more could not be told`;
      return `${name}: not ready for production, ${count(number("not ready"), "thing is", "things are")} missing${more}`;
    }
    case "not known":
      return `${name}: not known whether it is ready for production, ${count(untold, "thing")} could not be told`;
    default:
      return verdict satisfies never;
  }
}

function leadOf({ surveyMode }: Environment, verdict: Verdict): readonly string[] {
  const now =
    surveyMode === "production"
      ? "Surveys go to customers now."
      : "Surveys go to the test address now; nothing here changes that.";
  return verdict === "not known" ? [`${now} What is not known is never taken for ready.`] : [now];
}

/** A ready item is a finding only if it says what to do all the same. */
function findingOf(item: Item, environment: Environment): readonly Finding[] {
  const { id, state, seen, detail, remedy, severity, since } = item;
  if (remedy === undefined) return [];
  return [
    {
      id,
      severity: severityOf(state, severity),
      title: seen,
      remedy: /[.`?]$/.test(remedy) ? remedy : `${remedy}.`,
      environment: environment.name,
      file: `stacks/environments/${environment.name}.ts`,
      ...(detail ? { detail } : {}),
      ...(since === undefined ? {} : { since }),
    },
  ];
}

function severityOf(state: State, severity: Item["severity"]): Finding["severity"] {
  switch (state) {
    case "not ready":
      return severity ?? "critical";
    case "not known":
      return "warning";
    case "not checked":
    case "ready":
      return "info";
    default:
      return state satisfies never;
  }
}

const ORDER: readonly State[] = ["not ready", "not known", "not checked", "ready"];

function overview(items: readonly Item[]): Table {
  const sorted = [...items].sort((one, other) => ORDER.indexOf(one.state) - ORDER.indexOf(other.state));
  return {
    kind: "table",
    headings: ["", "what", ""],
    // What is told above in full is only named here.
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
        `\`npx relay drift ${name}\`: nothing differs from the code.`,
        `\`npx relay preview ${name}\`: whom yesterday's conversations would have reached.`,
        `Change ${code("surveyMode")} of ${code(`stacks/environments/${name}.ts`)} to ${code('"production"')}, and have it reviewed.`,
        `\`npx cdktf apply ${name}\`. The way back is the same word.`,
      ],
    },
  ];
}
