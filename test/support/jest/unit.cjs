/**
 * Holds unit tests to what they are: no process, no port. Loaded before each test file of the project `unit`.
 * With RECORD_SYSTEM=<file> it writes down which test files use either, and lets them.
 */
const { appendFileSync } = require("node:fs");
const { promisify } = require("node:util");
const childProcess = require("node:child_process");
const net = require("node:net");
const { remember, UNDO } = require("./unguard.cjs");

const restore = [];

function forbid(object, name, what) {
  const original = object[name];
  const guarded = function (...args) {
    refuse(what);
    return original.apply(this, args);
  };
  if (original[promisify.custom]) {
    guarded[promisify.custom] = (...args) => {
      refuse(what);
      return original[promisify.custom](...args);
    };
  }
  object[name] = guarded;
  restore.push(() => {
    object[name] = original;
  });
}

function refuse(what) {
  const file = expect.getState().testPath;
  if (process.env.RECORD_SYSTEM) {
    appendFileSync(process.env.RECORD_SYSTEM, `${file} ${what}\n`);
    return;
  }
  throw new Error(
    `A unit test ${what}. Rename the file to *.system.test.ts, *.ci.test.ts or, when it takes long, *.slow.test.ts (CONTRIBUTING.md).`,
  );
}

for (const name of ["spawn", "spawnSync", "exec", "execSync", "execFile", "execFileSync", "fork"]) {
  forbid(childProcess, name, `starts a process (${name})`);
}
forbid(net.Server.prototype, "listen", "opens a port");

remember(() => {
  for (const undo of restore) undo();
});
afterAll(() => childProcess[UNDO]?.());
