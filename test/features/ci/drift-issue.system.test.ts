import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runRelay } from "../../support/relay";
import { BOT, GitHubServer } from "./github-server";

let github: GitHubServer;
let folder: string;
beforeEach(async () => {
  github = new GitHubServer();
  await github.start();
  folder = mkdtempSync(join(tmpdir(), "drift-issue-"));
});
afterEach(async () => {
  await github.stop();
  rmSync(folder, { recursive: true });
});

const OFF = {
  id: "outside-webhook-off",
  severity: "critical",
  title: "Gladly switched the webhook `Send Stella Survey` off",
  remedy: "Apply.",
  resource: "gladly_webhook.survey_webhook",
  since: "2026-11-22T03:12:00Z",
};
const RENAMED = {
  id: "outside-topic-renamed",
  severity: "warning",
  title: "The topic was renamed",
  resource: "gladly_topic.a",
};

function look(code: number, findings: readonly object[] = [], ...more: readonly string[]) {
  const report = join(folder, "drift.json");
  const words = join(folder, "words.txt");
  writeFileSync(report, JSON.stringify({ version: 1, title: "Drift in production", findings }));
  writeFileSync(words, "relay drift: Gladly answers 503.\n");
  const args = ["ci", "drift-issue", "production", report, "--exit-code", String(code), "--words", words];
  return runRelay([...args, ...more], github.env);
}

const issue = () => github.issues.find(({ title }) => title === "Drift in production");
const commentLines = () => issue()?.comments.map(({ body }) => body.split("\n")[0]);

describe("relay ci drift-issue", () => {
  it("opens one issue with a label and annotates the run", async () => {
    const { code, out } = await look(2, [OFF]);
    expect(code).toBe(0);
    expect(github.issues).toHaveLength(1);
    expect(issue()).toMatchObject({ state: "open", labels: ["drift"], comments: [] });
    expect(issue()?.body).toContain("Gladly switched the webhook `Send Stella Survey` off");
    expect(issue()?.body).toContain("https://github.example/example/customer-surveys/actions/runs/42");
    expect(out).toMatch(/^::error title=Gladly switched the webhook Send Stella Survey off::/);
    expect(github.labels).toContain("drift");
  });

  it("updates it without notifications, and notifies only about new findings", async () => {
    await look(2, [OFF]);
    await look(2, [OFF]);
    expect(commentLines()).toEqual([]);
    await look(2, [OFF, RENAMED]);
    expect(commentLines()).toEqual([expect.stringMatching(/^More drift, according to/)]);
    expect(issue()?.comments[0]?.body).toContain("The topic was renamed");
    expect(issue()?.comments[0]?.body).not.toContain("switched");
    await look(2, [RENAMED]);
    expect(commentLines()).toHaveLength(1);
    expect(issue()?.body).not.toContain("switched the webhook");
    expect(github.issues).toHaveLength(1);
  });

  it("closes it once when there is no drift, and reopens it for the next drift", async () => {
    await look(2, [OFF]);
    await look(0);
    await look(0);
    expect(issue()?.state).toBe("closed");
    expect(commentLines()).toEqual([expect.stringMatching(/^No drift any more/)]);
    await look(2, [RENAMED]);
    expect(issue()?.state).toBe("open");
    expect(commentLines()?.[1]).toMatch(/^Drift again/);
    expect(github.issues).toHaveLength(1);
  });

  it("opens and closes nothing when the result is not known, but says so in the issue and fails", async () => {
    expect((await look(1)).code).toBe(1);
    expect(github.issues).toHaveLength(0);
    await look(2, [OFF]);
    expect((await look(1)).code).toBe(1);
    expect((await look(70)).code).toBe(1);
    expect(issue()).toMatchObject({ state: "open", comments: [] });
    expect(issue()?.body).toContain("Gladly switched the webhook");
    expect(issue()?.body.split("could not find out whether there still is drift")).toHaveLength(2);
    expect(issue()?.body).toContain("Gladly answers 503.");
    await look(2, [OFF]);
    expect(issue()?.body).not.toContain("could not find out");
    expect(commentLines()).toEqual([]);
  });

  it("does not open and close with every outage", async () => {
    for (const code of [1, 0, 1, 0, 1, 0]) await look(code);
    expect(github.issues).toEqual([]);
  });

  it("changes only the issue of its environment and its author", async () => {
    github.addIssue({ number: 1, body: "<!-- relay:drift staging -->\n", labels: ["drift"] });
    github.addIssue({
      number: 2,
      body: "<!-- relay:drift production -->\n",
      labels: ["drift"],
      user: { login: "mallory" },
    });
    const pull = {
      number: 3,
      body: "<!-- relay:drift production -->\n",
      labels: ["drift"],
      pull_request: { head: "1" },
    };
    github.addIssue(pull);
    for (let number = 4; number < 130; number += 1) github.addIssue({ number, body: "another", labels: ["drift"] });
    const own = github.addIssue({ number: 130, body: "<!-- relay:drift production -->\n", labels: ["drift"] });
    await look(0);
    expect(github.issues.filter(({ state }) => state === "closed")).toEqual([own]);
  });

  it("opens no second issue when only the answer was lost", async () => {
    github.faults.push({ method: "POST", path: /issues$/, status: 502, afterwards: true });
    expect((await look(2, [OFF])).code).toBe(0);
    expect(github.issues).toHaveLength(1);
  });

  it("fails when GitHub refuses, whatever the result", async () => {
    github.faults.push({
      method: "GET",
      path: /issues$/,
      status: 403,
      message: "Resource not accessible by integration",
    });
    const { code, err } = await look(0);
    expect(code).toBe(1);
    expect(err).toContain("issues: write");
  });

  it("with --dry-run only prints what it would do", async () => {
    const { code, err } = await look(2, [OFF], "--dry-run");
    expect({ code, issues: github.issues }).toEqual({ code: 0, issues: [] });
    expect(err).toContain("would open");
  });

  it("shows external names as plain text, not as a mention, a link or the end of a comment", async () => {
    const title = "The topic was renamed to `--> @everyone`";
    await look(2, [{ ...RENAMED, resource: "gladly_topic.a --> x", title }]);
    const body = issue()?.body ?? "";
    expect(body.split("\n")[1]).toMatch(/^<!-- relay:findings \[[^>]*> x"\] -->$/);
    expect(body.split("\n")[1]).not.toContain("--> x");
    await look(2, [{ ...RENAMED, resource: "gladly_topic.a --> x", title }]);
    expect(commentLines()).toEqual([]);
  });
});

it("the author can be set for a repository with its own app", async () => {
  github.addIssue({
    number: 1,
    body: `<!-- relay:drift production -->\n`,
    labels: ["drift"],
    user: { login: "surveys[bot]" },
  });
  const env = { ...github.env, RELAY_CI_AUTHOR: "surveys[bot]" };
  expect((await runRelay(["ci", "drift-issue", "production", "none", "--exit-code", "0"], env)).code).toBe(0);
  expect(github.issue(1)?.state).toBe("closed");
  expect(BOT).not.toBe("surveys[bot]");
});
