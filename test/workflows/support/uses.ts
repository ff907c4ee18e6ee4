/**
 * Replacements for the actions of the workflows. Each does the documented part that the workflows use. An unknown action fails
 * the step.
 */
import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, statSync, symlinkSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { project } from "../../support/scratch";
import { ACTION_PATH } from "./workflow";

/** The job in which an action runs. */
export interface JobPlace {
  readonly workspace: string;
  /** The folder with one folder for each artifact of the run. */
  readonly artifacts: string;
  /** The repository to check out. */
  readonly repository: string;
  readonly ref: string;
  readonly permissions: Readonly<Record<string, string>>;
  /** Variables for all later steps. */
  readonly env: Record<string, string>;
  /** Whether AWS lets this job assume a role. */
  assumeRole(arn: string): boolean;
}

type Inputs = Readonly<Record<string, string>>;

/** Actions without versions. Read an action's documentation before you add it. */
const KNOWN: Readonly<Record<string, (inputs: Inputs, job: JobPlace) => void>> = {
  "actions/checkout": checkout,
  "./.github/actions/setup": setUp,
  "aws-actions/configure-aws-credentials": credentials,
  "actions/upload-artifact": upload,
  "actions/download-artifact": download,
};

export function use(action: string, inputs: Inputs, job: JobPlace): void {
  const known = KNOWN[action.split("@")[0] ?? action];
  if (known === undefined) throw new Error(`${action} is not known here`);
  known(inputs, job);
}

/** Links the packages and copies the build results, which the real action installs and builds. */
function setUp(_inputs: Inputs, job: JobPlace): void {
  if (!existsSync(join(job.workspace, ACTION_PATH))) throw new Error(`there is no ${ACTION_PATH}`);
  symlinkSync(join(project, "node_modules"), join(job.workspace, "node_modules"));
  if (existsSync(join(project, "dist")))
    cpSync(join(project, "dist"), join(job.workspace, "dist"), { recursive: true });
}

function checkout(inputs: Inputs, job: JobPlace): void {
  if (job.permissions.contents !== "read") throw new Error("a checkout needs contents: read");
  if (inputs.ref !== undefined) {
    execFileSync("git", ["clone", "-q", `file://${job.repository}`, job.workspace], { stdio: "ignore" });
    execFileSync("git", ["checkout", "-q", "--detach", inputs.ref], { cwd: job.workspace, stdio: "ignore" });
    return;
  }
  const depth = inputs["fetch-depth"] ?? "1";
  const args = ["clone", "-q", "--depth", depth, "--branch", job.ref, `file://${job.repository}`, job.workspace];
  execFileSync("git", args, { stdio: "ignore" });
}

function credentials(inputs: Inputs, job: JobPlace): void {
  if (job.permissions["id-token"] !== "write") throw new Error("GitHub vouches only for a job with id-token: write");
  const role = inputs["role-to-assume"] ?? "";
  if (!job.assumeRole(role)) throw new Error(`Not authorized to perform sts:AssumeRoleWithWebIdentity on ${role}`);
  Object.assign(job.env, {
    AWS_REGION: inputs["aws-region"] ?? "",
    AWS_ACCESS_KEY_ID: "an id",
    AWS_SECRET_ACCESS_KEY: "a key",
    AWS_SESSION_TOKEN: "a token",
  });
}

function upload(inputs: Inputs, job: JobPlace): void {
  const { name = "artifact", path = "" } = inputs;
  const found = path
    .split("\n")
    .map((one) => join(job.workspace, one.trim()))
    .filter((one) => one !== job.workspace && existsSync(one));
  if (found.length === 0) {
    if (inputs["if-no-files-found"] === "error") throw new Error(`No files were found with the provided path: ${path}`);
    return;
  }
  const to = join(job.artifacts, name);
  mkdirSync(to, { recursive: true });
  for (const from of found) {
    if (statSync(from).isFile()) cpSync(from, join(to, basename(from)));
    else copyTree(from, to, inputs["include-hidden-files"] === "true");
  }
}

function download(inputs: Inputs, job: JobPlace): void {
  const { name, path = ".", pattern } = inputs;
  if (pattern !== undefined) {
    const begin = pattern.replace(/\*$/, "");
    const found = readdirSync(job.artifacts).filter((one) => one.startsWith(begin));
    for (const one of found) copyTree(join(job.artifacts, one), join(job.workspace, path, one), true);
    return;
  }
  const from = name === undefined ? job.artifacts : join(job.artifacts, name);
  if (!existsSync(from)) throw new Error(name === undefined ? "No artifacts found" : `Artifact not found: ${name}`);
  copyTree(from, join(job.workspace, path), true);
}

/** Copies files like GitHub's archives: not executable, and hidden files only if requested. */
function copyTree(from: string, to: string, hidden: boolean): void {
  for (const name of readdirSync(from)) {
    if (!hidden && name.startsWith(".")) continue;
    const [source, target] = [join(from, name), join(to, name)];
    if (statSync(source).isDirectory()) {
      copyTree(source, target, hidden);
      continue;
    }
    mkdirSync(dirname(target), { recursive: true });
    cpSync(source, target);
    chmodSync(target, 0o644);
  }
}
