/** Runs the real terraform with a provider built from the current sources, in a separate folder. */
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as z from "zod";
import { bundleProvider } from "../../../src/deploy/build/bundle-provider";
import { PROVIDER_SOURCE, programName } from "../../../src/deploy/build/provider-dist";
import { TOKEN, USER } from "../../provider/support/gladly-core";
import { ENGINE } from "../../support/engine";
import { madeOnce } from "../../support/made-once";
import { type Ended, Running } from "../../support/run";
import { project } from "../../support/scratch";

export const VERSION = "9.9.9";
const platform = `${process.platform}_${process.arch === "x64" ? "amd64" : process.arch}`;

/** A filesystem mirror with the built provider. */
export interface Mirror {
  readonly folder: string;
  /** The provider's program. */
  readonly program: string;
}

/** The sources of the provider. */
const SOURCES = [
  "src/provider",
  "src/vendors",
  "src/contract",
  "src/deploy/build",
  "package.json",
  "package-lock.json",
];

/** Builds the provider from the current sources, into a mirror that all tests share. */
export async function buildMirror(): Promise<Mirror> {
  const below = join(PROVIDER_SOURCE, VERSION, platform);
  const folder = await madeOnce("provider-mirror", SOURCES, async (fresh) => {
    mkdirSync(join(fresh, below), { recursive: true });
    for (const { name, content } of (await bundleProvider(project, VERSION)).files) {
      writeFileSync(join(fresh, below, name), content);
    }
    chmodSync(join(fresh, below, programName(VERSION)), 0o755);
  });
  return { folder, program: join(folder, below, programName(VERSION)) };
}

const Message = z.looseObject({
  type: z.string(),
  "@message": z.string(),
  diagnostic: z
    .looseObject({
      severity: z.string(),
      summary: z.string(),
      detail: z.string().default(""),
      address: z.string().optional(),
      range: z.looseObject({ start: z.looseObject({ line: z.number() }) }).optional(),
    })
    .optional(),
  change: z.looseObject({ resource: z.looseObject({ addr: z.string() }), action: z.string() }).optional(),
});

export interface CommandResult extends Ended {
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
  /** Planned changes, such as `create gladly_topic.one`. */
  readonly changes: readonly string[];
  /** Detected drift, such as `update gladly_topic.one`. */
  readonly drift: readonly string[];
  /** The source lines that errors point at. */
  readonly lines: readonly string[];
}

export class Workspace {
  readonly folder = mkdtempSync(join(tmpdir(), "workspace-"));
  private readonly running = new Set<Running>();
  private readonly cliConfig = join(this.folder, "cli.tfrc");
  configuration = "";

  constructor(
    mirror: Mirror | undefined,
    private readonly url: string,
    private readonly variables: Readonly<Record<string, string>> = {},
  ) {
    const installation = mirror
      ? `provider_installation {\n  filesystem_mirror {\n    path = "${mirror.folder}"\n  }\n}\n`
      : "";
    writeFileSync(this.cliConfig, installation);
  }

  /** Writes the configuration: a provider block for the sandbox, and the resources. */
  write(resources: string, provider = `url = "${this.url}"\n  requests_per_second = 100`): void {
    this.configuration = `terraform {
  required_providers {
    gladly = { source = "${PROVIDER_SOURCE}", version = "${VERSION}" }
  }
}
provider "gladly" {
  ${provider}
}
${resources}
`;
    writeFileSync(join(this.folder, "main.tf"), this.configuration);
  }

  file(name: string): string {
    return readFileSync(join(this.folder, name), "utf8");
  }

  start(args: readonly string[], env: NodeJS.ProcessEnv = {}): Running {
    const running = new Running(ENGINE, args, {
      cwd: this.folder,
      env: {
        ...process.env,
        TF_CLI_CONFIG_FILE: this.cliConfig,
        CHECKPOINT_DISABLE: "1",
        TF_IN_AUTOMATION: "1",
        GLADLY_USER: USER,
        GLADLY_TOKEN: TOKEN,
        ...this.variables,
        ...env,
      },
    });
    this.running.add(running);
    return running;
  }

  /** Starts another program in the workspace's folder. It ends with the workspace. */
  startProgram(program: string, args: readonly string[]): Running {
    const running = new Running(program, args, {
      cwd: this.folder,
      env: { ...process.env, GLADLY_USER: USER, GLADLY_TOKEN: TOKEN },
    });
    this.running.add(running);
    return running;
  }

  /** Runs a command to its end, whatever its exit code. */
  async run(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
    return this.start(args, env).end();
  }

  /** Runs a command with JSON output. */
  async json(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<CommandResult> {
    const [command = "", ...rest] = args;
    return this.understand(await this.run([command, "-json", "-input=false", ...rest], env));
  }

  async init(): Promise<void> {
    const { code, out, err } = await this.run(["init", "-input=false", "-no-color"]);
    if (code !== 0) throw new Error(`terraform init failed:\n${out}\n${err}`);
  }

  plan(...args: readonly string[]): Promise<CommandResult> {
    return this.json(["plan", "-detailed-exitcode", ...args]);
  }

  apply(...args: readonly string[]): Promise<CommandResult> {
    return this.json(["apply", "-auto-approve", ...args]);
  }

  destroy(): Promise<CommandResult> {
    return this.json(["destroy", "-auto-approve"]);
  }

  /** The text of the state. */
  async state(): Promise<string> {
    return (await this.run(["state", "pull"])).out;
  }

  /** The addresses and ids of all resources in the state, with `(tainted)` for tainted ones. */
  async resources(): Promise<readonly string[]> {
    const state = z
      .looseObject({
        resources: z.array(
          z.looseObject({
            mode: z.string(),
            type: z.string(),
            name: z.string(),
            instances: z.array(
              z.looseObject({
                status: z.string().optional(),
                attributes: z.looseObject({ id: z.string().nullable() }),
              }),
            ),
          }),
        ),
      })
      .parse(JSON.parse(await this.state()));
    return state.resources
      .filter(({ mode }) => mode === "managed")
      .flatMap(({ type, name, instances }) =>
        instances.map(
          ({ status, attributes }) => `${type}.${name} ${attributes.id}${status === "tainted" ? " (tainted)" : ""}`,
        ),
      );
  }

  /** Ends running processes and deletes the folder. */
  remove(): void {
    for (const running of this.running) running.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private understand(ended: Ended): CommandResult {
    const messages = ended.out
      .split("\n")
      .filter((line) => line.startsWith("{"))
      .map((line) => Message.parse(JSON.parse(line)));
    const diagnostics = messages.flatMap(({ diagnostic }) => (diagnostic ? [diagnostic] : []));
    const of = (severity: string) => diagnostics.filter((diagnostic) => diagnostic.severity === severity);
    const changed = (type: string) =>
      messages.flatMap((message) =>
        message.type === type && message.change ? [`${message.change.action} ${message.change.resource.addr}`] : [],
      );
    const source = this.configuration.split("\n");
    return {
      ...ended,
      errors: of("error").map(({ summary, detail }) => `${summary}: ${detail}`),
      warnings: of("warning").map(({ summary, detail }) => `${summary}: ${detail}`),
      changes: changed("planned_change"),
      drift: changed("resource_drift"),
      lines: of("error").map(({ range }) => (source[(range?.start.line ?? 0) - 1] ?? "").trim()),
    };
  }
}
