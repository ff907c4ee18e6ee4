// Finds or downloads Terraform with the same compiled code as the commands (src/terraform/engine.ts).
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/** The environment for Terraform. Ends the process with a clear message if there is no Terraform. */
export async function environmentWithTerraform(env = process.env) {
  require("./compile.cjs").compileIfNeeded();
  const { terraformEnvironment } = require("../../dist/lib/terraform/engine.js");
  try {
    return await terraformEnvironment(env);
  } catch (error) {
    process.stderr.write(`${error?.message}\n`);
    process.exit(1);
  }
}
