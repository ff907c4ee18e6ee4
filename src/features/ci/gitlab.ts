/**
 * A merge request on GitLab, from the variables that its pipelines set
 * (https://docs.gitlab.com/ci/variables/predefined_variables/, https://docs.gitlab.com/api/notes/).
 */
import { z } from "zod";
import { CommandError } from "../../cli/command";
import type { Comment, Discussion } from "./forge";
import { Rest, type RestOptions } from "./rest";

const Note = z.object({ id: z.number(), body: z.string(), system: z.boolean(), author: z.object({ id: z.number() }) });
const MergeRequest = z.object({ sha: z.string(), labels: z.array(z.string()) });
const User = z.object({ id: z.number() });

const NEEDED = ["CI_API_V4_URL", "CI_PROJECT_ID", "CI_MERGE_REQUEST_IID", "GITLAB_TOKEN"] as const;

export class GitLabMergeRequest implements Discussion {
  readonly name: string;
  private readonly rest: Rest;
  private readonly path: string;

  /** @throws CommandError that names every missing variable */
  constructor(
    env: NodeJS.ProcessEnv,
    tell: (text: string) => void,
    tuning: Pick<RestOptions, "pause" | "patience"> = {},
  ) {
    const missing = NEEDED.filter((name) => !env[name]);
    if (missing.length > 0) {
      throw new CommandError(
        `needs ${missing.join(", ")}: GitLab sets the CI_… variables in merge request pipelines. GITLAB_TOKEN is a ` +
          "project access token with the scope api, because a job token cannot write notes.",
      );
    }
    this.name = `merge request !${env.CI_MERGE_REQUEST_IID}`;
    this.path = `/projects/${env.CI_PROJECT_ID}/merge_requests/${env.CI_MERGE_REQUEST_IID}`;
    this.rest = new Rest({
      base: (env.CI_API_V4_URL ?? "").replace(/\/+$/, ""),
      headers: { "private-token": env.GITLAB_TOKEN ?? "" },
      advice: (status) =>
        [401, 403, 404].includes(status) ? "GITLAB_TOKEN needs the scope api and the role Reporter or above." : "",
      tell,
      ...tuning,
    });
  }

  async head(): Promise<string> {
    return (await this.mergeRequest()).sha;
  }

  async ownComments(): Promise<readonly Comment[]> {
    const { id: self } = User.parse((await this.rest.call("GET", "/user")).body);
    const notes = await this.rest.list(`${this.path}/notes?sort=asc&order_by=created_at&per_page=100`);
    return notes.map((note) => Note.parse(note)).filter(({ system, author }) => !system && author.id === self);
  }

  async createComment(body: string): Promise<void> {
    await this.rest.call("POST", `${this.path}/notes`, { body });
  }

  async updateComment(id: number, body: string): Promise<void> {
    await this.rest.call("PUT", `${this.path}/notes/${id}`, { body });
  }

  async labels(): Promise<readonly string[]> {
    return (await this.mergeRequest()).labels;
  }

  async addLabels(names: readonly string[]): Promise<void> {
    await this.rest.call("PUT", this.path, { add_labels: names.join(",") });
  }

  async removeLabels(names: readonly string[]): Promise<void> {
    await this.rest.call("PUT", this.path, { remove_labels: names.join(",") });
  }

  private async mergeRequest() {
    return MergeRequest.parse((await this.rest.call("GET", this.path)).body);
  }
}
