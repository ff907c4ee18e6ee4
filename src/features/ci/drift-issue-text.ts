/**
 * What becomes of the one issue that tells of an environment's drift. It is opened when there is drift, updated in place
 * while there is, and closed when there is none. Where nothing is known, nothing is opened or closed: it would come and go
 * with every outage.
 */
import type { Finding, Report } from "../../report/report";
import { markdownReport } from "../../report/reporters/markdown";
import { escaped } from "../../report/reporters/markdown-text";
import { isMarked, marked } from "./marker";

/** A look at an environment: `relay drift`'s exit code says which. */
export type Look =
  | { readonly state: "clean" }
  | { readonly state: "drift"; readonly title: string; readonly findings: readonly Finding[] }
  | { readonly state: "unknown"; readonly words: string };

export interface KnownIssue {
  readonly number: number;
  readonly state: "open" | "closed";
  readonly body: string;
}

/** What to do. A comment is what people are told; a body is changed silently. */
export type IssueAction =
  | { readonly action: "none" }
  | { readonly action: "open"; readonly title: string; readonly body: string }
  | { readonly action: "reopen"; readonly number: number; readonly body: string; readonly comment: string }
  | { readonly action: "update"; readonly number: number; readonly body: string; readonly comment?: string }
  | { readonly action: "close"; readonly number: number; readonly comment: string };

const DRIFT_BEGINS = "<!-- relay:findings ";

/** The issue of an environment among those with the label; the oldest, if ever there are two. */
export function issueOf<Issue extends KnownIssue>(environment: string, issues: readonly Issue[]): Issue | undefined {
  const own = issues.filter(({ body }) => isMarked(`drift ${environment}`, body));
  return own.find(({ state }) => state === "open") ?? own[0];
}

/** @param run the run's address, or another word for it */
export function nextAction(environment: string, look: Look, known: KnownIssue | undefined, run: string): IssueAction {
  const open = known?.state === "open" ? known : undefined;
  switch (look.state) {
    case "clean":
      if (open === undefined) return { action: "none" };
      return { action: "close", number: open.number, comment: `No drift any more, says ${run}.` };
    case "unknown":
      if (open === undefined) return { action: "none" };
      return { action: "update", number: open.number, body: withNote(open.body, unknownNote(look.words, run)) };
    case "drift": {
      const body = driftBody(environment, look, run);
      if (known === undefined) return { action: "open", title: `Drift in ${environment}`, body };
      const { number } = known;
      if (open === undefined) return { action: "reopen", number, body, comment: `Drift again, says ${run}.` };
      const added = newFindings(look.findings, open.body);
      if (added.length === 0) return { action: "update", number, body };
      const titles = added.map(({ title }) => `- ${escaped(title)}`).join("\n");
      return { action: "update", number, body, comment: `More drift, says ${run}:\n\n${titles}` };
    }
  }
}

/** Characters of the report within the body: GitHub takes 65,536 of all, and the findings are listed a second time. */
const REPORT_LIMIT = 40_000;

function driftBody(environment: string, { title, findings }: Look & { readonly state: "drift" }, run: string): string {
  const report: Report = { title, lead: [], findings, blocks: [], data: {} };
  const keys = `${DRIFT_BEGINS}${JSON.stringify(findings.map(keyOf)).replaceAll("-", "\\u002d")} -->`;
  const foot = `<sub>Seen by ${run}. This issue follows what every look finds, and is closed when one finds no drift.</sub>`;
  return marked(
    `drift ${environment}`,
    [keys, "", markdownReport(report, { limit: REPORT_LIMIT }), foot, ""].join("\n"),
  );
}

const NOTE = "\n\n---\n\n";

/** The body with another last note; there is never more than one. */
function withNote(body: string, note: string): string {
  return `${body.replaceAll("\r\n", "\n").split(NOTE)[0]?.trimEnd()}${NOTE}${note}\n`;
}

/** Characters of a failure's words. */
const WORDS = 2000;

function unknownNote(words: string, run: string): string {
  const text = words.trim().slice(0, WORDS).replaceAll("```", "'''");
  return `**The latest look could not tell whether there still is drift**, says ${run}:\n\n\`\`\`text\n${text}\n\`\`\``;
}

/** What a finding is about: the same drift on the next day is not new. */
function keyOf({ id, resource }: Finding): string {
  return resource === undefined ? id : `${id} ${resource}`;
}

function newFindings(findings: readonly Finding[], body: string): readonly Finding[] {
  const line = body.split(/\r?\n/).find((text) => text.startsWith(DRIFT_BEGINS));
  const before = line === undefined ? [] : readKeys(line.slice(DRIFT_BEGINS.length, -" -->".length));
  return findings.filter((finding) => !before.includes(keyOf(finding)));
}

function readKeys(text: string): readonly unknown[] {
  try {
    const keys: unknown = JSON.parse(text);
    return Array.isArray(keys) ? keys : [];
  } catch {
    // Somebody edited the line: everything counts as new once.
    return [];
  }
}
