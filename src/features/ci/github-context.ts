/** The variables that GitHub Actions sets for a step (https://docs.github.com/en/actions/reference/variables-reference). */
import { z } from "zod";
import { CommandError } from "../../cli/command";
import { readJson } from "../../contract/read-file";

export interface GitHubContext {
  /** Without a slash at its end. */
  readonly apiUrl: string;
  /** `owner/name` */
  readonly repository: string;
  readonly token: string;
  /** The user that the token writes as. Comments of other users are never touched. */
  readonly author: string;
  /** Address of this run's page. */
  readonly runUrl?: string;
}

/** @throws CommandError that names every missing variable */
export function githubContext(env: NodeJS.ProcessEnv): GitHubContext {
  const { GITHUB_REPOSITORY: repository, GITHUB_TOKEN: token } = env;
  const apiUrl = (env.GITHUB_API_URL || "https://api.github.com").replace(/\/+$/, "");
  const missing = [
    ...(repository && /^[\w.-]+\/[\w.-]+$/.test(repository) ? [] : ["GITHUB_REPOSITORY (owner/name)"]),
    ...(token ? [] : ["GITHUB_TOKEN (in a workflow: github.token)"]),
  ];
  if (!repository || !token || missing.length > 0) {
    throw new CommandError(`needs ${missing.join(" and ")}; GitHub Actions sets GITHUB_REPOSITORY itself.`);
  }
  if (!URL.canParse(apiUrl)) throw new CommandError(`GITHUB_API_URL is not an address: ${apiUrl}`);
  const { GITHUB_SERVER_URL: server, GITHUB_RUN_ID: run } = env;
  return {
    apiUrl,
    repository,
    token,
    author: env.RELAY_CI_AUTHOR || "github-actions[bot]",
    ...(server && run ? { runUrl: `${server}/${repository}/actions/runs/${run}` } : {}),
  };
}

const Event = z.object({
  pull_request: z.object({ number: z.int().positive(), head: z.object({ sha: z.string() }) }),
});

/**
 * The pull request that the workflow runs for, from the event's file.
 *
 * @throws CommandError when the event is of another kind
 */
export function pullRequestOf(env: NodeJS.ProcessEnv): { readonly number: number; readonly sha: string } {
  const path = env.GITHUB_EVENT_PATH ?? "";
  const event = readJson(path, Event);
  if (event === undefined) {
    throw new CommandError(`GITHUB_EVENT_PATH must name the event of a pull request; found: ${path || "nothing"}.`);
  }
  const { number, head } = event.pull_request;
  return { number, sha: head.sha };
}
