/**
 * The cdktf app: every environment file becomes one stack of its name, and every AWS account that they name one
 * foundation.
 */
import { join, relative, resolve } from "node:path";
import { inspect } from "node:util";
import { App } from "cdktf";
import { FunctionsNotBuilt } from "../src/deploy/build/function-build";
import { ProviderNotBuilt } from "../src/deploy/build/provider-files";
import { IntegrationStack } from "../src/deploy/stacks/integration-stack";
import { accountsOf, EnvironmentFaults, isOnAws, isOnThisMachine, loadEnvironments } from "../src/environment";

/** Another folder serves rehearsals: the tour keeps its copy of the sandbox there. */
const folder = resolve(process.env.RELAY_ENVIRONMENTS || `${__dirname}/environments`);

// cdktf takes a stack trace for every reference, and mapping each back to TypeScript costs a third of the whole synth.
process.setSourceMapsEnabled(false);

async function main(): Promise<void> {
  const environments = loadEnvironments(folder);
  const accounts = accountsOf(environments);
  const app = new App();
  for (const environment of environments.filter(isOnThisMachine)) new IntegrationStack(app, environment);
  if (accounts.length > 0) {
    // Loaded only now: the bindings of AWS cost the sandbox alone more than everything else together.
    const { AwsIntegrationStack } = await import("../src/deploy/stacks/aws-integration-stack.js");
    const { FoundationStack } = await import("../src/deploy/stacks/foundation-stack.js");
    const { variableFaults } = await import("../src/deploy/stacks/function-variables.js");
    const fileOf = (name: string) => relative(process.cwd(), join(folder, `${name}.ts`));
    const faults = environments.filter(isOnAws).flatMap((found) => variableFaults(found, fileOf(found.name)));
    if (faults.length > 0) throw new EnvironmentFaults(faults);
    for (const environment of environments.filter(isOnAws)) new AwsIntegrationStack(app, environment);
    for (const account of accounts) new FoundationStack(app, account, process.env.RELAY_BOOTSTRAP);
  }
  app.synth();
}

main().catch((error: unknown) => {
  const expected = [EnvironmentFaults, ProviderNotBuilt, FunctionsNotBuilt].some((kind) => error instanceof kind);
  process.stderr.write(expected && error instanceof Error ? `${error.message}\n` : `${inspect(error)}\n`);
  process.exitCode = 1;
});
