// Gives cdktf-cli a terminal library that runs on every Node.js. Its own, @cdktf/node-pty-prebuilt-multiarch, has no binary
// for Node.js 23 and later. @lydell/node-pty has the same interface on Node-API, with its binaries in npm packages.
// npm's `overrides` would work here, but not for users of this package, so this file resolves the name.
// Load it before cdktf-cli: `require()`, or `node --require`.
const Module = require("node:module");

if (loads("@lydell/node-pty")) {
  const ours = require.resolve("@lydell/node-pty");
  const resolve = Module._resolveFilename;
  Module._resolveFilename = function (request, ...rest) {
    return request === "@cdktf/node-pty-prebuilt-multiarch" ? ours : resolve.call(this, request, ...rest);
  };
}

// From Node.js 25 the first access to `localStorage` prints a warning. A library in cdktf-cli accesses it but does not need it.
if (Object.getOwnPropertyDescriptor(globalThis, "localStorage")?.get) delete globalThis.localStorage;

/** False if there is no binary for the platform, such as Alpine Linux. cdktf-cli's own library may have one. */
function loads(name) {
  try {
    require(name);
    return true;
  } catch {
    return false;
  }
}
