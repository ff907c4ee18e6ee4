/**
 * The part of GitHub's REST API that a pipeline needs
 * (https://docs.github.com/en/rest, version 2022-11-28).
 */
import { z } from "zod";
import type { Comment, Discussion } from "./forge";
import type { GitHubContext } from "./github-context";
import { LABELS } from "./labels";
import { Rest, type RestOptions, RestRefusal, type RestResponse } from "./rest";

const User = z.object({ login: z.string() }).nullish();
const CommentSchema = z.object({ id: z.number(), body: z.string().nullish(), user: User });
const PullRequest = z.object({ head: z.object({ sha: z.string() }) });
const Label = z.object({ name: z.string() });
const IssueSchema = z.object({
  number: z.number(),
  state: z.enum(["open", "closed"]),
  title: z.string(),
  body: z.string().nullish(),
  user: User,
  /** Set for pull requests, which GitHub lists as issues. */
  pull_request: z.unknown().optional(),
});

export interface Issue {
  readonly number: number;
  readonly state: "open" | "closed";
  readonly title: string;
  readonly body: string;
}

export type RestTuning = Pick<RestOptions, "pause" | "patience">;

function restOf({ apiUrl, token }: GitHubContext, tell: (text: string) => void, tuning: RestTuning): Rest {
  return new Rest({
    base: apiUrl,
    headers: {
      accept: "application/vnd.github+json",
      authorization: `Bearer ${token}`,
      "x-github-api-version": "2022-11-28",
      "user-agent": "gladly-stella-relay",
    },
    advice,
    tell,
    ...tuning,
  });
}

function advice(status: number): string {
  switch (status) {
    case 401:
      return "GITHUB_TOKEN is wrong or has expired: give the step github.token as GITHUB_TOKEN.";
    case 403:
    case 404:
      return (
        "GitHub also answers this if a permission is missing. The job needs `pull-requests: write` for comments and " +
        "labels, `issues: write` for issues."
      );
    default:
      return "";
  }
}

/** A pull request of the repository. */
export class GitHubPullRequest implements Discussion {
  readonly name: string;
  private readonly rest: Rest;
  private readonly repo: string;

  constructor(
    private readonly context: GitHubContext,
    private readonly number: number,
    tell: (text: string) => void,
    tuning: RestTuning = {},
  ) {
    this.name = `pull request #${number}`;
    this.repo = `/repos/${context.repository}`;
    this.rest = restOf(context, tell, tuning);
  }

  async head(): Promise<string> {
    return PullRequest.parse((await this.rest.call("GET", `${this.repo}/pulls/${this.number}`)).body).head.sha;
  }

  async ownComments(): Promise<readonly Comment[]> {
    const all = await this.rest.list(`${this.repo}/issues/${this.number}/comments?per_page=100`);
    return all
      .map((comment) => CommentSchema.parse(comment))
      .filter(({ user }) => user?.login === this.context.author)
      .map(({ id, body }) => ({ id, body: body ?? "" }));
  }

  async createComment(body: string): Promise<void> {
    await this.rest.call("POST", `${this.repo}/issues/${this.number}/comments`, { body });
  }

  async updateComment(id: number, body: string): Promise<void> {
    await this.rest.call("PATCH", `${this.repo}/issues/comments/${id}`, { body });
  }

  async labels(): Promise<readonly string[]> {
    const all = await this.rest.list(`${this.repo}/issues/${this.number}/labels?per_page=100`);
    return all.map((label) => Label.parse(label).name);
  }

  async addLabels(names: readonly string[]): Promise<void> {
    for (const name of names) await makeLabel(this.rest, this.repo, name);
    // Adding a label twice changes nothing, so the request can be repeated after a lost answer.
    await this.rest.call("POST", `${this.repo}/issues/${this.number}/labels`, { labels: names });
  }

  async removeLabels(names: readonly string[]): Promise<void> {
    for (const name of names) {
      await ignoring(
        404,
        this.rest.call("DELETE", `${this.repo}/issues/${this.number}/labels/${encodeURIComponent(name)}`),
      );
    }
  }
}

/** The repository's issues with one label. */
export class GitHubIssues {
  private readonly rest: Rest;
  private readonly repo: string;

  constructor(
    private readonly context: GitHubContext,
    private readonly label: string,
    tell: (text: string) => void,
    tuning: RestTuning = {},
  ) {
    this.repo = `/repos/${context.repository}`;
    this.rest = restOf(context, tell, tuning);
  }

  /** Issues that this pipeline wrote, open and closed, oldest first. */
  async own(): Promise<readonly Issue[]> {
    const query = `labels=${encodeURIComponent(this.label)}&state=all&sort=created&direction=asc&per_page=100`;
    return (await this.rest.list(`${this.repo}/issues?${query}`))
      .map((issue) => IssueSchema.parse(issue))
      .filter(({ pull_request, user }) => pull_request === undefined && user?.login === this.context.author)
      .map(({ number, state, title, body }) => ({ number, state, title, body: body ?? "" }));
  }

  async create(title: string, body: string): Promise<number> {
    await makeLabel(this.rest, this.repo, this.label);
    const answer = await this.rest.call("POST", `${this.repo}/issues`, { title, body, labels: [this.label] });
    return IssueSchema.pick({ number: true }).parse(answer.body).number;
  }

  async update(number: number, change: { title?: string; body?: string; state?: "open" | "closed" }): Promise<void> {
    await this.rest.call("PATCH", `${this.repo}/issues/${number}`, change);
  }

  async comment(number: number, body: string): Promise<void> {
    await this.rest.call("POST", `${this.repo}/issues/${number}/comments`, { body });
  }
}

/** Creates a label with its colour and description. An existing label stays as it is. */
async function makeLabel(rest: Rest, repo: string, name: string): Promise<void> {
  const known = LABELS.find((label) => label.name === name);
  if (known === undefined) return;
  const { color, description } = known;
  const path = `${repo}/labels/${encodeURIComponent(name)}`;
  if ((await ignoring(404, rest.call("GET", path))) !== undefined) return;
  // 422: another job created it meanwhile.
  await ignoring(422, rest.call("POST", `${repo}/labels`, { name, color, description }));
}

async function ignoring(status: number, call: Promise<RestResponse>): Promise<RestResponse | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof RestRefusal && error.status === status) return undefined;
    throw error;
  }
}
