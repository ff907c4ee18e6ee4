/** The requirements of this machine, and the replacement for a library of cdktf-cli without binaries. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { project } from "../../support/scratch";

const REQUIREMENTS = join(project, "scripts/lib/requirements.mjs");
const TERMINAL = join(project, "scripts/lib/cdktf-terminal.cjs");

function node(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", cwd: project });
  return { status, stdout, stderr };
}

const requireNode = (version: string) =>
  node(
    "--input-type=module",
    "--eval",
    `import { requireNode } from ${JSON.stringify(REQUIREMENTS)}; requireNode(${JSON.stringify(version)})`,
  );

it.each(["20.19.0", "22.12.0", "24.21.0", "26.12.1"])("Node.js %s is accepted without a warning", (version) => {
  expect(requireNode(version)).toEqual({ status: 0, stdout: "", stderr: "" });
});

it.each(["18.20.8", "20.18.3"])("Node.js %s is too old, and the error has the remedy", (version) => {
  const { status, stderr } = requireNode(version);
  expect(status).toBe(1);
  expect(stderr).toContain(`This project needs Node.js 20.19 or later; this is ${version}.`);
  expect(stderr).toContain("nvm install 26");
});

it("a Node.js newer than the tested ones gets one line of warning", () => {
  const { status, stderr } = requireNode("28.1.0");
  expect(status).toBe(0);
  expect(stderr).toBe("Warning: Node.js 28.1.0 is newer than this project is tested with (20.19 to 26).\n");
});

it("cdktf-cli gets a terminal library that this Node.js can load", () => {
  const open =
    'const pty = require(require.resolve("@cdktf/node-pty-prebuilt-multiarch", { paths: [require.resolve("upstream-cdktf-cli/package.json")] }));' +
    'pty.spawn("echo", ["from a terminal"]).onData((text) => process.stdout.write(text));';
  const { status, stdout, stderr } = node("--require", TERMINAL, "--eval", open);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toContain("from a terminal");
});

it("no library of cdktf-cli causes Node.js's warning about localStorage", () => {
  const { stderr, stdout } = node("--require", TERMINAL, "--eval", "console.log(typeof localStorage)");
  expect({ stderr, stdout }).toEqual({ stderr: "", stdout: "undefined\n" });
});
