/**
 * An environment on this machine for plans: the sandbox's Gladly and Stella Connect, a receiver that answers PINGs instead of a
 * relay, the synthesized stack and the real Terraform, in separate folders.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { APPLIED_CONFIGURATION } from "../../../../src/contract/relay-configuration";
import type { EnvironmentInput } from "../../../../src/environment";
import { type Sandbox, startSandbox } from "../../../../src/sandbox/sandbox";
import type { Scenario } from "../../../../src/sandbox/scenario";
import { synthesize } from "../../../../src/terraform/synthesize";
import { Terraform, TerraformFailed } from "../../../../src/terraform/terraform";
import { GladlyClient } from "../../../../src/vendors/gladly/client";
import { ENGINE } from "../../../support/engine";
import { type Loopback, loopback } from "../../../support/loopback";
import { run } from "../../../support/run";

/** The user of Gladly's API. */
export const USER = "relay@example.com";
/** Every secret contains this word, so that a test can search every plan and report for it. */
export const CANARY = "canary-of-a-local-secret";

const SECRETS = ["gladly-token", "webhook-password", "stella-test-key", "stella-production-key"] as const;

const State = z.object({
  resources: z.array(z.object({ name: z.string(), instances: z.array(z.object({ attributes: z.looseObject({}) })) })),
});
const Held = z.looseObject({ input: z.object({ value: z.looseObject({ doNotSendTopic: z.string() }) }) });

export class LocalProject {
  readonly gladly: GladlyClient;
  private readonly outdir: string;
  private readonly env: NodeJS.ProcessEnv;
  private readonly folder: string;

  private constructor(
    private readonly root: string,
    private readonly sandbox: Sandbox,
    private readonly receiver: Loopback,
  ) {
    this.outdir = join(root, "out");
    this.folder = join(this.outdir, "stacks/sandbox");
    this.env = {
      ...process.env,
      RELAY_HOME: join(root, "home"),
      RELAY_ENVIRONMENTS: join(root, "environments"),
      CHECKPOINT_DISABLE: "1",
    };
    this.gladly = new GladlyClient({ baseUrl: sandbox.gladly.url, user: USER, token: `${CANARY}-gladly-token` });
  }

  /** @param scenario Gladly's records. @default the sandbox's default scenario */
  static async open(scenario?: Scenario): Promise<LocalProject> {
    const root = mkdtempSync(join(tmpdir(), "review-plans-"));
    const home = join(root, "home/sandbox/secrets");
    mkdirSync(home, { recursive: true });
    for (const name of SECRETS) writeFileSync(join(home, name), `${CANARY}-${name}\n`, { mode: 0o600 });
    const sandbox = await startSandbox({
      credentials: {
        gladlyUser: USER,
        gladlyToken: `${CANARY}-gladly-token`,
        stellaTestKey: `${CANARY}-stella-test-key`,
        stellaProductionKey: `${CANARY}-stella-production-key`,
      },
      ...(scenario === undefined ? {} : { scenario }),
    });
    return new LocalProject(root, sandbox, await loopback((_, response) => response.end()));
  }

  /** Writes the environment file. */
  write(change: Partial<EnvironmentInput> = {}): void {
    const environment: EnvironmentInput = {
      name: "sandbox",
      surveyMode: "test",
      delivery: "enrich",
      gladly: { url: this.sandbox.gladly.url, user: USER },
      stella: { url: this.sandbox.stella.url },
      relay: { on: "local", url: this.relayUrl },
      webhook: { name: "Send Stella Survey", passwordVersion: 1 },
      topic: { name: "do_not_send_stella" },
      manualSteps: { integratedChannel: { by: "a person", on: "2026-11-22" } },
      ...change,
    };
    mkdirSync(join(this.root, "environments"), { recursive: true });
    const text = `export default ${JSON.stringify(environment, undefined, 2)};\n`;
    writeFileSync(join(this.root, "environments/sandbox.ts"), text);
  }

  /** The address for Gladly's deliveries to the relay. */
  get relayUrl(): string {
    return this.receiver.url;
  }

  get gladlyUrl(): string {
    return this.sandbox.gladly.url;
  }

  get stellaUrl(): string {
    return this.sandbox.stella.url;
  }

  /** Applies the environment file. */
  async apply(): Promise<void> {
    const terraform = await this.synthesized();
    await terraform.plan();
    await terraform.apply();
  }

  /** Plans the environment file. @returns a function that applies the plan */
  async planned(): Promise<() => Promise<void>> {
    const terraform = await this.synthesized();
    await terraform.plan();
    return () => terraform.apply();
  }

  /** The topic in the relay's applied configuration. */
  heeded(): string {
    const state = State.parse(JSON.parse(readFileSync(join(this.root, "home/sandbox/terraform.tfstate"), "utf8")));
    const held = state.resources.find(({ name }) => name === APPLIED_CONFIGURATION.name)?.instances[0]?.attributes;
    return Held.parse(held).input.value.doNotSendTopic;
  }

  /** Adds configuration to the stack's folder that no environment file can create, or removes it. */
  extra(configuration: object | undefined): void {
    const file = join(this.folder, "extra.tf.json");
    if (configuration === undefined) rmSync(file, { force: true });
    else writeFileSync(file, JSON.stringify(configuration));
  }

  /** The output of `terraform show -json` for a plan, even an errored one. */
  async plan(...args: readonly string[]): Promise<string> {
    const terraform = await this.synthesized();
    await terraform.plan(...args).catch((error: unknown) => {
      if (!(error instanceof TerraformFailed)) throw error;
    });
    const shown = await run(ENGINE, ["show", "-json", "relay.plan"], { cwd: this.folder, env: this.env });
    if (shown.code !== 0) throw new Error(`terraform show failed: ${shown.err}`);
    return shown.out;
  }

  async close(): Promise<void> {
    await this.sandbox.close();
    await this.receiver.close();
    rmSync(this.root, { recursive: true, force: true });
  }

  private async synthesized(): Promise<Terraform> {
    await synthesize(this.outdir, this.env);
    const terraform = new Terraform({ folder: this.folder, env: this.env, signal: new AbortController().signal });
    await terraform.init();
    return terraform;
  }
}
