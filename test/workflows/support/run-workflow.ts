/**
 * Runs a workflow's file on this machine as GitHub does: jobs by `needs`, matrices, conditions, outputs, summaries and
 * artifacts, and every `run` with GitHub's bash options. A step gets only the variables of GitHub and the workflow.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../support/run";
import { type Contexts, evaluated, holds, interpolated } from "./expression";
import { type JobPlace, use } from "./uses";
import { type Job, type Step, type Workflow, type WorkflowName, workflow } from "./workflow";

export interface RunnerContext {
  /** An empty folder for all files of a run. */
  readonly root: string;
  /** A git repository. */
  readonly repository: string;
  readonly secrets: Readonly<Record<string, string>>;
  /** The machine's variables: PATH. */
  readonly machine: NodeJS.ProcessEnv;
  /** Called for the home folder of each job. */
  readonly prepareHome: (home: string) => void;
  /** GITHUB_API_URL and the like. */
  readonly github: NodeJS.ProcessEnv;
  /** Whether AWS lets a GitHub subject assume a role. */
  readonly trusts: (role: string, subject: string) => boolean;
}

export interface Event {
  readonly name: "pull_request" | "push" | "schedule" | "workflow_dispatch";
  /** The checked out branch of the repository. */
  readonly branch: string;
  /** As in `github.ref`. */
  readonly ref: string;
  readonly actor?: string;
  readonly payload?: Readonly<Record<string, unknown>>;
}

export interface JobRun {
  readonly id: string;
  readonly name: string;
  readonly result: "success" | "failure" | "skipped";
  readonly log: string;
  readonly summary: string;
  readonly outputs: Readonly<Record<string, string>>;
}

let runs = 0;

export async function runWorkflow(
  name: WorkflowName,
  event: Event,
  context: RunnerContext,
): Promise<readonly JobRun[]> {
  runs += 1;
  const folder = join(context.root, `run-${runs}`);
  mkdirSync(join(folder, "artifacts"), { recursive: true });
  writeFileSync(join(folder, "event.json"), JSON.stringify(event.payload ?? {}));
  const github = {
    event: event.payload ?? {},
    ref: event.ref,
    actor: event.actor ?? "somebody",
    repository: context.github.GITHUB_REPOSITORY,
    server_url: context.github.GITHUB_SERVER_URL,
    run_id: context.github.GITHUB_RUN_ID,
    token: context.github.GITHUB_TOKEN,
  };
  const file = workflow(name);
  const done: JobRun[] = [];
  for (const [id, job] of Object.entries(file.jobs)) {
    const needs = Object.fromEntries(job.needs.map((need) => [need, together(done.filter((one) => one.id === need))]));
    // Seconds between two checks for drift. Nothing is applied in between here.
    const contexts = { github, needs, secrets: context.secrets, vars: { RELAY_DRIFT_SECONDS: "0" } };
    const failed = Object.values(needs).some(({ result }) => result !== "success");
    if (!holds(job.if, contexts, { failed })) {
      done.push({ id, name: job.name, result: "skipped", log: "", summary: "", outputs: {} });
      continue;
    }
    for (const matrix of matrixOf(job, contexts)) {
      const place = join(folder, `${id}-${Object.values(matrix)[0] ?? ""}`);
      done.push(await runJob(id, job, file, { ...contexts, matrix }, place, event, context));
    }
  }
  return done;
}

/** A job as other jobs see it, with all runs of its matrix. */
function together(runs: readonly JobRun[]) {
  const result = runs.some((one) => one.result === "failure") ? "failure" : (runs[0]?.result ?? "skipped");
  return { result, outputs: runs[0]?.outputs ?? {} };
}

function matrixOf(job: Job, contexts: Contexts): readonly Readonly<Record<string, unknown>>[] {
  const matrix = job.strategy?.matrix;
  if (matrix === undefined) return [{}];
  const value = typeof matrix === "string" ? evaluated(matrix, contexts) : undefined;
  const include = typeof value === "object" && value !== null && "include" in value ? value.include : undefined;
  if (!Array.isArray(include) || include.length === 0) throw new Error("GitHub refuses a matrix without a row");
  return include;
}

async function runJob(
  id: string,
  job: Job,
  file: Workflow,
  contexts: Contexts,
  folder: string,
  event: Event,
  context: RunnerContext,
): Promise<JobRun> {
  const workspace = join(folder, "workspace");
  mkdirSync(join(folder, "home"), { recursive: true });
  context.prepareHome(join(folder, "home"));
  mkdirSync(workspace);
  const environment = job.environment === undefined ? undefined : interpolated(job.environment, contexts);
  const subject = subjectOf(event, environment);
  const place: JobPlace = {
    workspace,
    artifacts: join(folder, "../artifacts"),
    repository: context.repository,
    ref: event.branch,
    permissions: job.permissions,
    env: {},
    assumeRole: (arn) => context.trusts(arn, subject),
  };
  const steps: Record<string, { outputs: Record<string, string> }> = {};
  const log: string[] = [];
  const summary = join(folder, "summary.md");
  writeFileSync(summary, "");
  let failed = false;
  for (const [index, step] of job.steps.entries()) {
    const now = { ...contexts, steps };
    if (!holds(step.if, now, { failed })) continue;
    const output = join(folder, `output-${index}`);
    writeFileSync(output, "");
    const outputs = await runStep(step, file, now, place, context, {
      HOME: join(folder, "home"),
      CI: "true",
      GITHUB_ACTIONS: "true",
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: summary,
      GITHUB_EVENT_PATH: join(folder, "../event.json"),
      GITHUB_WORKSPACE: workspace,
      GITHUB_REF: event.ref,
    });
    log.push(`== ${step.name ?? step.uses ?? step.run}\n${outputs.log}`);
    writeFileSync(join(folder, "log.txt"), log.join("\n"));
    if (step.id !== undefined) steps[step.id] = { outputs: outputsOf(readFileSync(output, "utf8")) };
    if (!outputs.passed && !step["continue-on-error"]) failed = true;
  }
  const outputs = Object.fromEntries(
    Object.entries(job.outputs).map(([name, text]) => [name, interpolated(text, { ...contexts, steps })]),
  );
  return {
    id,
    name: interpolated(job.name, contexts),
    result: failed ? "failure" : "success",
    log: log.join("\n"),
    summary: readFileSync(summary, "utf8"),
    outputs,
  };
}

async function runStep(
  step: Step,
  file: Workflow,
  contexts: Contexts,
  place: JobPlace,
  context: RunnerContext,
  runner: NodeJS.ProcessEnv,
): Promise<{ passed: boolean; log: string }> {
  const filled = (texts: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, interpolated(text, contexts)]));
  if (step.uses !== undefined) {
    try {
      use(step.uses, filled(step.with), place);
      return { passed: true, log: "" };
    } catch (error) {
      return { passed: false, log: `${error}` };
    }
  }
  if ((step.shell ?? file.defaults?.run.shell) !== "bash") throw new Error("only bash is known here");
  const script = join(place.workspace, "../script.sh");
  writeFileSync(script, interpolated(step.run ?? "", contexts));
  // GitHub does not set GITHUB_TOKEN for a step that does not request it.
  const { GITHUB_TOKEN: _token, ...github } = context.github;
  const env = { ...context.machine, ...github, ...runner, ...place.env, ...filled(step.env) };
  const ended = await run("bash", ["--noprofile", "--norc", "-eo", "pipefail", script], { cwd: place.workspace, env });
  return { passed: ended.code === 0, log: ended.out + ended.err };
}

/** The job's OIDC subject (https://docs.github.com/en/actions/reference/openid-connect-reference). */
export function subjectOf(event: Pick<Event, "name" | "ref">, environment: string | undefined): string {
  if (environment !== undefined) return `environment:${environment}`;
  return event.name === "pull_request" ? "pull_request" : `ref:${event.ref}`;
}

function outputsOf(text: string): Record<string, string> {
  return Object.fromEntries(
    text
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
  );
}
