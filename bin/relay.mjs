#!/usr/bin/env node
// The relay command. It runs the TypeScript source through tsx, so that there is nothing to build first.
import { quietTerraform, requireNode } from "../scripts/lib/requirements.mjs";

requireNode();
// Commands that run Terraform show what it says.
Object.assign(process.env, quietTerraform(process.env));

let tsx;
try {
  tsx = await import("tsx/cjs/api");
} catch {
  process.stderr.write("relay: its packages are not installed: run `npm ci --loglevel=notice` first.\n");
  process.exit(1);
}
tsx.register();
const { createRequire } = await import("node:module");
const { main } = createRequire(import.meta.url)("../src/commands.ts");
process.exitCode = await main(process.argv.slice(2));
