/** One merge request of GitLab's REST API, over real HTTP (https://docs.gitlab.com/api/notes/). */
import { text } from "node:stream/consumers";
import { z } from "zod";
import { type Loopback, loopback } from "../../support/loopback";

export const GITLAB_TOKEN = "token-of-the-project";
/** The user id of the token. */
const SELF = 7;

interface Note {
  readonly id: number;
  body: string;
  readonly system: boolean;
  readonly author: { readonly id: number };
}

const Change = z.object({
  body: z.string().optional(),
  add_labels: z.string().optional(),
  remove_labels: z.string().optional(),
});

export class GitLabServer {
  readonly requests: string[] = [];
  readonly notes: Note[] = [];
  labels: readonly string[] = [];
  url = "";
  private server: Loopback | undefined;

  constructor(readonly head: string) {}

  async start(): Promise<void> {
    this.server = await loopback(async (request, response) => {
      const url = new URL(request.url ?? "/", this.url);
      this.requests.push(`${request.method} ${url.pathname}`);
      const body = Change.parse(JSON.parse((await text(request)) || "{}"));
      const known = request.headers["private-token"] === GITLAB_TOKEN;
      const [status, answer, link] = known ? this.reply(`${request.method} ${url.pathname}`, url, body) : [401, {}];
      response.writeHead(status, { "content-type": "application/json", ...(link === undefined ? {} : { link }) });
      response.end(JSON.stringify(answer));
    });
    this.url = this.server.url;
  }

  async stop(): Promise<void> {
    await this.server?.close();
  }

  /** The variables that GitLab sets in a merge request pipeline, and the token that a team adds. */
  get env(): NodeJS.ProcessEnv {
    return {
      CI_API_V4_URL: `${this.url}/api/v4`,
      CI_PROJECT_ID: "3",
      CI_MERGE_REQUEST_IID: "9",
      CI_COMMIT_SHA: this.head,
      CI_PIPELINE_URL: "https://gitlab.example/pipelines/1",
      CI_JOB_URL: "https://gitlab.example/jobs/2",
      GITLAB_TOKEN,
    };
  }

  addNote(body: string, author = SELF, system = false): Note {
    const note = { id: this.notes.length + 1, body, system, author: { id: author } };
    this.notes.push(note);
    return note;
  }

  private reply(call: string, url: URL, body: z.infer<typeof Change>): readonly [number, unknown, string?] {
    const base = "/api/v4/projects/3/merge_requests/9";
    const id = Number(/\/notes\/(\d+)$/.exec(call)?.[1]);
    if (call === "GET /api/v4/user") return [200, { id: SELF }];
    if (call === `GET ${base}`) return [200, { sha: this.head, labels: this.labels }];
    if (call === `GET ${base}/notes`) return this.page(url);
    if (call === `POST ${base}/notes`) return [201, this.addNote(body.body ?? "")];
    if (call === `PUT ${base}`) {
      const gone = body.remove_labels?.split(",") ?? [];
      const added = body.add_labels?.split(",") ?? [];
      this.labels = [...this.labels.filter((name) => !gone.includes(name)), ...added];
      return [200, {}];
    }
    const note = this.notes.find((one) => one.id === id);
    if (!call.startsWith("PUT ") || note === undefined) return [404, { message: "404 Not found" }];
    note.body = body.body ?? "";
    return [200, note];
  }

  private page(url: URL): readonly [number, unknown, string?] {
    const page = Number(url.searchParams.get("page") ?? 1);
    const size = Number(url.searchParams.get("per_page") ?? 20);
    const next = new URL(url);
    next.searchParams.set("page", String(page + 1));
    const items = this.notes.slice((page - 1) * size, page * size);
    return page * size < this.notes.length ? [200, items, `<${next}>; rel="next"`] : [200, items];
  }
}
