/**
 * Builds the relay's Lambda functions into `dist/functions/<name>/index.js`.
 * Part of `npm run build`. Alone: `npx tsx scripts/build-functions.ts [--out <folder>]`.
 */
import { join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { bundleFunctions } from "../src/deploy/build/bundle-functions";

/** Builds them and prints their sizes. */
export async function buildFunctions(root: string, out = join(root, "dist/functions")): Promise<void> {
  for (const { name, file, bytes, zippedBytes } of await bundleFunctions(root, out)) {
    process.stdout.write(`${name}: ${kilobytes(bytes)}, ${kilobytes(zippedBytes)} zipped, ${relative(root, file)}\n`);
  }
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1024).toFixed(1)} KB`;
}

if (require.main === module) {
  const { values } = parseArgs({ options: { out: { type: "string" } } });
  buildFunctions(resolve(__dirname, ".."), values.out === undefined ? undefined : resolve(values.out)).catch(
    (error: unknown) => {
      process.stderr.write(`The build failed: ${error instanceof Error ? error.message : String(error)}\n`);
      process.exitCode = 1;
    },
  );
}
