// Lets Node load a project's TypeScript: `node -r gladly-stella-relay/typescript stacks/main.ts`. It strips types without
// checking them, which editors and `tsc` do. It loads the compiler only for the first TypeScript file.
"use strict";
require("../scripts/lib/compile-cache.cjs");
const { readFileSync } = require("node:fs");
const Module = require("node:module");
const { join, sep } = require("node:path");

const root = join(__dirname, "..");
const sources = join(root, "src") + sep;
const compiled = join(root, "dist", "lib") + sep;

Module._extensions[".ts"] = (module, file) => {
  const { transform } = require("sucrase");
  const transforms = ["typescript", "imports"];
  const { code } = transform(readFileSync(file, "utf8"), { transforms, filePath: file, preserveDynamicImport: false });
  module._compile(code, file);
};

const resolve = Module._resolveFilename;
Module._resolveFilename = (request, parent, ...rest) => {
  const found = resolveTypeScript(request, parent, rest);
  // In a checkout the stacks import this package's sources. They are compiled once for all processes.
  if (!found.startsWith(sources) || !found.endsWith(".ts")) return found;
  compileOnce();
  return `${compiled}${found.slice(sources.length, -3)}.js`;
};

let isCompiled = false;
function compileOnce() {
  if (!isCompiled) require("../scripts/lib/compile.cjs").compileIfNeeded();
  isCompiled = true;
}

/** In TypeScript, `./x.js` can mean `./x.ts`. */
function resolveTypeScript(request, parent, rest) {
  try {
    return resolve.call(Module, request, parent, ...rest);
  } catch (error) {
    if (!/^\.{1,2}\/.*\.js$/.test(request)) throw error;
    try {
      return resolve.call(Module, request.replace(/\.js$/, ".ts"), parent, ...rest);
    } catch {
      throw error;
    }
  }
}
