// Keeps compiled JavaScript in the user's cache for the next start, on Node.js 22.8 and later. Load it before anything large.
"use strict";
const Module = require("node:module");
const { homedir } = require("node:os");
const { isAbsolute, join } = require("node:path");

// Not Node.js's default folder, which is in the shared folder for temporary files: what is in it is run.
// A folder that cannot be written is no error. An empty HOME makes no folder in the working folder.
const caches =
  process.env.XDG_CACHE_HOME || join(homedir(), process.platform === "darwin" ? "Library/Caches" : ".cache");
if (isAbsolute(caches)) Module.enableCompileCache?.(join(caches, "gladly-stella-relay", "compiled"));
