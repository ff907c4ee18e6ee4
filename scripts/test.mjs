// `npm test` on a fresh clone: installs missing packages and runs the everyday tests. With `--ci` (`npm run test:ci`) it also
// runs those of `.ci/run`; with `--all` (`npm run test:all`), or with a file or folder, every matching test. jest's global
// set-up builds what tests need.
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
const all = asked.includes("--all");
const args = asked.filter((argument) => argument !== "--all" && argument !== "--ci");
const kinds = ["unit", "system", ...(asked.includes("--ci") ? ["ci"] : [])];
const projects = all || args.some(isPath) ? [] : ["--selectProjects", ...kinds];
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
