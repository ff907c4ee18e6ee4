/** Whose code went into a bundle, as esbuild's own record of it tells. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Metafile } from "esbuild";
import { z } from "zod";
import { compareTexts } from "../../contract/compare";

export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** As its package.json names it, such as `MIT`. */
  readonly licence: string;
  /** Where it is installed. */
  readonly folder: string;
  /** Its files that went in, sorted. */
  readonly files: readonly string[];
}

const Manifest = z.looseObject({ name: z.string(), version: z.string(), license: z.string().optional() });

/**
 * Packages with at least a byte in one of the bundles, by name and version; esbuild reads more of them than it takes.
 *
 * @param root the folder that esbuild worked in
 * @throws if a package has no licence, because its code must not be redistributed
 */
export function bundledPackages(root: string, metafiles: readonly Metafile[]): readonly BundledPackage[] {
  const inputs = metafiles.flatMap(({ outputs }) =>
    Object.values(outputs).flatMap((output) => Object.entries(output.inputs)),
  );
  const used = inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0);
  const byFolder = new Map<string, string[]>();
  for (const [input] of used) {
    const folder = /.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
    if (folder !== undefined) byFolder.set(folder, [...(byFolder.get(folder) ?? []), join(root, input)]);
  }
  const packages = [...byFolder].map(([folder, files]) => packageIn(join(root, folder), files.sort()));
  return packages.sort((a, b) => compareTexts(a.name, b.name) || compareTexts(a.version, b.version));
}

function packageIn(folder: string, files: readonly string[]): BundledPackage {
  const { name, version, license } = Manifest.parse(JSON.parse(readFileSync(join(folder, "package.json"), "utf8")));
  if (license === undefined) {
    throw new Error(`${name} ${version} names no licence in its package.json, so its code must not be handed on.`);
  }
  // `(Apache-2.0 AND MIT)`, as npm wants it, without the brackets.
  return { name, version, licence: license.replace(/^\((.*)\)$/, "$1"), folder, files };
}
