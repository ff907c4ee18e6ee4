/** The cdktf app: every environment file becomes one stack of its name. */
import { resolve } from "node:path";
import { App } from "cdktf";
import { ProviderNotBuilt } from "../src/constructs/provider-files";
import { EnvironmentFaults, isOnThisMachine, loadEnvironments } from "../src/environment";
import { IntegrationStack } from "./integration-stack";

/** Another folder serves rehearsals: the tour keeps its copy of the sandbox there. */
const folder = resolve(process.env.RELAY_ENVIRONMENTS ?? `${__dirname}/environments`);

try {
  const environments = loadEnvironments(folder);
  const app = new App();
  for (const environment of environments.filter(isOnThisMachine)) new IntegrationStack(app, environment);
  app.synth();
} catch (error) {
  if (!(error instanceof EnvironmentFaults || error instanceof ProviderNotBuilt)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
