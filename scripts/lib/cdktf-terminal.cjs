// Gives cdktf-cli a terminal library that runs on every Node.js. Its own, @cdktf/node-pty-prebuilt-multiarch, has no binary
// for Node.js 23 and later; @lydell/node-pty has the same interface on Node-API, and its binaries lie in npm packages.
// npm's `overrides` would do this here, but not for those who install this package, so the name is resolved here.
// Load it before cdktf-cli: `require()`, or `node --require`.
const Module = require("node:module");

if (loads("@lydell/node-pty")) {
  const ours = require.resolve("@lydell/node-pty");
  const resolve = Module._resolveFilename;
  Module._resolveFilename = function (request, ...rest) {
    return request === "@cdktf/node-pty-prebuilt-multiarch" ? ours : resolve.call(this, request, ...rest);
  };
}

// From Node.js 25 the first look at `localStorage` prints a warning, and a library in cdktf-cli looks. It does without.
if (Object.getOwnPropertyDescriptor(globalThis, "localStorage")?.get) delete globalThis.localStorage;

/** False where there is no binary for the platform, such as Alpine Linux: cdktf-cli's own may have one. */
function loads(name) {
  try {
    require(name);
    return true;
  } catch {
    return false;
  }
}
