/** Bundles each Lambda function into one file, without anything of this machine in it, and its packages' licences. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { FUNCTIONS } from "../../contract/functions";
import { type BundledPackage, bundledPackages } from "./bundled-packages";
import { archiveOf } from "./function-package";
import { NOTICES, noticesOf } from "./notices";

export interface BuiltFunction {
  readonly name: string;
  /** The bundle. The stack packs its folder. */
  readonly file: string;
  readonly bytes: number;
  /** Bytes of the archive, as it is deployed. */
  readonly zippedBytes: number;
  /** Packages that went in. */
  readonly packages: readonly BundledPackage[];
}

/**
 * @param root the project's folder
 * @param out gets `<name>/index.js` and the licences for each function; replaced on each build
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
    alias: { "@aws-sdk/credential-provider-node": join(root, "src/relay/aws/environment-credentials.ts") },
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
  const packages = bundledPackages(root, [result.metafile]);
  writeFileSync(join(folder, NOTICES), noticesOf(packages));
  return { name, file, bytes: content.length, zippedBytes: archiveOf(folder).length, packages };
}
