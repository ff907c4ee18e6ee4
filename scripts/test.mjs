// `npm test` on a fresh clone: installs missing packages and runs the unit tests and a system test of each kind. With `--all`
// (`npm run test:all`) it adds the rest but the slow tests, and with `--slow` (`npm run test:slow`) it runs those. With a file or
// folder it runs every test that matches. jest's global set-up builds what tests need.
import { spawn } from "node:child_process";
import { delimiter, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { environmentWithTerraform } from "./lib/engine.mjs";
import { install } from "./lib/install.mjs";
import { quietTerraform, requireNode } from "./lib/requirements.mjs";

requireNode();
install();
// Puts a downloaded Terraform on the PATH, where tests look for it.
const { TERRAFORM_BINARY_NAME: binary = "terraform" } = await environmentWithTerraform();
const path = binary.includes("/") ? { PATH: `${dirname(binary)}${delimiter}${process.env.PATH}` } : {};

const asked = process.argv.slice(2);
const KINDS = { "--all": ["unit", "system", "ci"], "--slow": ["slow"] };
const kinds = asked.map((argument) => KINDS[argument]).find(Boolean);
const args = asked.filter((argument) => !(argument in KINDS));
const projects = args.some(isPath) && !kinds ? [] : ["--selectProjects", ...(kinds ?? ["unit", "system"])];
const child = spawn(process.execPath, ["node_modules/jest/bin/jest.js", ...args, ...projects], {
  cwd: fileURLToPath(new URL("..", import.meta.url)),
  env: { ...process.env, ...path, ...quietTerraform(process.env) },
  stdio: "inherit",
});
// Ctrl-C also reaches the child. Waiting for it lets its tests stop what they started.
process.on("SIGINT", () => {});
child.on("close", (code, signal) => {
  process.exitCode = code ?? (signal ? 130 : 1);
});

/** Whether an argument is a path, not an option or an option's value, such as that of `-t`. */
function isPath(argument, index) {
  return !argument.startsWith("-") && !/^(-t|--\w*[nN]ame\w*|--maxWorkers|-w|--seed)$/.test(args[index - 1] ?? "");
}
