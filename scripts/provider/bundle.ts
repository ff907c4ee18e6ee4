/** The provider as one file: every platform gets the same bytes, and two builds of the same sources are byte-equal. */
import { join } from "node:path";
import { build } from "esbuild";

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

/** The bytes of the provider's program. `root` is the project's folder. */
export async function bundleProvider(root: string, version: string): Promise<Uint8Array> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [join("src", "provider", "main.ts")],
    bundle: true,
    write: false,
    minify: true,
    platform: "node",
    format: "cjs",
    // Old syntax, so that a Node that is too old can still read the line that says so.
    target: "es2019",
    supported: { bigint: true },
    legalComments: "none",
    banner: { js: LAUNCHER },
    define: { PROVIDER_VERSION: JSON.stringify(version) },
    // What matters of the project's tsconfig.json, so that an edit there does not change the program.
    tsconfigRaw: { compilerOptions: { target: "es2022", alwaysStrict: true, verbatimModuleSyntax: true } },
    logLevel: "warning",
  });
  const [bundle] = outputFiles;
  if (!bundle) throw new Error("esbuild made no file of src/provider/main.ts");
  return bundle.contents;
}
