/** Rules for every workflow, checked with GitHub's own parser. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readArguments } from "../../src/cli/arguments";
import { findCommand } from "../../src/cli/command";
import { GROUPS } from "../../src/commands";
import { pipelineSubjects } from "../../src/deploy/constructs/pipeline-roles";
import { project } from "../support/scratch";
import { type ActionsLibrary, actionsLibrary } from "./support/actions-library";
import { subjectOf } from "./support/run-workflow";
import {
  ACTION_PATH,
  type Job,
  type Step,
  setupAction,
  textOf,
  WORKFLOWS,
  workflow,
  workflowPath,
} from "./support/workflow";

const jobs = WORKFLOWS.flatMap((file) =>
  Object.entries(workflow(file).jobs).map(([id, job]) => ({ file, id, where: `${file}.yml, ${id}`, job })),
);
const steps: readonly { where: string; step: Step }[] = [
  ...jobs.flatMap(({ where, job }) => job.steps.map((step) => ({ where, step }))),
  ...setupAction().runs.steps.map((step) => ({ where: ACTION_PATH, step })),
];
const scripts = steps.flatMap(({ where, step }) => (step.run === undefined ? [] : [{ where, step, script: step.run }]));
const files = [...WORKFLOWS.map(workflowPath), ACTION_PATH];

/** The errors of GitHub's parser for a file. */
async function faults(name: string, content: string): Promise<readonly string[]> {
  const { parser, parseAction } = actionsLibrary();
  const trace = new parser.NoOperationTraceWriter();
  const file = { name, content };
  if (name.startsWith(".github/actions")) return messages(parseAction(file, trace).context);
  const { context, value } = parser.parseWorkflow(file, trace);
  // The parser checks conditions only now.
  if (value !== undefined) await parser.convertWorkflowTemplate(context, value);
  return messages(context);
}

function messages(context: ReturnType<ActionsLibrary["parseAction"]>["context"]): readonly string[] {
  return context.errors.getErrors().map(({ message }) => message);
}

describe("every workflow", () => {
  it.each(files)("is accepted by GitHub's parser: %s", async (path) => {
    expect(await faults(path, textOf(path))).toEqual([]);
  });

  it("would be refused by the parser with an unknown key, trigger or context", async () => {
    const plan = textOf(workflowPath("plan"));
    for (const [from, to] of [
      ["timeout-minutes:", "timeout-minuts:"],
      ["pull_request:", "pull_requests:"],
      ["if: needs.stacks.outputs.any == 'true'", "if: need.stacks.outputs.any == 'true'"],
      ["fromJSON(", "fromJason("],
    ] as const) {
      expect({ to, found: (await faults("plan.yml", plan.replace(from, to))).length > 0 }).toEqual({ to, found: true });
    }
  });

  it("pins each action to a commit, with its version in a comment, the same everywhere", () => {
    const uses = files.flatMap((path) =>
      textOf(path)
        .split("\n")
        .filter((line) => /\buses:/.test(line)),
    );
    const foreign = uses
      .map((line) => line.trim().replace(/^- /, ""))
      .filter((line) => line !== "uses: ./.github/actions/setup");
    expect(foreign.length).toBeGreaterThan(20);
    for (const line of foreign) expect(line).toMatch(/^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    const actions = new Set(foreign.map((line) => line.split("@")[0]));
    expect(new Set(foreign).size).toBe(actions.size);
  });

  it.each(jobs)("$where has no permissions by default, and only the required ones", ({ file, job }) => {
    expect(workflow(file).permissions).toEqual({});
    expect(job.permissions).toEqual(needed(job));
  });

  it.each(jobs)("$where has a time limit and a fixed runner, and does not keep checkout credentials", ({ job }) => {
    expect(job["timeout-minutes"]).toBeLessThanOrEqual(60);
    expect(job["runs-on"]).toBe("ubuntu-24.04");
    for (const { uses, with: inputs } of job.steps) {
      if (uses?.startsWith("actions/checkout@")) expect(inputs["persist-credentials"]).toBe("false");
    }
  });

  it("has no trigger that gives strangers permissions", () => {
    for (const file of WORKFLOWS) {
      const known = ["pull_request", "push", "schedule", "workflow_dispatch"];
      expect(Object.keys(workflow(file).on).filter((event) => !known.includes(event))).toEqual([]);
    }
  });

  it("has no expression in a script, where a name could become code", () => {
    expect(scripts.filter(({ script }) => /\$\{\{/.test(script))).toEqual([]);
  });

  it("runs its scripts in a bash that stops at the first failure, even in a pipe", () => {
    for (const file of ["plan", "apply", "drift"] as const) expect(workflow(file).defaults?.run.shell).toBe("bash");
    for (const { step } of steps.filter(({ where }) => /test\.yml|action/.test(where))) {
      if (step.run !== undefined) expect(step.shell).toBe("bash");
    }
  });

  it("gives a secret only to the step that needs it", () => {
    const holders = steps.filter(({ step }) => /secrets|github\.token/.test(JSON.stringify([step.env, step.with])));
    expect(holders.every(({ step }) => step.run !== undefined && /npx --no relay /.test(step.run))).toBe(true);
    expect(
      holders.map(({ step }) =>
        Object.keys(step.env)
          .filter((name) => /TOKEN|password/.test(name))
          .sort(),
      ),
    ).toEqual([
      ["GLADLY_TOKEN"],
      ["GITHUB_TOKEN"],
      ["GLADLY_TOKEN"],
      ["GLADLY_TOKEN", "TF_VAR_webhook_password"],
      ["GLADLY_TOKEN"],
      ["GLADLY_TOKEN"],
      ["GITHUB_TOKEN"],
    ]);
    expect(scripts.filter(({ script }) => /TOKEN|password/.test(script))).toEqual([]);
  });

  it("keeps each whole review that may be cut, with a link", () => {
    const cut = jobs.filter(({ job }) => job.steps.some(({ run }) => run?.includes("--format markdown")));
    expect(cut.map(({ where }) => where)).toEqual(["plan.yml, review", "apply.yml, review"]);
    for (const { job } of cut) {
      const index = job.steps.findIndex(({ run }) => run?.includes("--format markdown"));
      const { run = "", env } = job.steps[index] ?? {};
      for (const line of run.split("\n").filter((one) => one.includes("--format markdown"))) {
        expect(line).toContain('--full-report "$WHOLE"');
      }
      expect(env?.WHOLE).toMatch(/\/actions\/runs\/\$\{\{ github\.run_id \}\}#artifacts$/);
      const kept = job.steps.slice(index).find(({ uses }) => uses?.startsWith("actions/upload-artifact@"));
      for (const file of kept?.with.path?.trim().split(/\s+/) ?? ["nothing is kept"]) {
        expect(run).toContain(`--out ${file}\n`);
      }
      // A folder of the plans' artifacts has an environment's name, which never contains a dot.
      expect(["review", "review.whole"]).toContain(kept?.with.name);
    }
  });

  it("calls relay with existing commands and options", () => {
    const calls = scripts.flatMap(({ where, script }) => relayCalls(script).map((words) => ({ where, words })));
    expect(calls.length).toBeGreaterThanOrEqual(14);
    for (const { where, words } of calls) {
      const [name = "", ...rest] = words;
      const command = findCommand(name, GROUPS);
      if (command === undefined) throw new Error(`${where}: there is no relay ${name}`);
      expect(() => readArguments(name, command, rest)).not.toThrow();
    }
  });
});

/** The permissions that a job's steps need. */
function needed({ steps: own }: Job): Readonly<Record<string, string>> {
  const text = JSON.stringify(own);
  return {
    ...(text.includes("actions/checkout@") ? { contents: "read" } : {}),
    ...(text.includes("configure-aws-credentials@") ? { "id-token": "write" } : {}),
    ...(text.includes("relay ci comment") ? { "pull-requests": "write" } : {}),
    ...(text.includes("relay ci drift-issue") ? { issues: "write" } : {}),
  };
}

/** The words of each relay call in a script, as the shell splits them. */
function relayCalls(script: string): readonly (readonly string[])[] {
  return script
    .split("\n")
    .flatMap((line) => /npx --no relay (.*)$/.exec(line)?.[1] ?? [])
    .map((call) => call.split(/ \| | >> | 2> /)[0] ?? call)
    .map((call) => (call.match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replaceAll('"', "")));
}

describe("the roles of the workflows", () => {
  const asking = jobs.filter(({ job }) => JSON.stringify(job.steps).includes("role-to-assume"));
  const bare = (text: string | undefined) => text?.replace(/^\$\{\{ (.*) \}\}$/, "$1");
  const role = (job: Job) => job.steps.find(({ with: inputs }) => inputs["role-to-assume"])?.with["role-to-assume"];

  it("are the plan role in jobs of the plan environment, and the apply role in jobs of the environment", () => {
    expect(asking.map(({ where, job }) => [where, bare(role(job)), bare(job.environment)])).toEqual([
      ["plan.yml, plan", "matrix.plan_role", "matrix.plan_environment"],
      ["apply.yml, plan", "matrix.plan_role", "matrix.plan_environment"],
      ["apply.yml, apply", "matrix.apply_role", "matrix.environment"],
      ["drift.yml, look", "matrix.plan_role", "matrix.plan_environment"],
    ]);
  });

  it.each([
    ["plan", "pull_request", "refs/pull/1/merge", "production-plan", "environment:production-plan"],
    ["plan", "push", "refs/heads/main", "production-plan", "environment:production-plan"],
    ["plan", "schedule", "refs/heads/main", "production-plan", "environment:production-plan"],
    ["apply", "push", "refs/heads/main", "production", "environment:production"],
    ["apply", "workflow_dispatch", "refs/heads/main", "production", "environment:production"],
  ] as const)("%s can be assumed on %s from %s", (kind, name, ref, environment, subject) => {
    expect(subjectOf({ name, ref }, environment)).toBe(subject);
    expect(pipelineSubjects(kind, "production")).toContain(subject);
  });
});

it("the setup installs the tested versions", () => {
  const [node, terraform] = setupAction().runs.steps;
  const { engines } = JSON.parse(readFileSync(join(project, "package.json"), "utf8"));
  expect(engines.node).toBe(">=20.19");
  expect(node?.with["node-version"]).toBe("24");
  expect(terraform?.with).toEqual({ terraform_version: "1.11.4", terraform_wrapper: "false" });
});
