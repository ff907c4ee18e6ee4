/**
 * A saved plan from a pipeline's plan job in its apply job, with the real Terraform: the stack of an environment on AWS without
 * a relay (`direct`), whose password is an ephemeral variable, with the sandbox's Gladly and Stella.
 */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { providerDist } from "../../src/deploy/build/provider-dist";
import { applyStack } from "../../src/features/ci/apply-plan";
import { planStack } from "../../src/features/ci/save-plan";
import { FILLER } from "../../src/features/shared/webhook-password";
import { type Sandbox, startSandbox } from "../../src/sandbox/sandbox";
import { Terraform, TerraformFailed } from "../../src/terraform/terraform";
import { GladlyClient } from "../../src/vendors/gladly/client";
import { environment, integration, json } from "../deploy/stacks/samples";
import { project } from "../support/scratch";
import { rememberingTerminal } from "../support/terminal";

const USER = "survey-relay@example.com";
const TOKEN = "canary-gladly-token";
const KEY = "canary-stella-test-key";

const Stack = z.looseObject({
  provider: z.record(z.string(), z.unknown()),
  terraform: z.looseObject({ required_providers: z.record(z.string(), z.unknown()) }),
});

let root: string;
let sandbox: Sandbox;
let gladly: GladlyClient;
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), "saved-plan-"));
  sandbox = await startSandbox({
    credentials: { gladlyUser: USER, gladlyToken: TOKEN, stellaTestKey: KEY, stellaProductionKey: "another key" },
  });
  gladly = new GladlyClient({ baseUrl: sandbox.gladly.url, user: USER, token: TOKEN });
});
afterEach(async () => {
  await sandbox.close();
  rmSync(root, { recursive: true });
});

/** Writes the stack's folder as synth does in a fresh checkout. Each job has its own, and all share only the state. */
function synthesized(job: string, webhook = { name: "Send Stella Survey", passwordVersion: 1 }): string {
  const stella = { url: sandbox.stella.url };
  const made = json(integration(environment("staging", { delivery: "direct", stella, webhook })));
  const { provider, terraform, ...rest } = Stack.parse(made);
  const { aws: _aws, ...required } = terraform.required_providers;
  const stack = {
    ...rest,
    provider: { gladly: [{ url: sandbox.gladly.url, user: USER }] },
    terraform: { ...terraform, required_providers: required, backend: { local: { path: join(root, "state") } } },
  };
  expect(provider).toHaveProperty("aws");
  const folder = join(root, job);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(stack));
  const { mirror, lockFile } = providerDist(project);
  cpSync(mirror, join(folder, "terraform.d/plugins"), { recursive: true });
  cpSync(lockFile, join(folder, ".terraform.lock.hcl"));
  return folder;
}

const terminal = (env: NodeJS.ProcessEnv = {}) =>
  rememberingTerminal({ PATH: process.env.PATH, CHECKPOINT_DISABLE: "1", GLADLY_TOKEN: TOKEN, ...env });

const plan = (job: string, out: string, webhook?: { name: string; passwordVersion: number }) =>
  planStack(synthesized(job, webhook), join(root, out), terminal());

async function apply(job: string, planned: string, env: NodeJS.ProcessEnv = {}): Promise<string> {
  const screen = terminal(env);
  try {
    await applyStack(synthesized(job), "staging", join(root, planned), screen);
    return screen.printed.out;
  } catch (error) {
    return `refused: ${error instanceof Error ? error.message : String(error)}`;
  }
}

const withKey = { TF_VAR_webhook_password: KEY };
const webhooks = () => gladly.webhooks();

describe("a saved plan", () => {
  it("is created without the webhook's password, and sets it when applied in another folder", async () => {
    await plan("plan-job", "planned");
    expect(readdirSync(join(root, "planned")).sort()).toEqual([
      ".terraform.lock.hcl",
      "cdk.tf.json",
      "plan.json",
      "relay.plan",
    ]);
    const out = await apply("apply-job", "planned", withKey);
    expect(out).toContain("Apply complete! Resources: 2 added, 0 changed, 0 destroyed.");
    // Stella's endpoint accepts Gladly's PING only with the right key. Otherwise Gladly would have refused the webhook.
    expect(await webhooks()).toEqual([expect.objectContaining({ enabled: true, hasCredentials: true })]);
    expect(out).not.toContain(KEY);
  });

  it("contains no secret in any form", async () => {
    await plan("plan-job", "planned");
    const folder = join(root, "planned");
    const screen = terminal();
    const shown = new Terraform({ folder: join(root, "plan-job"), env: screen.env, signal: screen.stop });
    const texts = [await shown.show("-json"), readFileSync(join(folder, "cdk.tf.json"), "utf8")];
    for (const secret of [TOKEN, KEY, FILLER]) {
      expect({ secret, leaked: texts.some((text) => text.includes(secret)) }).toEqual({ secret, leaked: false });
    }
  });

  it.each([
    ["empty", {}],
    ["empty", { TF_VAR_webhook_password: "" }],
    ["the filler", { TF_VAR_webhook_password: FILLER }],
  ])("is not applied without a required password: %s", async (words, env) => {
    await plan("plan-job", "planned");
    expect(await apply("apply-job", "planned", env)).toMatch(
      new RegExp(
        `^refused: this plan hands a password to Gladly.*TF_VAR_webhook_password is ${words}.*WEBHOOK_PASSWORD`,
      ),
    );
    expect(await webhooks()).toEqual([]);
  });

  it("needs no password while it is unchanged, and needs it again when its version is raised", async () => {
    await plan("plan-job", "first");
    await apply("apply-job", "first", withKey);
    await plan("plan-job", "renamed", { name: "another name", passwordVersion: 1 });
    expect(await apply("apply-job", "renamed")).toContain("0 added, 1 changed");
    expect(await webhooks()).toEqual([expect.objectContaining({ name: "another name" })]);
    await plan("plan-job", "rotated", { name: "another name", passwordVersion: 2 });
    expect(await apply("apply-job", "rotated")).toContain("hands a password to Gladly");
    expect(await apply("apply-job", "rotated", withKey)).toContain("0 added, 1 changed");
  });

  it("is refused with a message when the state has changed since, and changes nothing", async () => {
    await plan("plan-job", "older", { name: "the older name", passwordVersion: 1 });
    await plan("plan-job", "newer", { name: "the newer name", passwordVersion: 1 });
    await apply("apply-job", "newer", withKey);
    expect(await apply("apply-job", "older", withKey)).toMatch(
      /^refused: the state of staging changed after this plan was made.*changed nothing.*Run the whole pipeline again/s,
    );
    expect(await webhooks()).toEqual([expect.objectContaining({ name: "the newer name" })]);
  });

  it("is refused when one of its files is missing", async () => {
    await plan("plan-job", "planned");
    rmSync(join(root, "planned/.terraform.lock.hcl"));
    expect(await apply("apply-job", "planned", withKey)).toContain("there is no .terraform.lock.hcl in");
  });
});

describe("the reason for a placeholder password at plan", () => {
  it("Terraform itself refuses an ephemeral variable at apply that was not set at plan", async () => {
    const folder = synthesized("plan-job");
    const { env, stop: signal } = terminal();
    const planning = new Terraform({ folder, env, signal });
    await planning.init();
    await planning.plan();
    const applying = new Terraform({ folder, env: { ...env, ...withKey }, signal });
    await expect(applying.apply()).rejects.toThrow(TerraformFailed);
    await expect(applying.apply()).rejects.toThrow(/ephemeral/);
    expect(await webhooks()).toEqual([]);
  });
});
