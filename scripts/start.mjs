// `npm start` on a fresh clone: installs what is missing, then gives the tour (src/features/tour).
import { install } from "./lib/install.mjs";
import { quietTerraform, requireNode, requireTerraform } from "./lib/requirements.mjs";

requireNode();
requireTerraform();
install();
Object.assign(process.env, quietTerraform(process.env));

const { createRequire } = await import("node:module");
const tsx = await import("tsx/cjs/api");
tsx.register();
const { main } = createRequire(import.meta.url)("../src/commands.ts");
process.exitCode = await main(["tour", ...process.argv.slice(2)]);
