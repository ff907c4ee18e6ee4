/** The programs that stand between a function and Lambda's Runtime API: our own small one, and AWS's where there is a copy. */
import { existsSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";

export interface RuntimeClient {
  /** Arguments of Node.js, before the handler's. */
  readonly program: string;
  /** Whether it takes the handler as an argument, and the function's folder as the one it is started in. */
  readonly takesHandler: boolean;
}

export const OWN_CLIENT: RuntimeClient = { program: join(__dirname, "runtime-client.cjs"), takesHandler: false };

/**
 * `aws-lambda-ric`, AWS's own. It compiles curl and C++ when it is installed, so it is none of this project's packages:
 * AWS_LAMBDA_RIC names the folder of a built copy, or one lies where Node.js looks for packages.
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
