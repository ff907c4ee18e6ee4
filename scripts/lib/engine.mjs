// Finds Terraform, or downloads it, with the compiled code that the commands use (src/terraform/engine.ts).
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/** The environment in which Terraform runs; ends the process with one clear message when there is none to be had. */
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
