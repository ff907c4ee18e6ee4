/** The recipes in docs/pipelines.md for GitLab and Atlantis are valid, use existing commands, and run. */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { z } from "zod";
import { readArguments } from "../../src/cli/arguments";
import { findCommand } from "../../src/cli/command";
import { GROUPS } from "../../src/commands";
import { FILLER } from "../../src/features/shared/webhook-password";
import { GitLabServer } from "../features/ci/gitlab-server";
import { storedPlan } from "../features/review/support/stored-plans";
import { run } from "../support/run";
import { project } from "../support/scratch";
import { textOf } from "./support/workflow";

/** A YAML block of the page, by the file name in its first line. */
function block(file: string): unknown {
  const found = textOf("docs/pipelines.md")
    .split("```yaml\n")
    .slice(1)
    .map((text) => text.split("\n```")[0] ?? "")
    .find((text) => text.startsWith(`# ${file}`));
  const [document] = parseAllDocuments(found ?? "", { strict: true, uniqueKeys: true });
  if (document === undefined || !("toJS" in document)) throw new Error(`the page has no ${file}`);
  expect(document.errors).toEqual([]);
  return document.toJS();
}

const Rule = z.strictObject({ if: z.string(), when: z.literal("manual").optional() });
const Job = z.strictObject({
  extends: z.enum([".relay", ".aws"]).optional(),
  stage: z.enum(["plan", "review", "apply"]).optional(),
  image: z.string().optional(),
  rules: z.array(Rule).optional(),
  id_tokens: z.record(z.string(), z.strictObject({ aud: z.literal("sts.amazonaws.com") })).optional(),
  parallel: z.strictObject({ matrix: z.array(z.record(z.string(), z.array(z.string()))) }).optional(),
  environment: z.strictObject({ name: z.string(), action: z.literal("access").optional() }).optional(),
  resource_group: z.string().optional(),
  variables: z.strictObject({ GIT_DEPTH: z.number() }).optional(),
  before_script: z.array(z.string()).optional(),
  script: z.array(z.string()).optional(),
  artifacts: z
    .strictObject({
      paths: z.array(z.string()),
      expire_in: z.enum(["1 day", "14 days"]),
      access: z.literal("developer"),
    })
    .optional(),
});
/** The part of https://docs.gitlab.com/ci/yaml/ that the recipe uses. */
const GitLab = z
  .object({ stages: z.array(z.string()), workflow: z.strictObject({ rules: z.array(Rule) }) })
  .catchall(Job);

const AtlantisStep = z.union([
  z.enum(["init", "plan", "apply"]),
  z.strictObject({ run: z.string() }),
  z.strictObject({
    env: z.strictObject({ name: z.string(), value: z.string().optional(), command: z.string().optional() }),
  }),
]);
const Steps = z.strictObject({ steps: z.array(AtlantisStep) });
/** The part of https://www.runatlantis.io/docs/server-side-repo-config that the recipe uses. */
const Atlantis = z.strictObject({
  repos: z.array(
    z.strictObject({
      id: z.string(),
      apply_requirements: z.array(z.enum(["approved", "mergeable", "undiverged"])),
      allowed_overrides: z.array(z.string()),
      allow_custom_workflows: z.literal(false),
      workflow: z.string(),
      pre_workflow_hooks: z.array(z.strictObject({ description: z.string(), run: z.string() })),
    }),
  ),
  workflows: z.record(z.string(), z.strictObject({ plan: Steps, apply: Steps })),
});
const AtlantisProjects = z.strictObject({
  version: z.literal(3),
  projects: z.array(
    z.strictObject({
      name: z.string(),
      dir: z.string(),
      autoplan: z.strictObject({ when_modified: z.array(z.string()) }),
    }),
  ),
});

const gitlab = () => GitLab.parse(block(".gitlab-ci.yml"));
const job = (name: string) => Job.parse(gitlab()[name]);

describe("the recipe for GitLab", () => {
  it("plans, reviews and applies the sample environments, with existing commands and options", () => {
    expect(gitlab().stages).toEqual(["plan", "review", "apply"]);
    expect(job(".aws").parallel?.matrix).toEqual([{ ENVIRONMENT: ["staging", "production"] }]);
    const lines = ["plan", "review", "apply", "drift"].flatMap((name) => job(name).script ?? []);
    const calls = lines.flatMap((line) => line.split("npx --no relay ").slice(1));
    expect(calls.length).toBeGreaterThanOrEqual(8);
    for (const call of calls) {
      const words = (call.replace(/\)"$/, "").match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replaceAll('"', ""));
      // The content of $( … ) is the next call.
      const [name = "", ...rest] = words.map((word) => (word.startsWith("$(") ? "{}" : word));
      const command = findCommand(name, GROUPS);
      if (command === undefined) throw new Error(`there is no relay ${name}`);
      expect(() => readArguments(name, command, rest)).not.toThrow();
    }
  });

  it("lets people approve an apply, one at a time, with the other role", () => {
    expect(job("apply")).toMatchObject({ environment: { name: "$ENVIRONMENT" }, resource_group: "$ENVIRONMENT" });
    expect(job("apply").rules).toEqual([expect.objectContaining({ when: "manual" })]);
    for (const [name, role] of [
      ["plan", "PLAN_ROLE"],
      ["drift", "PLAN_ROLE"],
      ["apply", "APPLY_ROLE"],
    ] as const) {
      expect(job(name)).toMatchObject({
        extends: ".aws",
        script: expect.arrayContaining([`export AWS_ROLE_ARN="$${role}"`]),
      });
    }
  });

  it("keeps the whole review, with a link in a cut note", () => {
    const { script = [], artifacts } = job("review");
    expect(script.join("\n")).toContain('--full-report "$CI_JOB_URL/artifacts/browse"');
    for (const file of artifacts?.paths ?? ["nothing is kept"]) expect(script.join("\n")).toContain(`--out ${file}`);
  });

  it("adds the review to the merge request and updates the note, when run line by line", async () => {
    const server = new GitLabServer("1111111111111111111111111111111111111111");
    await server.start();
    const folder = mkdtempSync(join(tmpdir(), "gitlab-"));
    try {
      for (let number = 0; number < 120; number += 1) server.addNote("<!-- relay:review -->\nsomebody else's", 8);
      for (const name of ["node_modules", "bin", "src", "stacks", "package.json", "scripts", "tsconfig.json"]) {
        symlinkSync(join(project, name), join(folder, name));
      }
      const script = join(folder, "script.sh");
      writeFileSync(script, ["set -eo pipefail", ...(job("review").script ?? [])].join("\n"));
      const env = { PATH: process.env.PATH, HOME: folder, ...server.env };
      for (const action of ["create", "no-op"] as const) {
        for (const name of ["staging", "production"]) writePlan(join(folder, "planned", name), action);
        expect(await run("bash", [script], { cwd: folder, env })).toMatchObject({ code: 0 });
      }
      const own = server.notes.filter(({ author }) => author.id === 7);
      expect(own).toHaveLength(1);
      expect(own[0]?.body).toMatch(/^<!-- relay:review -->\n/);
      expect(own[0]?.body).toContain("https://gitlab.example/pipelines/1");
      expect(server.labels).toEqual(["no-changes"]);
    } finally {
      await server.stop();
      rmSync(folder, { recursive: true });
    }
  });

  it("detects that an environment moves, in a clone like GitLab's runner makes it", async () => {
    const origin = mkdtempSync(join(tmpdir(), "gitlab-origin-"));
    const folder = mkdtempSync(join(tmpdir(), "gitlab-"));
    const git = (cwd: string, ...args: readonly string[]) =>
      execFileSync("git", ["-C", cwd, ...args], { stdio: "pipe" });
    try {
      git(origin, "init", "--quiet", "--initial-branch=main");
      cpSync(join(project, "stacks"), join(origin, "stacks"), { recursive: true });
      const commit = () => {
        git(origin, "add", "--all");
        git(origin, "-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "--quiet", "-m", "change");
      };
      commit();
      git(origin, "checkout", "--quiet", "-b", "move");
      const file = join(origin, "stacks/environments/production.ts");
      writeFileSync(file, readFileSync(file, "utf8").replace('account: "444455556666"', 'account: "111122223333"'));
      commit();

      // The runner's refspecs: https://docs.gitlab.com/ci/runners/configure_runners/#shallow-cloning
      const depth = job("review").variables?.GIT_DEPTH ?? 20;
      const pipeline = "+refs/heads/move:refs/pipelines/1";
      git(folder, "init", "--quiet");
      git(folder, "remote", "add", "origin", `file://${origin}`);
      if (depth > 0) git(folder, "fetch", "--quiet", `--depth=${depth}`, "origin", pipeline);
      else git(folder, "fetch", "--quiet", "origin", "+refs/heads/*:refs/remotes/origin/*", pipeline);
      git(folder, "checkout", "--quiet", "--detach", "refs/pipelines/1");

      for (const name of ["node_modules", "bin", "src", "package.json", "scripts", "tsconfig.json"]) {
        symlinkSync(join(project, name), join(folder, name));
      }
      mkdirSync(join(folder, "planned/production"), { recursive: true });
      writeFileSync(join(folder, "planned/production/plan.json"), JSON.stringify(storedPlan("aws-moved-account")));
      const [line = ""] = job("review").script ?? [];
      const env = { PATH: process.env.PATH, HOME: folder };
      expect(await run("bash", ["-eo", "pipefail", "-c", line], { cwd: folder, env })).toMatchObject({ code: 0 });
      expect(readFileSync(join(folder, "review.json"), "utf8")).toContain('"id": "relay-left-behind"');
    } finally {
      for (const one of [origin, folder]) rmSync(one, { recursive: true });
    }
  });
});

/** Writes a plan that creates the topic, or one without changes. */
function writePlan(folder: string, action: "create" | "no-op"): void {
  const topic = { id: "1", name: "do_not_send_stella", disabled: false };
  const change = {
    actions: [action],
    before: action === "create" ? null : topic,
    after: topic,
    after_unknown: {},
    before_sensitive: {},
    after_sensitive: {},
  };
  const resource = { address: "gladly_topic.a", mode: "managed", type: "gladly_topic", name: "a", change };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "plan.json"), JSON.stringify({ format_version: "1.2", resource_changes: [resource] }));
}

describe("the recipe for Atlantis", () => {
  const server = () => Atlantis.parse(block("repos.yaml"));
  const workflow = () => server().workflows.relay;

  it("has the sample environments as projects, in cdktf's output folders", () => {
    const { projects } = AtlantisProjects.parse(block("atlantis.yaml"));
    expect(projects.map(({ name, dir }) => `${name} ${dir}`)).toEqual([
      "staging cdktf.out/stacks/staging",
      "production cdktf.out/stacks/production",
    ]);
    expect(server().repos.every((repo) => repo.workflow in server().workflows)).toBe(true);
  });

  it("plans with the placeholder and applies with the password", () => {
    const password = (steps: readonly z.infer<typeof AtlantisStep>[] | undefined) =>
      steps
        ?.flatMap((step) => (typeof step === "object" && "env" in step ? [step.env] : []))
        .find(({ name }) => name === "TF_VAR_webhook_password");
    expect(password(workflow()?.plan.steps)).toEqual({ name: "TF_VAR_webhook_password", value: FILLER });
    expect(password(workflow()?.apply.steps)?.command).toContain("webhook-password-$PROJECT_NAME");
  });

  it("prints the review, when run line by line after a real plan", async () => {
    const folder = mkdtempSync(join(tmpdir(), "atlantis-"));
    try {
      const stack = join(folder, "cdktf.out/stacks/staging");
      mkdirSync(stack, { recursive: true });
      for (const name of ["node_modules", "bin", "src", "package.json", "scripts"])
        symlinkSync(join(project, name), join(folder, name));
      cpSync(join(project, "tsconfig.json"), join(folder, "tsconfig.json"));
      const outputs = { surveys_go_to: { value: "customers" } };
      writeFileSync(join(stack, "cdk.tf.json"), JSON.stringify({ output: outputs }));
      const env = {
        PATH: process.env.PATH,
        HOME: folder,
        CHECKPOINT_DISABLE: "1",
        PLANFILE: join(stack, "atlantis.plan"),
        PROJECT_NAME: "staging",
      };
      for (const args of [["init"], ["plan", "-input=false", "-out", env.PLANFILE]]) {
        expect(await run("terraform", args, { cwd: stack, env })).toMatchObject({ code: 0 });
      }
      const lines = workflow()?.plan.steps.flatMap((step) =>
        typeof step === "object" && "run" in step ? [step.run] : [],
      );
      let said = "";
      for (const line of lines ?? []) {
        const ended = await run("bash", ["-eo", "pipefail", "-c", line], { cwd: stack, env });
        expect(ended).toMatchObject({ code: 0 });
        said = ended.out;
      }
      expect(said).toMatch(/^<!-- relay review -->\n+## staging/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
