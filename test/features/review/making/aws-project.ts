/**
 * Environments on AWS for plans: the synthesized stacks, the real Terraform and the real AWS provider, without an account.
 * The state of an earlier apply is generated from a plan (state-of-plan.ts). Gladly is the sandbox's.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import type { EnvironmentInput } from "../../../../src/environment";
import { type Sandbox, startSandbox } from "../../../../src/sandbox/sandbox";
import { synthesize } from "../../../../src/terraform/synthesize";
import { GladlyClient } from "../../../../src/vendors/gladly/client";
import production from "../../../../stacks/environments/production";
import staging from "../../../../stacks/environments/staging";
import { Workspace, withoutAccount } from "../../../acceptance/aws/workspace";
import type { Json } from "../../../deploy/stacks/samples";
import { type Loopback, loopback } from "../../../support/loopback";
import { startSecretVersions } from "./secret-versions";
import { parseSchemas, type Schemas, stateOfPlan } from "./state-of-plan";

const SAMPLES: Readonly<Record<"production" | "staging", EnvironmentInput>> = { production, staging };
export type Sample = keyof typeof SAMPLES;

const USER = "survey-relay@example.com";

/** The one-word change that goes live, with the manual step that it needs. */
export const LIVE: Partial<EnvironmentInput> = {
  surveyMode: "production",
  manualSteps: { integratedChannel: { by: "a person", on: "2026-11-22" } },
};

export class AwsProject {
  private schemas: Schemas = { provider_schemas: {} };
  private readonly workspaces = new Map<string, Workspace>();
  private readonly receivers: Loopback[] = [];
  private readonly root = mkdtempSync(join(tmpdir(), "review-aws-"));

  private constructor(
    private readonly mirror: string,
    private readonly sandbox: Sandbox,
    private readonly secrets: Loopback,
  ) {}

  static async open(mirror: string): Promise<AwsProject> {
    const credentials = { gladlyUser: USER, gladlyToken: "none", stellaTestKey: "test", stellaProductionKey: "live" };
    return new AwsProject(mirror, await startSandbox({ credentials }), await startSecretVersions());
  }

  get gladlyUrl(): string {
    return this.sandbox.gladly.url;
  }

  /** Creates the webhook and topic of another relay in Gladly, for an environment that imports them. */
  async imported(): Promise<{ readonly url: string; readonly webhook: string; readonly topic: string }> {
    const gladly = new GladlyClient({ baseUrl: this.sandbox.gladly.url, user: USER, token: "none" });
    const receiver = await loopback((_, response) => response.end());
    this.receivers.push(receiver);
    const { url } = receiver;
    const webhook = await gladly.createWebhook({
      name: "Send Stella Survey",
      url: `${url}/v1/webhooks/gladly`,
      events: ["CONTACT/STARTED", "CONVERSATION/CLOSED"],
      enabled: true,
      credentials: { username: "relay", password: "none" },
    });
    return { url, webhook, topic: await gladly.createTopic({ name: "do_not_send_stella" }) };
  }

  get secretsUrl(): string {
    return this.secrets.url;
  }

  /** Synthesizes the sample with changes. @returns the plan's JSON for the given state */
  async plan(stack: string, json: Json, state?: string, ...args: readonly string[]): Promise<string> {
    const workspace = await this.workspace(stack, json);
    workspace.writeStack(json);
    workspace.write("terraform.tfstate", state ?? "");
    const plan = ["plan", "-input=false", "-no-color", "-out=plan", "-lock=false", "-refresh=false", ...args];
    rmSync(join(workspace.folder, "plan"), { force: true });
    const planned = await workspace.terraform(plan, { GLADLY_TOKEN: "none" });
    const shown = await workspace.terraform(["show", "-json", "plan"], { GLADLY_TOKEN: "none" });
    if (shown.code !== 0) throw new Error(`there is no plan of ${stack}: ${planned.err}${planned.out}`);
    return shown.out;
  }

  /**
   * The state after an apply of the stack. Plans again until there are no changes, because the generated values of one
   * resource are inputs of others.
   */
  async applied(stack: string, json: Json): Promise<string> {
    let plan = await this.plan(stack, json);
    for (let round = 1; round <= MOST_ROUNDS; round += 1) {
      const state = stateOfPlan(plan, this.schemas);
      plan = await this.plan(stack, json, state);
      if (unsettled(plan).length === 0) return state;
    }
    throw new Error(`the state of ${stack} does not settle: ${unsettled(plan).join("; ")}`);
  }

  /** The state that an apply of that plan would leave. */
  after(plan: string): string {
    return stateOfPlan(plan, this.schemas);
  }

  /** The stacks without an account and with the sandbox as Gladly, so that they can be planned here. */
  async stacks(
    change: Partial<Record<Sample, Partial<EnvironmentInput>>> = {},
  ): Promise<Readonly<Record<string, Json>>> {
    const environments = join(this.root, "environments");
    const out = join(this.root, "out");
    rmSync(out, { recursive: true, force: true });
    mkdirSync(environments, { recursive: true });
    for (const [name, sample] of Object.entries(SAMPLES)) {
      const environment = { ...sample, ...change[name === "production" ? "production" : "staging"] };
      writeFileSync(join(environments, `${name}.ts`), `export default ${JSON.stringify(environment)};\n`);
    }
    await synthesize(out, { ...process.env, RELAY_ENVIRONMENTS: environments });
    // After a move an account may have no environment left, and so no foundation.
    const names = ["production", "staging", "foundation-111122223333", "foundation-444455556666"].filter((name) =>
      existsSync(join(out, "stacks", name, "cdk.tf.json")),
    );
    return Object.fromEntries(names.map((name) => [name, this.plannable(join(out, "stacks", name, "cdk.tf.json"))]));
  }

  async close(): Promise<void> {
    for (const workspace of this.workspaces.values()) workspace.remove();
    for (const server of [...this.receivers, this.secrets]) await server.close();
    await this.sandbox.close();
    rmSync(this.root, { recursive: true, force: true });
  }

  private plannable(file: string): Json {
    // AWS returns a level that the code does not set, which a plan without an account cannot know.
    const levelOff = '"logging_level": "OFF", "detailed_metrics_enabled":';
    const text = readFileSync(file, "utf8").replaceAll('"detailed_metrics_enabled":', levelOff);
    const plain = withoutAccount(JSON.parse(text));
    const provider = Providers.parse(plain.provider);
    const aws = provider.aws.map((one) => ({ ...one, endpoints: [{ secretsmanager: this.secrets.url }] }));
    const gladly = "gladly" in provider ? { gladly: [{ url: this.sandbox.gladly.url, user: USER }] } : {};
    return { ...plain, provider: { ...provider, aws, ...gladly } };
  }

  private async workspace(stack: string, json: Json): Promise<Workspace> {
    const known = this.workspaces.get(stack);
    if (known !== undefined) return known;
    const workspace = new Workspace(this.mirror);
    this.workspaces.set(stack, workspace);
    workspace.writeStack(json);
    const { code, err } = await workspace.terraform(["init", "-input=false", "-no-color"]);
    if (code !== 0) throw new Error(`terraform init failed: ${err}`);
    const { out } = await workspace.terraform(["providers", "schema", "-json"]);
    this.schemas = { provider_schemas: { ...this.schemas.provider_schemas, ...parseSchemas(out).provider_schemas } };
    return workspace;
  }
}

const Providers = z.looseObject({ aws: z.array(z.record(z.string(), z.unknown())) });

const MOST_ROUNDS = 4;

const Changes = z.object({
  resource_changes: z.array(
    z.object({
      address: z.string(),
      mode: z.string(),
      change: z.object({
        actions: z.array(z.string()),
        before: z.unknown(),
        after: z.unknown(),
        after_unknown: z.unknown(),
      }),
    }),
  ),
});

/** The changes of a plan, as text. */
function unsettled(plan: string): readonly string[] {
  return Changes.parse(JSON.parse(plan)).resource_changes.flatMap(({ address, mode, change }) =>
    mode === "data" || change.actions.join() === "no-op"
      ? []
      : [`${change.actions.join()} ${address} ${JSON.stringify(change.after_unknown)}`],
  );
}
