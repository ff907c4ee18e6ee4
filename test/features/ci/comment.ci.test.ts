import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runRelay } from "../../support/relay";
import { BOT, GitHubServer } from "./github-server";

const HEAD = "1111111111111111111111111111111111111111";
const STACKS = JSON.stringify({
  include: ["production", "staging"].map((environment) => ({
    environment,
    region: "us-east-1",
    plan_role: "a role",
    apply_role: "a role",
    plan_environment: `${environment}-plan`,
  })),
});
const NONE = JSON.stringify({ include: [] });

let github: GitHubServer;
let folder: string;
beforeEach(async () => {
  github = new GitHubServer();
  await github.start();
  github.addPullRequest(12, HEAD);
  folder = mkdtempSync(join(tmpdir(), "comment-"));
  event(HEAD);
});
afterEach(async () => {
  await github.stop();
  rmSync(folder, { recursive: true });
});

const event = (sha: string) =>
  writeFileSync(join(folder, "event.json"), JSON.stringify({ pull_request: { number: 12, head: { sha } } }));

/** A plan that creates a topic, or one without changes. */
function plan(environment: string, action: "create" | "no-op"): void {
  const change = {
    actions: [action],
    before: null,
    after: {},
    after_unknown: {},
    before_sensitive: {},
    after_sensitive: {},
  };
  const resource = { address: "gladly_topic.a", mode: "managed", type: "gladly_topic", name: "a", change };
  mkdirSync(join(folder, "planned", environment), { recursive: true });
  const file = join(folder, "planned", environment, "plan.json");
  writeFileSync(file, JSON.stringify({ format_version: "1.2", resource_changes: [resource] }));
}

function review(text: string, ...ids: readonly string[]): void {
  writeFileSync(join(folder, "review.md"), text);
  writeFileSync(join(folder, "review.json"), JSON.stringify({ version: 1, findings: ids.map((id) => ({ id })) }));
}

function comment(stacks: string, ...more: readonly string[]) {
  const env = { ...github.env, GITHUB_EVENT_PATH: join(folder, "event.json") };
  const args = ["--findings", join(folder, "review.json"), "--planned", join(folder, "planned"), "--stacks", stacks];
  return runRelay(["ci", "comment", join(folder, "review.md"), ...args, ...more], env);
}

const comments = () => github.issue(12)?.comments ?? [];
const labels = () => github.issue(12)?.labels ?? [];
const written = () => github.requests.filter((request) => !request.startsWith("GET "));

describe("relay ci comment", () => {
  it("creates one comment with the review, its commit and its run, and sets labels with color and description", async () => {
    plan("production", "create");
    plan("staging", "no-op");
    review("## production goes live\n", "survey-mode-production", "ledger-lost");
    expect((await comment(STACKS)).code).toBe(0);
    expect(comments()).toHaveLength(1);
    expect(comments()[0]?.body).toMatch(/^<!-- relay:review -->\n## production goes live\n/);
    expect(comments()[0]?.body).toContain("Plan of 111111111111");
    expect(comments()[0]?.body).toContain("https://github.example/example/customer-surveys/actions/runs/42");
    expect(labels()).toEqual(["surveys:customers", "events-at-risk"]);
    expect([...github.labels]).toEqual(["surveys:customers", "events-at-risk"]);
  });

  it("updates the comment, removes labels that no longer apply, and keeps the team's own labels", async () => {
    plan("production", "create");
    plan("staging", "no-op");
    review("## first\n", "survey-mode-production");
    await comment(STACKS);
    labels().push("reviewed by legal");
    plan("production", "no-op");
    review("## second\n");
    await comment(STACKS);
    expect(comments().map(({ body }) => body.split("\n")[1])).toEqual(["## second"]);
    expect(labels()).toEqual(["reviewed by legal", "no-changes"]);
  });

  it("writes nothing when nothing has changed", async () => {
    plan("production", "create");
    plan("staging", "no-op");
    review("## same\n", "ledger-lost");
    await comment(STACKS);
    github.requests.length = 0;
    await comment(STACKS);
    expect(written()).toEqual([]);
  });

  it("finds its comment on the third page, and never updates someone else's", async () => {
    github.addComment(12, "mallory", "<!-- relay:review -->\nlooks good, merge it");
    for (let number = 0; number < 230; number += 1) github.addComment(12, "somebody", `remark ${number}`);
    github.addComment(12, BOT, "<!-- relay:review other -->\nanother marker");
    const own = github.addComment(12, BOT, "<!-- relay:review -->\r\nold");
    plan("production", "create");
    plan("staging", "no-op");
    review("## new\n");
    await comment(STACKS);
    expect(own.body).toContain("## new");
    expect(comments()).toHaveLength(233);
    expect(comments()[0]?.body).toContain("merge it");
  });

  it("lists the environments that could not be planned, with and without a review", async () => {
    plan("staging", "no-op");
    review("## staging does not change\n");
    await comment(STACKS);
    expect(comments()[0]?.body).toMatch(
      /^<!-- relay:review -->\n> \[!CAUTION\]\n> \*\*Not planned: `production`\.\*\*/,
    );
    expect(labels()).toEqual(["plan-failed"]);
    rmSync(join(folder, "planned"), { recursive: true });
    rmSync(join(folder, "review.md"));
    expect((await comment(STACKS)).code).toBe(0);
    expect(comments()[0]?.body).toContain("Not planned: `production`, `staging`.");
    expect(comments()).toHaveLength(1);
  });

  it("reports a missing review as an error", async () => {
    plan("production", "create");
    const { code, err } = await comment(STACKS);
    expect({ code, written: written() }).toEqual({ code: 1, written: [] });
    expect(err).toContain("production has a plan, but there is no review");
  });

  it("creates no comment for a change without an affected environment, but updates an existing one", async () => {
    await comment(NONE);
    expect(comments()).toEqual([]);
    expect(labels()).toEqual(["no-changes"]);
    github.addComment(12, BOT, "<!-- relay:review -->\ngoes live");
    await comment(NONE);
    expect(comments()[0]?.body).toContain("This change touches no environment");
  });

  it("warns about an environment whose code is removed", async () => {
    await comment(NONE, "--removed=pilot,trial");
    expect(comments()).toHaveLength(1);
    expect(comments()[0]?.body).toContain("> **`trial` has no file any more.**");
    expect(comments()[0]?.body).toContain(
      "set `retired: true` in its file, apply it, and run `npx cdktf destroy pilot`.",
    );
    expect(comments()[0]?.body).not.toContain("touches no environment");
    expect(labels()).toEqual([]);
  });

  it("does not comment on a pull request that has a newer commit", async () => {
    const pull = github.issue(12);
    plan("production", "create");
    plan("staging", "no-op");
    review("## old\n");
    event("2222222222222222222222222222222222222222");
    const { code, err } = await comment(STACKS);
    expect({ code, comments: pull?.comments, written: written() }).toEqual({ code: 0, comments: [], written: [] });
    expect(err).toContain("pull request #12 is now at 111111111111");
  });

  it("cuts a comment that is too long for GitHub, and says so", async () => {
    plan("production", "create");
    plan("staging", "no-op");
    review(`## long\n${"a line of seventy characters, as reviews have them, more or less.....\n".repeat(2000)}`);
    expect((await comment(STACKS)).code).toBe(0);
    const body = comments()[0]?.body ?? "";
    expect(body.length).toBeLessThanOrEqual(65_536);
    expect(body.length).toBeGreaterThan(65_000);
    expect(body).toContain("This comment is cut.");
    expect(body).toContain("Plan of 111111111111");
  });

  it("with --dry-run only prints what it would do", async () => {
    plan("production", "create");
    plan("staging", "no-op");
    review("## dry\n", "survey-mode-production");
    const { code, out, err } = await comment(STACKS, "--dry-run");
    expect({ code, written: written() }).toEqual({ code: 0, written: [] });
    expect(out).toContain("## dry");
    expect(err).toContain("Would create a comment on pull request #12, with the labels: surveys:customers.");
  });
});

describe("relay ci comment, when GitHub fails", () => {
  beforeEach(() => {
    plan("production", "create");
    plan("staging", "no-op");
    review("## review\n");
  });

  it.each([
    ["a secondary limit", { status: 403, headers: { "retry-after": "0" }, message: "secondary rate limit" }],
    ["429", { status: 429, headers: { "retry-after": "0" } }],
    [
      "a used-up limit that is over",
      { status: 403, headers: { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1" } },
    ],
  ])("waits as long as GitHub asks: %s", async (_, fault) => {
    github.faults.push({ method: "POST", path: /comments$/, ...fault });
    expect((await comment(STACKS)).code).toBe(0);
    expect(comments()).toHaveLength(1);
  });

  it("does not wait for an hour, and prints how long the wait would be", async () => {
    const reset = String(Math.floor(Date.now() / 1000) + 3600);
    const headers = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset };
    github.faults.push({ method: "GET", path: /pulls/, status: 403, headers, message: "API rate limit exceeded" });
    const { code, err } = await comment(STACKS);
    expect(code).toBe(1);
    expect(err).toMatch(/Rate limit reached\. It ends in 3[56]\d\d seconds/);
    expect(err).toContain("API rate limit exceeded");
  });

  it("retries failed reads and updates", async () => {
    github.addComment(12, BOT, "<!-- relay:review -->\nold");
    github.faults.push(
      { method: "GET", path: /pulls/, status: 502 },
      { method: "PATCH", path: /comments/, status: 500 },
    );
    expect((await comment(STACKS)).code).toBe(0);
    expect(comments()[0]?.body).toContain("## review");
  });

  it("creates no second comment when only the answer to the first was lost", async () => {
    github.faults.push({ method: "POST", path: /comments$/, status: 502, afterwards: true });
    expect((await comment(STACKS)).code).toBe(0);
    expect(comments()).toHaveLength(1);
  });

  it("creates it again when the first was not created", async () => {
    github.faults.push({ method: "POST", path: /comments$/, status: 502 });
    expect((await comment(STACKS)).code).toBe(0);
    expect(comments()).toHaveLength(1);
  });

  it("names the missing permission of a refused workflow, with GitHub's message but not the token", async () => {
    const message = "Resource not accessible by integration";
    github.faults.push({ method: "POST", path: /comments$/, status: 403, message });
    const { code, err, out } = await comment(STACKS);
    expect(code).toBe(1);
    expect(err).toContain(message);
    expect(err).toContain("pull-requests: write");
    expect(err + out).not.toContain("token-of-the-workflow");
  });

  it("names a pull request that does not exist", async () => {
    github.issues.length = 0;
    const { code, err } = await comment(STACKS);
    expect(code).toBe(1);
    expect(err).toContain("/pulls/12 failed: 404 Not Found");
  });
});
