/** The provider as one file: every platform gets the same bytes, and two builds of the same sources are byte-equal. */
import { join } from "node:path";
import { type BuildOptions, build, type Metafile, type PluginBuild } from "esbuild";
import { type BundledPackage, bundledPackages } from "./bundled-packages";
import { PROXY_FILE, programName } from "./provider-dist";

/** One file of the package that Terraform installs, by its name. */
export interface ProviderFile {
  readonly name: string;
  readonly content: Uint8Array;
  /** Whether Terraform starts it. */
  readonly program: boolean;
}

export interface BuiltProvider {
  /** The program, and what it loads where a proxy is used. */
  readonly files: readonly ProviderFile[];
  /** Packages that went in. */
  readonly packages: readonly BundledPackage[];
}

/** The oldest Node that the provider runs on. */
const NODE_MAJOR = 20;

/**
 * The first lines are shell and JavaScript at once: to JavaScript a string and a comment, to the shell a command. The
 * shell says in a sentence that Node is missing (only the first line on standard output reaches the user), moves
 * NODE_EXTRA_CA_CERTS aside, which costs 40 ms a start on Node 20, and becomes Node, so that the process id stays.
 */
const LAUNCHER = [
  "#!/bin/sh",
  [
    '":" //',
    'node="$' + '{GLADLY_NODE:-node}"',
    `command -v "$node" >/dev/null 2>&1 || { echo "The Gladly provider needs Node.js ${NODE_MAJOR} or later, and there is no \\"$node\\" on the PATH. Install it, or name it in GLADLY_NODE."; exit 1; }`,
    '[ -z "$NODE_EXTRA_CA_CERTS" ] || { export GLADLY_EXTRA_CA_CERTS="$NODE_EXTRA_CA_CERTS"; unset NODE_EXTRA_CA_CERTS; }',
    'exec "$node" "$0" "$@"',
  ].join("; "),
  `if (parseInt(process.versions.node, 10) < ${NODE_MAJOR}) { console.log("The Gladly provider needs Node.js ${NODE_MAJOR} or later; this is " + process.version + ". Upgrade it, or name a newer one in GLADLY_NODE."); process.exit(1); }`,
].join("\n");

/**
 * The provider's program. `root` is the project's folder.
 *
 * Node reads the whole of a file before it runs any of it, and nine tenths of this one are needed only after the
 * handshake. They are a text inside the program, which costs next to nothing to read over, and become code when asked
 * for: that saves a third of every start.
 */
export async function bundleProvider(root: string, version: string): Promise<BuiltProvider> {
  const later = await bundle(root, version, join("src", "provider", "after-handshake.ts"), {
    plugins: [
      { name: "proxied-fetch", setup: besideTheProgram },
      { name: "no-proto-loader", setup: withoutProtoLoader },
    ],
  });
  const script = Buffer.from(later.contents).toString("utf8");
  const main = await bundle(root, version, join("src", "provider", "main.ts"), {
    banner: { js: LAUNCHER },
    plugins: [{ name: "after-handshake", setup: (build) => asText(build, script) }],
  });
  const proxied = await bundle(root, version, join("src", "provider", "proxied-fetch.ts"), {});
  return {
    files: [
      { name: programName(version), content: main.contents, program: true },
      { name: PROXY_FILE, content: proxied.contents, program: false },
    ],
    packages: bundledPackages(root, [later.metafile, main.metafile, proxied.metafile]),
  };
}

/** What is loaded for a proxy alone stays out of the program. */
function besideTheProgram(build: PluginBuild): void {
  build.onResolve({ filter: /^\.\/proxied-fetch\.js$/ }, () => ({ path: `./${PROXY_FILE}`, external: true }));
}

/**
 * gRPC loads the reader of .proto files only for its admin services, which the provider does not offer. It would be a
 * fifth of what is read at every start.
 */
function withoutProtoLoader(build: PluginBuild): void {
  const contents = 'exports.loadSync = () => { throw new Error("this build of gRPC reads no .proto files"); };';
  build.onResolve({ filter: /^@grpc\/proto-loader$/ }, () => ({ path: "proto-loader", namespace: "none" }));
  build.onLoad({ filter: /.*/, namespace: "none" }, () => ({ loader: "js", contents }));
}

/** Puts the script in the place of `import("./after-handshake.js")`. Its name stands in stack traces. */
function asText(build: PluginBuild, script: string): void {
  build.onResolve({ filter: /^\.\/after-handshake\.js$/ }, () => ({ path: NAME, namespace: NAME }));
  build.onLoad({ filter: /.*/, namespace: NAME }, () => ({
    loader: "js",
    resolveDir: "/",
    contents: `
      const { Script } = require("node:vm");
      const source = ${JSON.stringify(`(function(module,exports,require){${script}\n})`)};
      new Script(source, { filename: __filename + "#${NAME}" }).runInThisContext()(module, exports, require);
    `,
  }));
}

const NAME = "after-handshake";

interface Bundle {
  readonly contents: Uint8Array;
  readonly metafile: Metafile;
}

async function bundle(root: string, version: string, entry: string, more: BuildOptions): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    minify: true,
    platform: "node",
    format: "cjs",
    // Old syntax, so that a Node that is too old can still read the line that says so.
    target: "es2019",
    // The text that becomes code after the handshake can `require`, and not `import`.
    supported: { bigint: true, "dynamic-import": false },
    legalComments: "none",
    define: { PROVIDER_VERSION: JSON.stringify(version) },
    // What matters of the project's tsconfig.json, so that an edit there does not change the program.
    tsconfigRaw: { compilerOptions: { target: "es2022", alwaysStrict: true, verbatimModuleSyntax: true } },
    logLevel: "warning",
    ...more,
    // Given last, so that esbuild's types know what there will be.
    write: false,
    metafile: true,
  });
  const [file] = outputFiles;
  if (!file) throw new Error(`esbuild made no file of ${entry}`);
  return { contents: file.contents, metafile };
}
