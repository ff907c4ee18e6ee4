import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { main } from "../../../src/commands";
import { rememberingTerminal } from "../../support/terminal";
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

/** A plan that makes a topic, or one that does nothing. */
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

async function comment(stacks: string, ...more: readonly string[]) {
  const terminal = rememberingTerminal({ ...github.env, GITHUB_EVENT_PATH: join(folder, "event.json") });
  const args = ["--findings", join(folder, "review.json"), "--planned", join(folder, "planned"), "--stacks", stacks];
  const code = await main(["ci", "comment", join(folder, "review.md"), ...args, ...more], terminal);
  return { code, ...terminal.printed };
}

const comments = () => github.issue(12)?.comments ?? [];
const labels = () => github.issue(12)?.labels ?? [];
const written = () => github.requests.filter((request) => !request.startsWith("GET "));

describe("relay ci comment", () => {
  it("makes one comment with the review, its commit and its run, and sets labels with a colour and a meaning", async () => {
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

  it("updates the comment in place, takes off labels that no longer hold, and leaves the team's own alone", async () => {
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

  it("writes nothing at all when nothing is new", async () => {
    plan("production", "create");
    plan("staging", "no-op");
    review("## same\n", "ledger-lost");
    await comment(STACKS);
    github.requests.length = 0;
    await comment(STACKS);
    expect(written()).toEqual([]);
  });

  it("finds its comment on the third page, and never takes somebody else's for its own", async () => {
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

  it("names the environments that could not be planned, above the review and where there is none", async () => {
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

  it("does not take a missing review for a good one", async () => {
    plan("production", "create");
    const { code, err } = await comment(STACKS);
    expect({ code, written: written() }).toEqual({ code: 1, written: [] });
    expect(err).toContain("production has a plan, but there is no review");
  });

  it("makes no comment for a change that touches no environment, but corrects an earlier one", async () => {
    await comment(NONE);
    expect(comments()).toEqual([]);
    expect(labels()).toEqual(["no-changes"]);
    github.addComment(12, BOT, "<!-- relay:review -->\ngoes live");
    await comment(NONE);
    expect(comments()[0]?.body).toContain("This change touches no environment");
  });

  it("warns of an environment that loses its code, which is not the same as no change", async () => {
    await comment(NONE, "--removed=pilot,trial");
    expect(comments()).toHaveLength(1);
    expect(comments()[0]?.body).toContain("> **`trial` has no file any more.**");
    expect(comments()[0]?.body).toContain(
      "set `retired: true` in its file, apply it, and run `npx cdktf destroy pilot`.",
    );
    expect(comments()[0]?.body).not.toContain("touches no environment");
    expect(labels()).toEqual([]);
  });

  it("leaves a pull request alone that has a newer commit by now", async () => {
    const pull = github.issue(12);
    plan("production", "create");
    plan("staging", "no-op");
    review("## old\n");
    event("2222222222222222222222222222222222222222");
    const { code, err } = await comment(STACKS);
    expect({ code, comments: pull?.comments, written: written() }).toEqual({ code: 0, comments: [], written: [] });
    expect(err).toContain("pull request #12 is now at 111111111111");
  });

  it("cuts what GitHub would refuse as too long, and says so", async () => {
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

  it("only says what it would do with --dry-run", async () => {
    plan("production", "create");
    plan("staging", "no-op");
    review("## dry\n", "survey-mode-production");
    const { code, out, err } = await comment(STACKS, "--dry-run");
    expect({ code, written: written() }).toEqual({ code: 0, written: [] });
    expect(out).toContain("## dry");
    expect(err).toContain("Would create a comment on pull request #12, with the labels: surveys:customers.");
  });
});

describe("relay ci comment, when GitHub does not simply answer", () => {
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
  ])("waits as long as it is asked to: %s", async (_, fault) => {
    github.faults.push({ method: "POST", path: /comments$/, ...fault });
    expect((await comment(STACKS)).code).toBe(0);
    expect(comments()).toHaveLength(1);
  });

  it("does not wait for an hour, and says how long it would have been", async () => {
    const reset = String(Math.floor(Date.now() / 1000) + 3600);
    const headers = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset };
    github.faults.push({ method: "GET", path: /pulls/, status: 403, headers, message: "API rate limit exceeded" });
    const { code, err } = await comment(STACKS);
    expect(code).toBe(1);
    expect(err).toMatch(/Rate limit reached\. It ends in 3[56]\d\d seconds/);
    expect(err).toContain("API rate limit exceeded");
  });

  it("repeats a read that failed, and an update", async () => {
    github.addComment(12, BOT, "<!-- relay:review -->\nold");
    github.faults.push(
      { method: "GET", path: /pulls/, status: 502 },
      { method: "PATCH", path: /comments/, status: 500 },
    );
    expect((await comment(STACKS)).code).toBe(0);
    expect(comments()[0]?.body).toContain("## review");
  });

  it("never makes a second comment when only the answer to the first was lost", async () => {
    github.faults.push({ method: "POST", path: /comments$/, status: 502, afterwards: true });
    expect((await comment(STACKS)).code).toBe(0);
    expect(comments()).toHaveLength(1);
  });

  it("makes it again when the first was not made", async () => {
    github.faults.push({ method: "POST", path: /comments$/, status: 502 });
    expect((await comment(STACKS)).code).toBe(0);
    expect(comments()).toHaveLength(1);
  });

  it("names the permission that a refused workflow lacks, in GitHub's words and ours, and not the token", async () => {
    const message = "Resource not accessible by integration";
    github.faults.push({ method: "POST", path: /comments$/, status: 403, message });
    const { code, err, out } = await comment(STACKS);
    expect(code).toBe(1);
    expect(err).toContain(message);
    expect(err).toContain("pull-requests: write");
    expect(err + out).not.toContain("token-of-the-workflow");
  });

  it("names a pull request that is not there", async () => {
    github.issues.length = 0;
    const { code, err } = await comment(STACKS);
    expect(code).toBe(1);
    expect(err).toContain("/pulls/12 failed: 404 Not Found");
  });
});
