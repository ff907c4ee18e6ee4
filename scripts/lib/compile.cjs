// Compiles src to JavaScript in dist/lib, file by file, if a source changed since the last build. The bins run the result.
"use strict";
const {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} = require("node:fs");
const { createHash } = require("node:crypto");
const { dirname, extname, join, relative } = require("node:path");

/** Files that are copied. Everything else below src except TypeScript is for developers. */
const COPIED = [".js", ".json", ".d.ts"];

/**
 * Compiles if needed. An installed package has no sources and is already compiled.
 *
 * @param {string} [root] the package's folder
 */
function compileIfNeeded(root = join(__dirname, "../..")) {
  const sources = join(root, "src");
  if (!existsSync(join(sources, "commands.ts"))) return;
  const files = filesBelow(sources);
  const stamp = createHash("sha256")
    .update(files.map(({ path, time }) => `${path} ${time}\n`).join(""))
    .digest("hex");
  if (stampIn(root) !== stamp) compile(root, files, stamp);
}

function stampIn(root) {
  const file = join(root, "dist/lib/.compiled");
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

/** Compiles into a separate folder first, so that a concurrent reader finds each file complete, old or new. */
function compile(root, files, stamp) {
  const { buildSync } = require("esbuild");
  const sources = join(root, "src");
  const lib = join(root, "dist/lib");
  mkdirSync(join(root, "dist"), { recursive: true });
  const fresh = mkdtempSync(join(root, "dist/.lib-"));
  try {
    buildSync({
      absWorkingDir: root,
      entryPoints: files.map(({ path }) => path).filter((path) => path.endsWith(".ts") && !path.endsWith(".d.ts")),
      outbase: sources,
      outdir: fresh,
      platform: "node",
      target: "node20",
      format: "cjs",
      // `import("./x.js")` becomes a require, so that one loader loads everything.
      supported: { "dynamic-import": false },
      tsconfigRaw: { compilerOptions: { target: "es2022" } },
      logLevel: "silent",
    });
    for (const { path } of files.filter(({ path }) => COPIED.some((ending) => path.endsWith(ending)))) {
      place(path, join(fresh, relative(sources, path)), copyFileSync);
    }
    const current = filesBelow(fresh).map(({ path }) => relative(fresh, path));
    for (const path of current) place(join(fresh, path), join(lib, path), renameSync);
    for (const { path } of filesBelow(lib)) {
      if (extname(path) === ".js" && !current.includes(relative(lib, path))) rmSync(path);
    }
    write(join(lib, "summaries.json"), JSON.stringify(summariesOf(require(join(lib, "commands.js")))));
    write(join(lib, ".compiled"), stamp);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** The summary of every command, so that `relay --help` loads none of them. */
function summariesOf({ GROUPS }) {
  const lines = GROUPS.flatMap(({ commands }) =>
    Object.entries(commands).map(([name, load]) => [name, load().command.summary]),
  );
  return Object.fromEntries(lines);
}

function write(file, text) {
  writeFileSync(`${file}.${process.pid}`, text);
  renameSync(`${file}.${process.pid}`, file);
}

function place(from, to, how) {
  mkdirSync(dirname(to), { recursive: true });
  how(from, to);
}

function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [{ path, time: statSync(path).mtimeMs }];
  });
}

module.exports = { compileIfNeeded };
