/**
 * Decides what happens to the issue about an environment's drift. It is opened when drift appears, updated in place while
 * it lasts, and closed when it is gone. If drift is not known, no issue is opened or closed: otherwise issues would come
 * and go with every outage.
 */
import { parsedJson } from "../../contract/json";
import type { Finding, Report } from "../../report/report";
import { markdownReport } from "../../report/reporters/markdown";
import { escaped } from "../../report/reporters/markdown-text";
import { isMarked, marked } from "./marker";

/** The result of one `relay drift`, by its exit code. */
export type Look =
  | { readonly state: "clean" }
  | { readonly state: "drift"; readonly title: string; readonly findings: readonly Finding[] }
  | { readonly state: "unknown"; readonly why: string };

export interface KnownIssue {
  readonly number: number;
  readonly state: "open" | "closed";
  readonly body: string;
}

/** What to do. A comment notifies people, a changed body does not. */
export type IssueAction =
  | { readonly action: "none" }
  | { readonly action: "open"; readonly title: string; readonly body: string }
  | { readonly action: "reopen"; readonly number: number; readonly body: string; readonly comment: string }
  | { readonly action: "update"; readonly number: number; readonly body: string; readonly comment?: string }
  | { readonly action: "close"; readonly number: number; readonly comment: string };

const DRIFT_BEGINS = "<!-- relay:findings ";

/** The issue of an environment among those with the label. If there are two, the older one. */
export function issueOf<Issue extends KnownIssue>(environment: string, issues: readonly Issue[]): Issue | undefined {
  const own = issues.filter(({ body }) => isMarked(`drift ${environment}`, body));
  return own.find(({ state }) => state === "open") ?? own[0];
}

/** @param run a link to the run, or words for it */
export function nextAction(environment: string, look: Look, known: KnownIssue | undefined, run: string): IssueAction {
  const open = known?.state === "open" ? known : undefined;
  switch (look.state) {
    case "clean":
      if (open === undefined) return { action: "none" };
      return { action: "close", number: open.number, comment: `No drift any more, according to ${run}.` };
    case "unknown":
      if (open === undefined) return { action: "none" };
      return { action: "update", number: open.number, body: withNote(open.body, unknownNote(look.why, run)) };
    case "drift": {
      const body = driftBody(environment, look, run);
      if (known === undefined) return { action: "open", title: `Drift in ${environment}`, body };
      const { number } = known;
      if (open === undefined) return { action: "reopen", number, body, comment: `Drift again, according to ${run}.` };
      const added = newFindings(look.findings, open.body);
      if (added.length === 0) return { action: "update", number, body };
      const titles = added.map(({ title }) => `- ${escaped(title)}`).join("\n");
      return { action: "update", number, body, comment: `More drift, according to ${run}:\n\n${titles}` };
    }
  }
}

/** Characters of the report in the body. GitHub's limit for a body is 65,536, and the findings are in it twice. */
const REPORT_LIMIT = 40_000;

function driftBody(environment: string, { title, findings }: Look & { readonly state: "drift" }, run: string): string {
  const report: Report = { title, lead: [], findings, blocks: [], data: {} };
  const keys = `${DRIFT_BEGINS}${JSON.stringify(findings.map(keyOf)).replaceAll("-", "\\u002d")} -->`;
  const foot = `<sub>Found by ${run}. Every check updates this issue. It is closed when a check finds no drift.</sub>`;
  return marked(
    `drift ${environment}`,
    [keys, "", markdownReport(report, { limit: REPORT_LIMIT }), foot, ""].join("\n"),
  );
}

const NOTE = "\n\n---\n\n";

/** Replaces the note at the end of the body. There is never more than one. */
function withNote(body: string, note: string): string {
  return `${body.replaceAll("\r\n", "\n").split(NOTE)[0]?.trimEnd()}${NOTE}${note}\n`;
}

/** Characters of an error message that the note keeps. */
const LONGEST_NOTE = 2000;

function unknownNote(why: string, run: string): string {
  const text = why.trim().slice(0, LONGEST_NOTE).replaceAll("```", "'''");
  return `**The latest check could not find out whether there still is drift**, according to ${run}:\n\n\`\`\`text\n${text}\n\`\`\``;
}

/** Identifies a finding, so that the same drift on the next day is not new. */
function keyOf({ id, resource }: Finding): string {
  return resource === undefined ? id : `${id} ${resource}`;
}

function newFindings(findings: readonly Finding[], body: string): readonly Finding[] {
  const line = body.split(/\r?\n/).find((text) => text.startsWith(DRIFT_BEGINS));
  const before = line === undefined ? [] : readKeys(line.slice(DRIFT_BEGINS.length, -" -->".length));
  return findings.filter((finding) => !before.includes(keyOf(finding)));
}

function readKeys(text: string): readonly unknown[] {
  const keys = parsedJson(text);
  // If someone edited the line, every finding counts as new once.
  return Array.isArray(keys) ? keys : [];
}
