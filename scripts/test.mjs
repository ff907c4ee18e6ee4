// `npm test` on a fresh clone: installs what is missing, builds the provider, runs every test, and says how many.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { install } from "./lib/install.mjs";
import { quietTerraform, requireNode, requireTerraform } from "./lib/requirements.mjs";

requireNode();
requireTerraform();
install();

const root = fileURLToPath(new URL("..", import.meta.url));
const env = { ...process.env, ...quietTerraform(process.env) };
const build = await run(["node_modules/tsx/dist/cli.mjs", "scripts/build.ts", "--if-needed"]);
process.exitCode = build === 0 ? await run(["node_modules/jest/bin/jest.js", ...process.argv.slice(2)]) : build;

function run(args) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root, env, stdio: "inherit" });
    // Ctrl-C reaches the child as well; waiting for it lets its tests end what they started.
    process.on("SIGINT", () => {});
    child.on("close", (code, signal) => resolve(code ?? (signal ? 130 : 1)));
  });
}
