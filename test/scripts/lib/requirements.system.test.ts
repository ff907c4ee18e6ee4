/** The requirements of this machine, and how cdktf-cli runs Terraform. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { project } from "../../support/scratch";

const REQUIREMENTS = join(project, "scripts/lib/requirements.mjs");
const CDKTF_CLI = join(project, "scripts/lib/cdktf-cli.cjs");

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

/** Runs code that has cdktf-cli's `spawn`. */
function withSpawn(code: string) {
  const required = 'const { spawn } = require("@cdktf/node-pty-prebuilt-multiarch");';
  return node("--require", CDKTF_CLI, "--eval", required + code);
}

it("cdktf-cli gets all of Terraform's output, however slowly it reads", () => {
  const writer =
    'process.stdout.write("o".repeat(200_000)); process.stderr.write("e".repeat(200_000)); process.exitCode = 3;';
  const { status, stdout, stderr } = withSpawn(`
    const child = spawn(process.execPath, ["--eval", ${JSON.stringify(writer)}], { env: process.env });
    let characters = 0;
    child.onData((text) => {
      characters += text.length;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
    });
    child.onExit(({ exitCode }) => console.log(characters, exitCode));
  `);
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "400000 3\n", stderr: "" });
});

it("cdktf-cli's answers and interrupts reach Terraform", () => {
  const reader =
    'process.stdin.once("data", (text) => console.log("read", String(text)));process.once("SIGINT", () => process.exit(4));';
  const { status, stdout, stderr } = withSpawn(`
    const child = spawn(process.execPath, ["--eval", ${JSON.stringify(reader)}], { env: process.env });
    child.onData((text) => {
      process.stdout.write(text);
      child.write("\x03");
    });
    child.onExit(({ exitCode }) => console.log(exitCode));
    child.write("yes\\n");
  `);
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "read yes\n\n4\n", stderr: "" });
});

it("cdktf-cli reads Terraform's question for a variable at once, as whole lines", () => {
  const asker =
    'process.stdout.write("\\x1b[1mvar.password\\x1b[0m\\n ");setTimeout(() => process.stdout.write(" The password\\n\\n  Enter a value: "), 100);' +
    'process.stdin.once("data", () => process.exit());';
  const { status, stdout, stderr } = withSpawn(`
    const child = spawn(process.execPath, ["--eval", ${JSON.stringify(asker)}], { env: process.env });
    child.onData((text) => {
      console.log(JSON.stringify(text));
      child.write("\\n");
    });
  `);
  const question = "\u001b[1mvar.password\u001b[0m\n  The password\n\n  Enter a value: \n";
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: `${JSON.stringify(question)}\n`, stderr: "" });
});

it("output that only looks like such a question is not held back", () => {
  const writer = 'process.stdout.write("var.password\\nis not set");process.stdin.once("data", () => process.exit());';
  const { status, stdout, stderr } = withSpawn(`
    const child = spawn(process.execPath, ["--eval", ${JSON.stringify(writer)}], { env: process.env });
    child.onData((text) => {
      console.log(JSON.stringify(text));
      child.write("\\n");
    });
  `);
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '"var.password\\nis not set"\n', stderr: "" });
});

it("a stack's folder that is gone is an error for cdktf-cli, with the folder", () => {
  const { status, stdout, stderr } = withSpawn(`
    const child = spawn("terraform", [], { cwd: "/no/such/stack", env: process.env });
    child.onData((text) => process.stdout.write(text));
    child.onExit(({ exitCode }) => console.log(exitCode === 0));
  `);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toMatch(/^terraform cannot be started in \/no\/such\/stack: .*ENOENT\nfalse\n$/);
});

it("a Terraform that cannot be started is an exit code for cdktf-cli", () => {
  const { status, stdout } = withSpawn(`
    const child = spawn("no-such-terraform", [], { env: process.env });
    child.onData((text) => process.stdout.write(text));
    child.onExit(({ exitCode }) => console.log(exitCode));
    child.write("yes\\n");
  `);
  expect(status).toBe(0);
  expect(stdout).toMatch(/no-such-terraform.*not found\n127\n$/s);
});

it("no library of cdktf-cli causes Node.js's warning about localStorage", () => {
  const { stderr, stdout } = node("--require", CDKTF_CLI, "--eval", "console.log(typeof localStorage)");
  expect({ stderr, stdout }).toEqual({ stderr: "", stdout: "undefined\n" });
});
