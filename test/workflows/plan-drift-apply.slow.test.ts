/**
 * Runs the workflows' files: an environment is applied, drifts, is reported, repaired, and changed by pull requests, with the
 * YAML's own lines, the real Terraform, the sandbox's Gladly and Stella Connect, and a part of GitHub's REST API. The tests
 * depend on each other, because they share one state.
 *
 * Each run of a workflow clones, synthesizes and plans for every job.
 */
import { awsProviderMirror, describeWithAws } from "../acceptance/aws/aws-provider";
import { type Event, type JobRun, runWorkflow } from "./support/run-workflow";
import { PipelineSetup, PRODUCTION_KEY, SECRETS } from "./support/setup";

const MAIN: Pick<Event, "branch" | "ref"> = { branch: "main", ref: "refs/heads/main" };
const mirror = awsProviderMirror() ?? "";

/** The result of each job, with the log of unexpected ones. */
function results(runs: readonly JobRun[], failing?: string): Readonly<Record<string, string>> {
  const wrong = runs.filter(({ id, result }) => result === "failure" && id !== failing);
  if (wrong.length > 0) throw new Error(wrong.map(({ name, log }) => `${name}\n${log}`).join("\n\n"));
  return Object.fromEntries(runs.map(({ id, result }) => [id, result]));
}

const of = (runs: readonly JobRun[], id: string) => runs.find((one) => one.id === id);

describeWithAws("the workflows, run one after the other", () => {
  let setup: PipelineSetup;
  beforeAll(async () => {
    setup = await PipelineSetup.open(mirror);
  });
  afterAll(() => setup.close());

  const webhook = async () => (await setup.gladly.webhooks())[0];
  const apply = (secrets?: Readonly<Record<string, string>>) =>
    runWorkflow("apply", { name: "push", ...MAIN }, setup.runnerContext(secrets));
  const drift = (secrets?: Readonly<Record<string, string>>) =>
    runWorkflow("drift", { name: "schedule", ...MAIN }, setup.runnerContext(secrets));

  async function pullRequest(
    number: number,
    files: Readonly<Record<string, string>>,
    secrets?: Readonly<Record<string, string>>,
  ): Promise<readonly JobRun[]> {
    const { branch, head } = setup.pullRequest(files);
    const pull = setup.github.issue(number) ?? setup.github.addPullRequest(number, head);
    Object.assign(pull, { pull_request: { head } });
    const payload = {
      pull_request: {
        number,
        user: { login: "somebody" },
        head: { sha: head, repo: { full_name: "example/customer-surveys" } },
        base: { sha: setup.base() },
      },
    };
    const ref = `refs/pull/${number}/merge`;
    return runWorkflow("plan", { name: "pull_request", branch, ref, payload }, setup.runnerContext(secrets));
  }

  it("apply plans, shows the review, applies the saved plan and then plans no changes", async () => {
    const runs = await apply();
    expect(results(runs)).toEqual({ stacks: "success", plan: "success", review: "success", apply: "success" });
    expect(of(runs, "review")?.summary).toContain("rehearsal");
    expect(of(runs, "apply")?.name).toBe("Apply rehearsal");
    expect(of(runs, "apply")?.log).toContain("Apply complete! Resources: 2 added");
    expect(await webhook()).toMatchObject({ name: "Send Stella Survey", enabled: true });
    const log = runs.map((one) => one.log + one.summary).join("\n");
    for (const secret of Object.values(SECRETS)) expect(log).not.toContain(secret);
  });

  it("drift opens an issue about a disabled webhook, and keeps it open during an outage", async () => {
    const { id = "" } = (await webhook()) ?? {};
    await setup.gladly.updateWebhook(id, { enabled: false });
    expect(results(await drift())).toMatchObject({ look: "success" });
    expect(setup.github.issues).toMatchObject([{ title: expect.stringContaining("rehearsal"), state: "open" }]);
    expect(setup.github.issues[0]?.body).toContain("disabled the webhook");
    const unknown = await drift({ ...SECRETS, GLADLY_TOKEN: "revoked" });
    expect(results(unknown, "look")).toMatchObject({ look: "failure" });
    expect(setup.github.issues).toMatchObject([{ state: "open", body: expect.stringContaining("could not find out") }]);
  });

  it("a manual apply repairs it, and drift closes the issue when the password is set again", async () => {
    const byHand = await runWorkflow("apply", { name: "workflow_dispatch", ...MAIN }, setup.runnerContext());
    // The webhook is enabled again, and the last step says what is left to do.
    expect(results(byHand, "apply")).toMatchObject({ apply: "failure" });
    expect(of(byHand, "apply")?.log).toContain("Apply complete! Resources: 0 added, 1 changed");
    expect(of(byHand, "apply")?.log).toMatch(/raise `webhook\.passwordVersion`/);
    expect(await webhook()).toMatchObject({ enabled: true });
    results(await drift());
    // The person who disabled it could also have changed the password.
    expect(setup.github.issues).toMatchObject([{ state: "open", body: expect.stringContaining("passwordVersion") }]);
    setup.passwordVersion = 2;
    setup.pullRequest(setup.environment());
    setup.merge();
    expect(results(await apply())).toMatchObject({ apply: "success" });
    results(await drift());
    expect(setup.github.issues).toMatchObject([{ state: "closed" }]);
  });

  it("plan says in one comment that a change goes live, sets a label, and updates both when the change changes", async () => {
    const manualSteps = { integratedChannel: { by: "a person", on: "2026-11-22" } };
    const live = setup.environment({ surveyMode: "production", manualSteps });
    const runs = await pullRequest(20, live);
    expect(results(runs)).toEqual({ stacks: "success", plan: "success", review: "success" });
    const pull = setup.github.issue(20);
    expect(pull?.comments).toMatchObject([{ body: expect.stringContaining("customers") }]);
    expect(pull?.labels).toContain("surveys:customers");
    expect(of(runs, "review")?.summary).toContain("rehearsal");

    expect(results(await pullRequest(20, { "docs/note.md": "a note\n" }))).toMatchObject({
      plan: "skipped",
      review: "success",
    });
    expect(pull?.comments).toMatchObject([{ body: expect.stringContaining("This change touches no environment") }]);
    expect(pull?.labels).toEqual(["no-changes"]);
    setup.pullRequest(live);
  });

  it("apply of its merge goes live, with the production key as the password", async () => {
    setup.merge();
    const runs = await apply({ ...SECRETS, WEBHOOK_PASSWORD: PRODUCTION_KEY });
    expect(results(runs)).toMatchObject({ apply: "success" });
    expect(of(runs, "review")?.summary).toContain("customers");
  });

  it("plan fails and says so in the comment when an environment cannot be planned", async () => {
    const files = setup.environment({ webhook: { name: "a third name", passwordVersion: 1 } });
    const runs = await pullRequest(22, files, { ...SECRETS, GLADLY_TOKEN: "revoked" });
    const red = runs.filter(({ result }) => result === "failure").map(({ id }) => id);
    expect(red).toEqual(["plan", "review"]);
    expect(setup.github.issue(22)?.comments[0]?.body).toContain("Not planned: `rehearsal`");
    expect(setup.github.issue(22)?.labels).toEqual(["plan-failed"]);
  });

  it.each([
    ["a fork", { login: "somebody", full_name: "mallory/customer-surveys" }],
    ["Dependabot", { login: "dependabot[bot]", full_name: "example/customer-surveys" }],
  ])("plan does not plan the change of %s, and the required check fails with the reason", async (_, author) => {
    const { login, full_name } = author;
    const head = { sha: "1", repo: { full_name } };
    const payload = { pull_request: { number: 23, user: { login }, head, base: { sha: setup.base() } } };
    if (setup.github.issue(23) === undefined) setup.github.addPullRequest(23, "1");
    const event: Event = { name: "pull_request", branch: "merge", ref: "refs/pull/23/merge", payload };
    const runs = await runWorkflow("plan", event, setup.runnerContext({}));
    expect(results(runs, "review")).toEqual({ stacks: "success", plan: "skipped", review: "failure" });
    expect(of(runs, "review")?.summary).toContain("GitHub gives a fork, and Dependabot, no secrets");
  });

  it("plan fails, and is not skipped, when an environment file is broken", async () => {
    const { branch, head } = setup.pullRequest({ "stacks/environments/broken.ts": "export default {" });
    const repo = { full_name: "example/customer-surveys" };
    const base = { sha: setup.base() };
    const payload = { pull_request: { number: 24, user: { login: "somebody" }, head: { sha: head, repo }, base } };
    const event: Event = { name: "pull_request", branch, ref: "refs/pull/24/merge", payload };
    const runs = await runWorkflow("plan", event, setup.runnerContext());
    const red = runs.filter(({ result }) => result === "failure").map(({ id }) => id);
    expect(red).toEqual(["stacks", "review"]);
  });

  it("apply and drift do nothing on another branch, where AWS would refuse them", async () => {
    const event: Event = { name: "workflow_dispatch", branch: "change", ref: "refs/heads/change" };
    for (const name of ["apply", "drift"] as const) {
      expect(Object.values(results(await runWorkflow(name, event, setup.runnerContext())))).not.toContain("success");
    }
  });
});
