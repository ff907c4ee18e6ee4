/** Packs a copy of the current sources, as npm would publish it. */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { scratchProject } from "../support/scratch";

/** npm's options in tests: no extra network requests, and little output. */
export const NPM = ["--no-audit", "--no-fund", "--loglevel=error", "--json=false"];

/**
 * Packs a copy of the sources under a version, and removes the copy.
 *
 * @param folder gets the file
 * @returns its path
 */
export function packed(version: string, folder: string): string {
  const scratch = scratchProject("fresh");
  try {
    const manifest = JSON.parse(readFileSync(join(scratch.folder, "package.json"), "utf8"));
    writeFileSync(join(scratch.folder, "package.json"), JSON.stringify({ ...manifest, version }));
    // The lock file and the constructs name the provider's version, as in the commit of a release.
    for (const script of ["scripts/build.ts", "scripts/generate-bindings.ts"]) {
      execFileSync(process.execPath, ["node_modules/tsx/dist/cli.mjs", script], { cwd: scratch.folder });
    }
    execFileSync("npm", ["pack", "--pack-destination", folder, ...NPM], { cwd: scratch.folder, env: scratch.env });
  } finally {
    scratch.remove();
  }
  return join(folder, `gladly-stella-relay-${version}.tgz`);
}
