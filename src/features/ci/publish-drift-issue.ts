/** `relay ci drift-issue`: keeps the issue about one environment up to date with what `relay drift` found. */
import { z } from "zod";
import { CommandError, EXIT, type Terminal } from "../../cli/command";
import { defined } from "../../contract/json";
import { readJson } from "../../contract/read-file";
import { FINDINGS, type FindingId } from "../../report/catalogue";
import { SEVERITIES } from "../../report/finding";
import { githubReport } from "../../report/reporters/github";
import { issueOf, type Look, nextAction } from "./drift-issue-text";
import type { GitHubIssues } from "./github";
import { AnswerLost } from "./rest";

export interface DriftIssueOptions {
  readonly environment: string;
  /** What `relay drift --json` wrote. */
  readonly report: string;
  /** Exit code of `relay drift`: 0 none, 2 drift, anything else not known. */
  readonly code: number;
  /** Its standard error, for a result that is not known. */
  readonly errorOutput: string;
  /** A Markdown link to the run. */
  readonly run: string;
  readonly dryRun: boolean;
}

const DriftJson = z.object({
  title: z.string(),
  findings: z.array(
    z.object({
      id: z.custom<FindingId>((id) => typeof id === "string" && Object.hasOwn(FINDINGS, id)),
      severity: z.enum(SEVERITIES),
      title: z.string(),
      detail: z.string().optional(),
      remedy: z.string().optional(),
      environment: z.string().optional(),
      resource: z.string().optional(),
      since: z.string().optional(),
      file: z.string().optional(),
    }),
  ),
});

/** Returns the exit code of the step: 1 if drift is not known. Drift itself is 0, because the issue reports it. */
export async function driftIssue(
  issues: GitHubIssues,
  options: DriftIssueOptions,
  terminal: Terminal,
): Promise<number> {
  const { environment, run } = options;
  const look = lookOf(options);
  if (look.state === "drift") {
    terminal.out(githubReport({ ...look, lead: [], blocks: [], data: {} }));
  }
  for (let attempt = 1; ; attempt += 1) {
    const known = issueOf(environment, await issues.own());
    const next = nextAction(environment, look, known, run);
    if (options.dryRun) {
      terminal.err(`${environment}: would ${next.action === "none" ? "leave the issues as they are" : next.action}.\n`);
      break;
    }
    try {
      await act(issues, environment, next, terminal);
      break;
    } catch (error) {
      // The issue may exist, so look before opening another.
      if (!(error instanceof AnswerLost) || attempt > 2) throw error;
    }
  }
  return look.state === "unknown" ? EXIT.failed : EXIT.ok;
}

async function act(
  issues: GitHubIssues,
  environment: string,
  next: ReturnType<typeof nextAction>,
  terminal: Terminal,
): Promise<void> {
  const say = (what: string) => terminal.err(`${environment}: ${what}.\n`);
  switch (next.action) {
    case "none":
      return say("no issue is open, and none is needed");
    case "open":
      return say(`opened issue #${await issues.create(next.title, next.body)}`);
    case "reopen":
      await issues.update(next.number, { state: "open", body: next.body });
      await issues.comment(next.number, next.comment);
      return say(`opened issue #${next.number} again`);
    case "update":
      await issues.update(next.number, { body: next.body });
      if (next.comment !== undefined) await issues.comment(next.number, next.comment);
      return say(`updated issue #${next.number}`);
    case "close":
      // Closed last: when the comment fails, the next run tries both again.
      await issues.comment(next.number, next.comment);
      await issues.update(next.number, { state: "closed" });
      return say(`closed issue #${next.number}`);
    default:
      return next satisfies never;
  }
}

function lookOf({ code, report, errorOutput, environment }: DriftIssueOptions): Look {
  if (code === EXIT.ok) return { state: "clean" };
  const found = readJson(report, DriftJson);
  if (code !== EXIT.findings) {
    const say = [
      errorOutput.trim(),
      ...(found?.findings ?? []).map(({ title, detail }) => `${title} ${detail ?? ""}`.trim()),
    ];
    return { state: "unknown", why: say.filter((text) => text !== "").join("\n") || "The log of the run says why." };
  }
  if (found === undefined) {
    throw new CommandError(`${report} must be what \`relay drift ${environment} --json --out ${report}\` writes.`);
  }
  return { state: "drift", title: found.title, findings: found.findings.map((finding) => defined(finding)) };
}
