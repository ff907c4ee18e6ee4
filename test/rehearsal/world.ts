/**
 * Everything a rehearsal needs: a copy of the project with one environment, an AWS API emulator, the sandbox's Gladly and
 * Stella Connect, and the deployed functions. Everything is on this machine, on free ports, and removed afterwards.
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { PROVIDER_SOURCE, providerDist } from "../../src/deploy/build/provider-dist";
import type { EnvironmentInput } from "../../src/environment";
import { startSandbox, type TestSandbox } from "../../src/testing";
import staging from "../../stacks/environments/staging";
import { awsProviderMirror } from "../acceptance/aws/aws-provider";
import { type Ended, Running } from "../support/run";
import { type Scratch, scratchProject } from "../support/scratch";
import { awsVariables, type Caller } from "./access-keys";
import { Deployed } from "./deployed";
import { Emulator, type LoggedCall } from "./emulator";
import { TlsFront } from "./tls-front";

export const ACCOUNT = staging.relay.account;
const REGION = "us-east-1";

export interface CommandOptions {
  readonly as: Caller;
  readonly env?: NodeJS.ProcessEnv;
  /** Standard input. */
  readonly input?: string;
}

export class World {
  private readonly running = new Set<Running>();
  private constructor(
    readonly scratch: Scratch,
    readonly emulator: Emulator,
    readonly sandbox: TestSandbox,
    readonly deployed: Deployed,
    private readonly front: TlsFront,
  ) {}

  static async start(): Promise<World> {
    // The SDK's version is pinned and supports Node.js 20.
    process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
    const scratch = scratchProject("built");
    const folder = join(scratch.folder, "rehearsal");
    mkdirSync(folder);
    const sandbox = await startSandbox();
    const front = await TlsFront.start(sandbox.gladlyUrl, folder);
    const deployed = await Deployed.start({
      ...{ aws: () => world.emulator.url, region: REGION, account: ACCOUNT },
      ...{ archives: join(scratch.folder, "cdktf.out"), folder },
      variables: (name) => ({
        ...awsVariables(world.emulator.url, deployed.region, name),
        NODE_EXTRA_CA_CERTS: front.authority,
      }),
    });
    const log = join(folder, "calls.jsonl");
    const emulator = await Emulator.start({ account: ACCOUNT, apiEndpoint: deployed.gateway.url, log });
    const world: World = new World(scratch, emulator, sandbox, deployed, front);
    world.prepare();
    return world;
  }

  private prepare(): void {
    const { folder } = this.scratch;
    const mirror = awsProviderMirror() ?? "";
    const mirrors = [
      [mirror, "hashicorp/aws"],
      // The copy's own build: another build of the project must not change the installed provider.
      [providerDist(folder).mirror, `${PROVIDER_SOURCE.split("/")[0]}/*/*`],
    ].map(([path, include]) => `  filesystem_mirror {\n    path = "${path}"\n    include = ["${include}"]\n  }\n`);
    writeFileSync(join(folder, "cli.tfrc"), `provider_installation {\n${mirrors.join("")}}\n`);
    rmSync(join(folder, "stacks/environments"), { recursive: true });
    mkdirSync(join(folder, "stacks/environments"));
    this.write({});
  }

  /** The initial environment: staging, with the sandbox's addresses. */
  get staging(): EnvironmentInput {
    const { gladlyUser } = this.sandbox.credentials;
    return {
      ...staging,
      gladly: { url: this.front.url, user: gladlyUser },
      stella: { url: this.sandbox.stellaUrl },
    };
  }

  /** Writes an environment's file: the initial one with changes. */
  write(change: Partial<EnvironmentInput>, name = "staging"): void {
    const environment = { ...this.staging, ...change, name };
    const file = join(this.scratch.folder, "stacks/environments", `${name}.ts`);
    writeFileSync(file, `export default ${JSON.stringify(environment, undefined, 2)};\n`);
  }

  cdktf(args: readonly string[], options: CommandOptions): Promise<Ended> {
    return this.node("bin/cdktf.mjs", args, options);
  }

  relay(args: readonly string[], options: CommandOptions): Promise<Ended> {
    return this.node("bin/relay.mjs", args, options);
  }

  calls(): readonly LoggedCall[] {
    return this.emulator.calls();
  }

  /** Calls AWS without a role. */
  callAws(service: string, path: string, init: RequestInit = {}): Promise<string> {
    return this.deployed.call(service, path, init);
  }

  private async node(program: string, args: readonly string[], { as, env, input }: CommandOptions): Promise<Ended> {
    const { folder } = this.scratch;
    const options = {
      cwd: folder,
      env: {
        ...process.env,
        ...awsVariables(this.emulator.url, this.deployed.region, as),
        AWS_PROFILE: undefined,
        TF_CLI_CONFIG_FILE: join(folder, "cli.tfrc"),
        TF_IN_AUTOMATION: "1",
        CDKTF_DISABLE_PLUGIN_CACHE_ENV: "true",
        GLADLY_TOKEN: this.sandbox.credentials.gladlyToken,
        NODE_EXTRA_CA_CERTS: this.front.authority,
        NO_COLOR: "1",
        ...env,
      },
    };
    const inputs = input === undefined ? {} : { input };
    const child = new Running(process.execPath, [join(folder, program), ...args], { ...options, ...inputs });
    this.running.add(child);
    const ended = await child.end();
    this.running.delete(child);
    return { ...ended, out: stripVTControlCharacters(ended.out), err: stripVTControlCharacters(ended.err) };
  }

  /** Ends running processes and deletes everything. */
  async remove(): Promise<void> {
    for (const child of this.running) child.kill();
    await this.deployed.stop();
    await this.emulator.stop();
    await this.front.stop();
    await this.sandbox.close();
    this.scratch.remove();
  }
}
