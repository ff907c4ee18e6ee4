#!/usr/bin/env node
// The relay command. It runs compiled code. In a checkout it first compiles changed sources.
import "../scripts/lib/compile-cache.cjs";
import { createRequire } from "node:module";
import { quietTerraform, requireNode } from "../scripts/lib/requirements.mjs";

requireNode();
// Keeps Terraform's own messages short in commands that run it.
Object.assign(process.env, quietTerraform(process.env));
const require = createRequire(import.meta.url);
let main;
try {
  require("../scripts/lib/compile.cjs").compileIfNeeded();
  require("./typescript.cjs");
  ({ main } = require("../dist/lib/commands.js"));
} catch (error) {
  const words =
    error?.code === "MODULE_NOT_FOUND"
      ? "its packages are not installed: run `npm ci --loglevel=notice` first."
      : `its sources cannot be compiled. ${error?.message}`;
  process.stderr.write(`relay: ${words}\n`);
  process.exit(1);
}
process.exitCode = await main(process.argv.slice(2));
