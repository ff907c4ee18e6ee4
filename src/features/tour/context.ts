/** Everything a tour plays on: the servers, a copy of the environment file, Terraform, and their end. */
import { existsSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { join, relative } from "node:path";
import { environmentPath, stackFolder } from "../../contract/locations";
import { SECRET_FILES } from "../../contract/secrets";
import { homeFiles, readSandboxAddresses, readServeAddresses } from "../../environment/home";
import { engineFor } from "../../terraform/engine";
import { synthesize } from "../../terraform/synthesize";
import { Terraform } from "../../terraform/terraform";
import { isAnswering } from "../shared/open-relay";
import { EnvironmentCopy } from "./change";
import type { TourOutput } from "./output";
import { Processes } from "./processes";
import { SandboxClient } from "./sandbox-client";

export interface TourContextOptions {
  /** The project's folder. */
  readonly project: string;
  /** The sandbox environment's home, `.relay/sandbox` unless RELAY_HOME says otherwise. */
  readonly home: string;
  /** Where synth writes, `cdktf.out`. */
  readonly outdir: string;
  readonly env: NodeJS.ProcessEnv;
  readonly output: TourOutput;
  readonly signal: AbortSignal;
}

export interface TourContext {
  readonly output: TourOutput;
  readonly client: SandboxClient;
  readonly terraform: Terraform;
  /** The command of the engine that runs: `terraform` or `tofu`. */
  readonly engine: string;
  readonly copy: EnvironmentCopy;
  /** The addresses to look at, one a line. */
  readonly addresses: readonly string[];
  /** Synthesizes the stack from the copy of the environment file. */
  synth(): Promise<void>;
  close(): Promise<void>;
}

/** What the committed file says, and the tour changes. */
const BEGINS = ['surveyMode: "test"', 'delivery: "enrich"'];

/** Gladly's default port; Stella Connect and the relay have the ones that `relay` gives them. */
const USUAL_PORTS = [4610, 4620, 4630, 4631];

export async function openTourContext(options: TourContextOptions): Promise<TourContext> {
  const { project, home, output, signal } = options;
  const file = join(project, environmentPath("sandbox"));
  if (!existsSync(file)) {
    throw new Error(`there is no ${file}. Run this inside your project, or make one with \`npx relay init\`.`);
  }
  // Before anything starts: where there is none, it is downloaded now, or the tour ends before it began.
  const { name } = await engineFor(options.env);
  await refuseRunningServers(home);
  const copy = new EnvironmentCopy(project, file, BEGINS);
  rmSync(home, { recursive: true, force: true });

  const env = { ...options.env, RELAY_HOME: join(home, ".."), RELAY_ENVIRONMENTS: copy.folder };
  const processes = new Processes(env);
  const close = async () => {
    await processes.end();
    copy.remove();
  };
  const usual = (await Promise.all(USUAL_PORTS.map(isFree))).every(Boolean);
  const port = usual ? [] : ["--port", "0"];
  try {
    output.heading("Servers");
    await processes.startRelay("sandbox", ...port);
    const sandbox = written(readSandboxAddresses(home), homeFiles.sandbox(home));
    output.print(`Gladly          ${sandbox.gladly}`);
    output.print(`Stella Connect  ${sandbox.stella}`);
    await processes.startRelay("serve", "sandbox", ...port);
    const serving = written(readServeAddresses(home), homeFiles.serve(home));
    output.print(`The relay       ${serving.relay}`);
    const token = readFileSync(homeFiles.secret(home, SECRET_FILES.gladlyToken), "utf8").trim();
    const { gladly, stella, gladlyUser: user } = sandbox;
    return {
      output,
      copy,
      client: new SandboxClient({ gladly, stella, operations: serving.operations, user, token, signal }),
      engine: name === "OpenTofu" ? "tofu" : "terraform",
      terraform: new Terraform({ folder: stackFolder(options.outdir, "sandbox"), env, signal }),
      addresses: [
        `Gladly          ${gladly}   user ${user}, token in ${relative(project, home)}/secrets/gladly-token`,
        `Stella Connect  ${stella}`,
        `The relay       ${serving.relay}   health and metrics at ${serving.operations}`,
      ],
      synth: () => synthesize(options.outdir, env),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A server writes its addresses before it says that it listens. */
function written<T>(addresses: T | undefined, file: string): T {
  if (addresses === undefined) throw new Error(`${file} does not say where the server listens`);
  return addresses;
}

/** A tour starts with an empty RELAY_HOME, so servers that run there belong to someone else. */
async function refuseRunningServers(home: string): Promise<void> {
  const sandbox = readSandboxAddresses(home)?.gladly;
  const relay = readServeAddresses(home)?.operations;
  for (const [what, address] of [
    ["a sandbox", sandbox],
    ["a relay of the sandbox", relay],
  ]) {
    if (address !== undefined && (await isAnswering(address)))
      throw new Error(
        `${what} is running already, at ${address}. End it (Ctrl-C where it was started), then try again.`,
      );
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
