/** Arguments of `relay ci comment`, and the pull or merge request that it writes to. */

import { CommandError, EXIT, type Invocation, stringOption, type Terminal } from "../../cli/command";
import { parsedJson } from "../../contract/json";
import { argumentsOf } from "./arguments";
import type { Discussion } from "./forge";
import { StackMatrix } from "./gather-stacks";
import { GitHubPullRequest } from "./github";
import { githubContext, pullRequestOf } from "./github-context";
import { GitLabMergeRequest } from "./gitlab";
import { comment } from "./publish-comment";

export async function run(invocation: Invocation, terminal: Terminal): Promise<number> {
  const [review = ""] = argumentsOf(invocation, "comment", "review.md");
  const { discussion, commit, runUrl } = invocation.values.gitlab === true ? gitlab(terminal) : github(terminal);
  await comment(
    discussion,
    {
      review,
      findings: stringOption(invocation, "findings") ?? "review.json",
      environments: environmentsOf(stringOption(invocation, "stacks")),
      removed: (stringOption(invocation, "removed") ?? "").split(",").filter((name) => name !== ""),
      planned: stringOption(invocation, "planned") ?? "planned",
      marker: stringOption(invocation, "marker") ?? "review",
      commit: stringOption(invocation, "commit") ?? commit,
      ...(runUrl === undefined ? {} : { runUrl }),
      dryRun: invocation.values["dry-run"] === true,
    },
    terminal,
  );
  return EXIT.ok;
}

interface CommentTarget {
  readonly discussion: Discussion;
  readonly commit: string;
  readonly runUrl: string | undefined;
}

function github(terminal: Terminal): CommentTarget {
  const context = githubContext(terminal.env);
  const { number, sha } = pullRequestOf(terminal.env);
  return { discussion: new GitHubPullRequest(context, number, terminal.err), commit: sha, runUrl: context.runUrl };
}

function gitlab(terminal: Terminal): CommentTarget {
  // In a merged results pipeline CI_COMMIT_SHA is the merge commit, and another variable names the branch's own.
  const commit = terminal.env.CI_MERGE_REQUEST_SOURCE_BRANCH_SHA || terminal.env.CI_COMMIT_SHA;
  const runUrl = terminal.env.CI_PIPELINE_URL;
  if (!commit) throw new CommandError("needs CI_COMMIT_SHA, which GitLab sets in pipelines.");
  return { discussion: new GitLabMergeRequest(terminal.env, terminal.err), commit, runUrl };
}

function environmentsOf(stacks: string | undefined): readonly string[] {
  if (stacks === undefined) throw new CommandError("comment needs --stacks: the output of `relay ci stacks --json`.");
  const matrix = StackMatrix.safeParse(parsedJson(stacks));
  if (matrix.success) return matrix.data.include.map(({ environment }) => environment);
  throw new CommandError("--stacks must be the output of `relay ci stacks --json`.");
}
