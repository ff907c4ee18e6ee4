/**
 * A part of GitHub's REST API over real HTTP: comments and labels of pull requests, issues, pages, limits and faults. The
 * answers follow GitHub's documentation (https://docs.github.com/en/rest).
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { z } from "zod";
import { type Loopback, loopback } from "../../support/loopback";

export const BOT = "github-actions[bot]";
export const TOKEN = "token-of-the-workflow";
const BODY_LIMIT = 65_536;
const REPOSITORY = "example/customer-surveys";

export interface StoredComment {
  readonly id: number;
  body: string;
  readonly user: { readonly login: string };
}
export interface StoredIssue {
  readonly number: number;
  title: string;
  body: string;
  state: "open" | "closed";
  readonly user: { readonly login: string };
  readonly labels: string[];
  readonly comments: StoredComment[];
  readonly pull_request?: { readonly head: string };
}

/** A fault for the next matching request. */
export interface Fault {
  readonly method: string;
  readonly path: RegExp;
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly message?: string;
  /** Whether the request takes effect and only the answer is lost. */
  readonly afterwards?: boolean;
}

const Text = z.object({ body: z.string() });
const IssueChange = z.object({
  title: z.string().optional(),
  body: z.string().optional(),
  state: z.enum(["open", "closed"]).optional(),
  labels: z.array(z.string()).optional(),
});
const Labels = z.object({ labels: z.array(z.string()) });
const NewLabel = z.object({
  name: z.string(),
  color: z.string().regex(/^[0-9a-f]{6}$/),
  description: z.string().max(100),
});

type Reply = readonly [status: number, body?: unknown, headers?: Readonly<Record<string, string>> | undefined];

export class GitHubServer {
  /** Such as `GET /path`, without the query. */
  readonly requests: string[] = [];
  readonly issues: StoredIssue[] = [];
  /** The repository's labels. */
  readonly labels = new Set<string>();
  readonly faults: Fault[] = [];
  url = "";
  private server: Loopback | undefined;
  private nextId = 1;

  async start(): Promise<void> {
    this.server = await loopback((request, response) => void this.answer(request, response));
    this.url = this.server.url;
  }

  async stop(): Promise<void> {
    await this.server?.close();
  }

  /** The variables that Actions sets for a step. */
  get env(): NodeJS.ProcessEnv {
    return {
      GITHUB_API_URL: this.url,
      GITHUB_REPOSITORY: REPOSITORY,
      GITHUB_TOKEN: TOKEN,
      GITHUB_SERVER_URL: "https://github.example",
      GITHUB_RUN_ID: "42",
    };
  }

  addPullRequest(number: number, head: string): StoredIssue {
    return this.add({
      number,
      title: "a change",
      body: "",
      state: "open",
      user: { login: "somebody" },
      labels: [],
      comments: [],
      pull_request: { head },
    });
  }

  addIssue(issue: Pick<StoredIssue, "number" | "body"> & Partial<StoredIssue>): StoredIssue {
    return this.add({ title: "", state: "open", user: { login: BOT }, labels: [], comments: [], ...issue });
  }

  addComment(number: number, login: string, body: string): StoredComment {
    const comment = { id: this.nextId++, body, user: { login } };
    this.issue(number)?.comments.push(comment);
    return comment;
  }

  issue(number: number): StoredIssue | undefined {
    return this.issues.find((issue) => issue.number === number);
  }

  private add(issue: StoredIssue): StoredIssue {
    this.issues.push(issue);
    return issue;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", this.url);
    const method = request.method ?? "GET";
    this.requests.push(`${method} ${url.pathname}`);
    const sentBody = await text(request);
    const at = this.faults.findIndex((fault) => fault.method === method && fault.path.test(url.pathname));
    const [fault] = at < 0 ? [] : this.faults.splice(at, 1);
    const reply = (): Reply =>
      request.headers.authorization === `Bearer ${TOKEN}`
        ? this.reply(method, url, sentBody === "" ? undefined : JSON.parse(sentBody))
        : [401, { message: "Bad credentials" }];
    const [status, body, headers] = fault === undefined || fault.afterwards === true ? reply() : ([0] as Reply);
    const sent: Reply =
      fault === undefined
        ? [status, body, headers]
        : [fault.status, { message: fault.message ?? "a fault" }, fault.headers];
    response.writeHead(sent[0], { "content-type": "application/json; charset=utf-8", ...sent[2] });
    response.end(sent[1] === undefined ? "" : JSON.stringify(sent[1]));
  }

  private reply(method: string, url: URL, body: unknown): Reply {
    const base = `/repos/${REPOSITORY}`;
    if (!url.pathname.startsWith(`${base}/`)) return [404, { message: "Not Found" }];
    const [kind = "", a = "", b = "", c = ""] = url.pathname
      .slice(base.length + 1)
      .split("/")
      .map(decodeURIComponent);
    const issue = this.issue(Number(a));
    const missing: Reply = [404, { message: "Not Found" }];
    switch (`${method} ${kind}${kind === "issues" && a === "comments" ? "/comments" : b === "" ? "" : `/${b}`}`) {
      case "GET pulls":
        return issue?.pull_request ? [200, { number: issue.number, head: { sha: issue.pull_request.head } }] : missing;
      case "GET issues/comments":
        return issue ? this.page(url, issue.comments) : missing;
      case "POST issues/comments":
        return issue ? this.comment(issue, body) : missing;
      case "PATCH issues/comments":
        return this.changeComment(Number(b), body);
      case "GET issues/labels":
        return issue
          ? this.page(
              url,
              issue.labels.map((name) => ({ name })),
            )
          : missing;
      case "POST issues/labels":
        for (const name of Labels.parse(body).labels)
          if (issue && !issue.labels.includes(name)) issue.labels.push(name);
        return issue ? [200, issue.labels.map((name) => ({ name }))] : missing;
      case "DELETE issues/labels":
        if (!issue?.labels.includes(c)) return [404, { message: "Label does not exist" }];
        issue.labels.splice(issue.labels.indexOf(c), 1);
        return [200, issue.labels.map((name) => ({ name }))];
      case "GET labels":
        return this.labels.has(a) ? [200, { name: a }] : missing;
      case "POST labels": {
        const { name } = NewLabel.parse(body);
        if (this.labels.has(name)) return [422, { message: "Validation Failed" }];
        this.labels.add(name);
        return [201, { name }];
      }
      case "GET issues":
        return a === "" ? this.page(url, this.listed(url)) : issue ? [200, issue] : missing;
      case "POST issues":
        return this.create(body);
      case "PATCH issues":
        return issue ? this.changeIssue(issue, body) : missing;
      default:
        return missing;
    }
  }

  private page(url: URL, items: readonly unknown[]): Reply {
    const size = Number(url.searchParams.get("per_page") ?? 30);
    const page = Number(url.searchParams.get("page") ?? 1);
    const next = new URL(url);
    next.searchParams.set("page", String(page + 1));
    const link = page * size < items.length ? { link: `<${next}>; rel="next", <${next}>; rel="last"` } : {};
    return [200, items.slice((page - 1) * size, page * size), link];
  }

  private listed(url: URL): readonly StoredIssue[] {
    const label = url.searchParams.get("labels") ?? "";
    const state = url.searchParams.get("state") ?? "open";
    return this.issues.filter((issue) => issue.labels.includes(label) && (state === "all" || issue.state === state));
  }

  private comment(issue: StoredIssue, body: unknown): Reply {
    const text = Text.parse(body).body;
    if (text.length > BODY_LIMIT) return [422, { message: "Body is too long (maximum is 65536 characters)" }];
    return [201, this.addComment(issue.number, BOT, text)];
  }

  private changeComment(id: number, body: unknown): Reply {
    const found = this.issues.flatMap(({ comments }) => comments).find((comment) => comment.id === id);
    const text = Text.parse(body).body;
    if (found === undefined) return [404, { message: "Not Found" }];
    if (text.length > BODY_LIMIT) return [422, { message: "Body is too long (maximum is 65536 characters)" }];
    found.body = text;
    return [200, found];
  }

  private create(body: unknown): Reply {
    const { title = "", body: text = "", labels = [] } = IssueChange.parse(body);
    const number = Math.max(0, ...this.issues.map((issue) => issue.number)) + 1;
    return [201, this.addIssue({ number, title, body: text, labels })];
  }

  private changeIssue(issue: StoredIssue, body: unknown): Reply {
    const { title, body: text, state } = IssueChange.parse(body);
    if (title !== undefined) issue.title = title;
    if (text !== undefined) issue.body = text;
    if (state !== undefined) issue.state = state;
    return [200, issue];
  }
}
