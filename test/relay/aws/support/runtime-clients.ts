/** Clients of Lambda's Runtime API, which run a handler: a small one of the tests, and AWS's if there is a copy. */
import { existsSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";

export interface RuntimeClient {
  /** Arguments of Node.js, before the handler's. */
  readonly program: string;
  /** Whether it gets the handler as an argument and runs in the function's folder. */
  readonly takesHandler: boolean;
}

export const OWN_CLIENT: RuntimeClient = { program: join(__dirname, "runtime-client.cjs"), takesHandler: false };

/**
 * AWS's client, `aws-lambda-ric`. Its installation compiles C++ and curl, so it is not one of this project's packages. Set
 * AWS_LAMBDA_RIC to the folder of a built copy, or install one where Node.js finds packages.
 */
export function awsClient(env: NodeJS.ProcessEnv = process.env): RuntimeClient | undefined {
  const folder = env.AWS_LAMBDA_RIC ?? installed();
  if (folder === undefined || !existsSync(join(folder, "dist/rapid-client.node"))) return undefined;
  return { program: realpathSync(join(folder, "bin/index.mjs")), takesHandler: true };
}

function installed(): string | undefined {
  try {
    return dirname(require.resolve("aws-lambda-ric/package.json"));
  } catch {
    return undefined;
  }
}
