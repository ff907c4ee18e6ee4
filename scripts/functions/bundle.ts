/** Bundles each Lambda function into one file, without anything of this machine in it. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import { build, type Metafile } from "esbuild";
import { FUNCTIONS } from "../../src/relay/aws/requirements";

export interface BuiltFunction {
  readonly name: string;
  /** The bundle; the stack packs it. */
  readonly file: string;
  readonly bytes: number;
  /** Bytes of its archive but for the file's name and the like. */
  readonly zippedBytes: number;
  /** Packages that went in. */
  readonly packages: readonly string[];
}

/**
 * @param root the project's folder
 * @param out gets `<name>/index.js` for each function; made anew
 */
export async function bundleFunctions(root: string, out: string): Promise<readonly BuiltFunction[]> {
  rmSync(out, { recursive: true, force: true });
  return Promise.all(FUNCTIONS.map(({ name }) => bundleFunction(root, out, name)));
}

async function bundleFunction(root: string, out: string, name: string): Promise<BuiltFunction> {
  const result = await build({
    absWorkingDir: root,
    entryPoints: [`src/relay/aws/${name}.lambda.ts`],
    bundle: true,
    write: false,
    outfile: "index.js",
    platform: "node",
    // The oldest Node that the project runs on; Lambda runs 22.
    target: "node20",
    // CommonJS loads in half the time of ES modules here, and `require` is there for what needs it.
    format: "cjs",
    mainFields: ["module", "main"],
    minify: true,
    legalComments: "none",
    metafile: true,
    logLevel: "warning",
  });
  const content = result.outputFiles[0]?.contents;
  if (content === undefined) throw new Error(`esbuild made nothing of the ${name} function`);
  const folder = join(out, name);
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "index.js");
  writeFileSync(file, content);
  const zippedBytes = deflateRawSync(content, { level: 9 }).length;
  const packages = packagesOf(result.metafile);
  return { name, file, bytes: content.length, zippedBytes, packages };
}

/** Those with at least a byte in the bundle; esbuild reads more of them than it takes. */
function packagesOf({ outputs }: Metafile): readonly string[] {
  const inputs = Object.values(outputs).flatMap((output) => Object.entries(output.inputs));
  const used = inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0);
  const names = used.flatMap(([input]) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1] ?? []);
  return [...new Set(names)].sort();
}
