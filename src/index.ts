/**
 * The package's main export: one call that turns a folder of environment files into Terraform stacks.
 *
 * @example stacks/main.ts of a company's own repository
 * ```ts
 * import { synthesizeEnvironments } from "gladly-stella-relay";
 *
 * void synthesizeEnvironments(`${__dirname}/environments`);
 * ```
 */
import { existsSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { inspect } from "node:util";
import { App } from "cdktf";
import {
  accountsOf,
  type Environment,
  EnvironmentFaults,
  isOnAws,
  isOnThisMachine,
  loadEnvironments,
} from "./environment";

export type { Environment, EnvironmentInput } from "./environment";
export { EnvironmentFaults } from "./environment";

/**
 * The whole cdktf app: every environment file becomes one stack with its name, and every AWS account in them becomes one
 * foundation (`foundation-<account>`). Writes the stacks to `cdktf.out`.
 *
 * If files are invalid, prints all errors to standard error and ends the process with exit code 1.
 *
 * - `RELAY_ENVIRONMENTS` names another folder of environment files.
 * - `RELAY_STACKS` limits synthesis to these stacks, separated by commas. `npx cdktf` and `relay` set it if you name a stack,
 *   so that a plan of one environment loads only its file.
 *
 * @param folder of the environment files, as an absolute path
 */
export async function synthesizeEnvironments(folder: string): Promise<void> {
  // cdktf creates a stack trace for every reference. Mapping them to TypeScript takes a third of the whole synth.
  process.setSourceMapsEnabled(false);
  try {
    // Some of cdktf's checks run Terraform, which is not needed to read a stack (src/terraform/synthesize.ts).
    const app = new App({ skipValidation: process.env.RELAY_SYNTH_TO_READ === "1" });
    await addEnvironments(
      app,
      resolve(process.env.RELAY_ENVIRONMENTS || folder),
      stacksAsked(process.env.RELAY_STACKS),
    );
    app.synth();
  } catch (error) {
    const expected = error instanceof Error && EXPECTED.has(error.name);
    process.stderr.write(expected ? `${error.message}\n` : `${inspect(error)}\n`);
    process.exitCode = 1;
  }
}

/** By name, so that the AWS code is not loaded only to recognise its errors. */
const EXPECTED = new Set(["EnvironmentFaults", "ProviderNotBuilt", "FunctionsNotBuilt"]);

/**
 * Adds the stacks of a folder of environment files to a cdktf app of your own.
 *
 * @param folder of the environment files; a relative path starts at the working folder
 * @param names only these stacks. @default all
 * @throws EnvironmentFaults with every error of every file that was read
 * @example
 * ```ts
 * const app = new App();
 * await addEnvironments(app, `${__dirname}/environments`);
 * new MyStack(app, "mine");
 * app.synth();
 * ```
 */
export async function addEnvironments(app: App, folder: string, names: readonly string[] = []): Promise<void> {
  // A foundation needs all environments of its account.
  const single = names.length > 0 && names.every((name) => existsSync(join(folder, `${name}.ts`)));
  const environments = loadEnvironments(resolve(folder), single ? names : undefined);
  const local = environments.filter(isOnThisMachine);
  if (local.length > 0) {
    const { IntegrationStack } = await import("./deploy/stacks/integration-stack.js");
    for (const environment of local) new IntegrationStack(app, environment);
  }
  if (environments.some(isOnAws)) await addAws(app, folder, environments, single);
}

/** Loaded only if needed: the AWS bindings take longer to load than everything else together. */
async function addAws(app: App, folder: string, environments: readonly Environment[], single: boolean): Promise<void> {
  const accounts = accountsOf(environments);
  const { AwsIntegrationStack } = await import("./deploy/stacks/aws-integration-stack.js");
  const { variableFaults } = await import("./deploy/stacks/function-variables.js");
  const onAws = environments.filter(isOnAws);
  const fileOf = (name: string) => relative(process.cwd(), join(folder, `${name}.ts`));
  const faults = onAws.flatMap((found) => variableFaults(found, fileOf(found.name)));
  if (faults.length > 0) throw new EnvironmentFaults(faults);
  for (const environment of onAws) new AwsIntegrationStack(app, environment);
  if (single) return;
  const { FoundationStack } = await import("./deploy/stacks/foundation-stack.js");
  for (const account of accounts) new FoundationStack(app, account, process.env.RELAY_BOOTSTRAP);
}

function stacksAsked(names: string | undefined): readonly string[] {
  return (names ?? "").split(",").filter((name) => name !== "");
}
