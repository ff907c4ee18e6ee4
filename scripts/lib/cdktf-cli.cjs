// Makes cdktf-cli run on every Node.js, and show all that Terraform says. Load it before cdktf-cli: `require()`, or `node --require`.
const { spawn } = require("node:child_process");
const Module = require("node:module");
const { stripVTControlCharacters } = require("node:util");

// cdktf-cli's terminal library has no binary for Node.js 23 and later. Every library like it loses the end of the output, which
// has Terraform's errors, when the process exits before all of it is read. Pipes lose nothing, and cdktf needs no more.
// npm's `overrides` would not reach users of this package.
// It is resolved to this file. A replaced `Module._load` would be in the stack of every `require`, and make Node.js warn of what
// cdktf-cli's own dependencies use.
const resolve = Module._resolveFilename;
Module._resolveFilename = function (request, ...rest) {
  return request === "@cdktf/node-pty-prebuilt-multiarch" ? __filename : resolve.call(this, request, ...rest);
};
exports.spawn = spawnTerraform;

// From Node.js 25 the first access to `localStorage` prints a warning. A library in cdktf-cli accesses it but does not need it.
if (Object.getOwnPropertyDescriptor(globalThis, "localStorage")?.get) delete globalThis.localStorage;

const CONTROL_C = "\x03";

/** What cdktf-cli uses of the library's `spawn`. */
function spawnTerraform(file, args, { cwd, env }) {
  // The shell joins errors and output in the order in which they are written, and Terraform takes its place.
  const child = spawn("/bin/sh", ["-c", 'exec "$0" "$@" 2>&1', file, ...args], {
    ...{ cwd, env, stdio: ["pipe", "pipe", "inherit"] },
    // In a process group of its own: cdktf passes interrupts on, and two of them end Terraform without saving its state.
    detached: true,
  });
  child.stdout.setEncoding("utf8");
  child.stdin.on("error", () => {}); // It has exited. Its exit code says more.
  return {
    write: (text) => (text === CONTROL_C ? child.kill("SIGINT") : child.stdin.write(text)),
    onData: (listener) => {
      const pass = wholeQuestions(listener);
      child.stdout.on("data", pass).on("end", () => pass("", { ended: true }));
      child.on("error", ({ message }) => listener(`${file} cannot be started in ${cwd}: ${message}\n`));
    },
    onExit: (listener) => child.on("close", (code) => listener({ exitCode: code ?? 1 })),
  };
}

/** A question at the end of the output: the variable's name, then indented lines. */
const QUESTION = /(?:^|\n)var\.\S+ *(?:\n(?: {2}.*| )?)*$/;

/**
 * cdktf-cli ends with instructions if Terraform asks for a variable, but only if it reads the whole question at once, as lines.
 * Otherwise it waits forever, because nobody sees the question.
 */
function wholeQuestions(listener) {
  let held = "";
  return (text, { ended = false } = {}) => {
    held += text;
    const plain = stripVTControlCharacters(held);
    const asks = QUESTION.test(plain);
    const whole = plain.trimEnd().endsWith("Enter a value:");
    if (held === "" || (asks && !whole && !ended)) return;
    listener(asks && whole ? `${held}\n` : held);
    held = "";
  };
}
