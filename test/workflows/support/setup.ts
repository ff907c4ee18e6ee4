/**
 * A repository with one environment on AWS for the workflows. The copy lacks what is not possible here, line by line and
 * checked: the account's state bucket (replaced by a folder), the caller's identity on AWS, and the rule that Gladly is not on
 * this machine. The environment has no relay (`direct`), so it needs nothing else from AWS.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { accountsOf, type EnvironmentInput, isOnAws } from "../../../src/environment";
import { EnvironmentSchema } from "../../../src/environment/schema";
import { type Sandbox, startSandbox } from "../../../src/sandbox/sandbox";
import { GladlyClient } from "../../../src/vendors/gladly/client";
import { foundation, json } from "../../deploy/stacks/samples";
import { GitHubServer } from "../../features/ci/github-server";
import { type Scratch, scratchProject } from "../../support/scratch";
import type { RunnerContext } from "./run-workflow";

export const SECRETS = {
  GLADLY_TOKEN: "canary-gladly-token",
  WEBHOOK_PASSWORD: "canary-stella-test-key",
} as const;
export const PRODUCTION_KEY = "canary-stella-production-key";
const USER = "survey-relay@example.com";
const ENVIRONMENT = "stacks/environments/rehearsal.ts";
const ACCOUNT = "999988887777";

/** The lines that the copy replaces. */
const PATCHES: Readonly<Record<string, readonly (readonly [from: string, to: string])[]>> = {
  "src/deploy/stacks/aws-stack.ts": [
    ["allowedAccountIds: [account]", "skipCredentialsValidation: true, skipRequestingAccountId: true"],
    ["localState !== undefined", "true"],
    ["path: localState", 'path: "STATE/".concat(name, ".tfstate")'],
  ],
  "src/environment/schema.ts": [['environment.relay.on === "aws" && isLoopback(environment.gladly.url)', "false"]],
};

const TrustPolicy = z.object({
  Statement: z.array(
    z.object({
      Action: z.union([z.string(), z.array(z.string())]),
      Condition: z.object({ StringEquals: z.record(z.string(), z.array(z.string())) }),
    }),
  ),
});

export class PipelineSetup {
  readonly github = new GitHubServer();
  /** The password version of the environment's webhook. */
  passwordVersion = 1;
  private readonly root = mkdtempSync(join(tmpdir(), "pipeline-"));
  private constructor(
    private readonly scratch: Scratch,
    readonly sandbox: Sandbox,
    private readonly providers: string,
  ) {}

  /** @param providers a filesystem mirror with the AWS provider */
  static async open(providers: string): Promise<PipelineSetup> {
    const sandbox = await startSandbox({
      credentials: {
        gladlyUser: USER,
        gladlyToken: SECRETS.GLADLY_TOKEN,
        stellaTestKey: SECRETS.WEBHOOK_PASSWORD,
        stellaProductionKey: PRODUCTION_KEY,
      },
    });
    const setup = new PipelineSetup(scratchProject("built"), sandbox, providers);
    await setup.github.start();
    setup.beginRepository();
    return setup;
  }

  async close(): Promise<void> {
    await this.sandbox.close();
    await this.github.stop();
    this.scratch.remove();
    rmSync(this.root, { recursive: true, force: true });
  }

  /** The context for a run of a workflow. */
  runnerContext(secrets: Readonly<Record<string, string>> = SECRETS): RunnerContext {
    const trust = this.trustPolicies();
    return {
      root: this.root,
      repository: this.scratch.folder,
      secrets,
      machine: { PATH: process.env.PATH },
      prepareHome: (home) => {
        // Terraform's implicit mirror folder, instead of the registry.
        mkdirSync(join(home, ".terraform.d"), { recursive: true });
        symlinkSync(this.providers, join(home, ".terraform.d/plugins"));
      },
      github: this.github.env,
      trusts: (role, subject) => {
        const conditions = trust[role]?.Statement.map(({ Condition }) => Condition.StringEquals) ?? [];
        const subjects = conditions.flatMap((equals) => equals["token.actions.githubusercontent.com:sub"] ?? []);
        return subjects.includes(`repo:${this.github.env.GITHUB_REPOSITORY}:${subject}`);
      },
    };
  }

  get gladly(): GladlyClient {
    const token = SECRETS.GLADLY_TOKEN;
    return new GladlyClient({ baseUrl: this.sandbox.gladly.url, user: USER, token });
  }

  /** Changes files on a branch and merges it with main, as GitHub does for a pull request's checkout. */
  pullRequest(files: Readonly<Record<string, string>>): { readonly branch: string; readonly head: string } {
    this.git("checkout", "-q", "-B", "change", "main");
    this.commit(files);
    const head = this.git("rev-parse", "HEAD");
    this.git("checkout", "-q", "-B", "merge", "main");
    this.git("merge", "-q", "--no-ff", "-m", "Merge the pull request", "change");
    return { branch: "merge", head };
  }

  /** The commit that a pull request would be merged into. */
  base(): string {
    return this.git("rev-parse", "main");
  }

  merge(): void {
    this.git("branch", "-f", "main", "merge");
  }

  /** The environment's file with changes. */
  environment(change: Partial<EnvironmentInput> = {}): Readonly<Record<string, string>> {
    const text = JSON.stringify({ ...this.input(), ...change }, undefined, 2);
    return { [ENVIRONMENT]: `export default ${text};\n` };
  }

  private input(): EnvironmentInput {
    return {
      name: "rehearsal",
      surveyMode: "test",
      delivery: "direct",
      gladly: { url: this.sandbox.gladly.url, user: USER },
      stella: { url: this.sandbox.stella.url },
      relay: {
        on: "aws",
        account: ACCOUNT,
        region: "us-east-1",
        alarms: { email: "survey-team@example.com" },
        pipeline: { repository: this.github.env.GITHUB_REPOSITORY ?? "" },
      },
      webhook: { name: "Send Stella Survey", passwordVersion: this.passwordVersion },
    };
  }

  private beginRepository(): void {
    for (const [path, changes] of Object.entries(PATCHES)) {
      let text = readFileSync(join(this.scratch.folder, path), "utf8");
      for (const [from, to] of changes) {
        if (text.split(from).length !== 2) throw new Error(`${path} does not hold once: ${from}`);
        text = text.replace(from, () => to.replace("STATE", join(this.root, "state")));
      }
      writeFileSync(join(this.scratch.folder, path), text);
    }
    mkdirSync(join(this.root, "state"));
    for (const sample of ["staging", "production"])
      rmSync(join(this.scratch.folder, `stacks/environments/${sample}.ts`));
    this.git("init", "-q", "-b", "main");
    writeFileSync(join(this.scratch.folder, ".git/info/exclude"), "node_modules\n");
    this.commit(this.environment());
  }

  private commit(files: Readonly<Record<string, string>>): void {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(this.scratch.folder, path, ".."), { recursive: true });
      writeFileSync(join(this.scratch.folder, path), text);
    }
    this.git("add", "--all");
    this.git("commit", "-q", "-m", "a change");
  }

  private git(...args: readonly string[]): string {
    const who = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"];
    return execFileSync("git", [...who, ...args], { cwd: this.scratch.folder })
      .toString()
      .trim();
  }

  /** The trust policies of the roles in the account's foundation. */
  private trustPolicies() {
    const environment = EnvironmentSchema.parse({
      ...this.input(),
      gladly: { url: "https://example.gladly.qa", user: USER },
    });
    const [account] = accountsOf([environment].filter(isOnAws));
    if (account === undefined) throw new Error("the environment is meant to be on AWS");
    const roles = Object.values(json(foundation(account)).resource.aws_iam_role ?? {});
    return Object.fromEntries(
      roles.map(({ name, path, assume_role_policy: policy }) => [
        `arn:aws:iam::${ACCOUNT}:role${path}${name}`,
        TrustPolicy.parse(JSON.parse(z.string().parse(policy))),
      ]),
    );
  }
}
