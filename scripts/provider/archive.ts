/**
 * `npm run provider:archive`: packs the provider as archives, for use without the rest of this product.
 *
 * - `-- --out <folder>` adds them to a filesystem mirror;
 * - `-- --registry <folder>` writes a release in the registry's format, for a person to sign.
 *
 * The bytes depend only on the sources.
 */
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { bundleProvider } from "../../src/deploy/build/bundle-provider";
import { NOTICES, noticesOf } from "../../src/deploy/build/notices";
import { PLATFORMS, PROVIDER_SOURCE, providerDist } from "../../src/deploy/build/provider-dist";
import { zipOf } from "../../src/deploy/build/zip";

/** Every file of a release by its name: the archives, the manifest, and the checksums of all of them. */
export async function releaseFiles(root: string, version: string): Promise<ReadonlyMap<string, Buffer>> {
  const { files } = await bundleProvider(root, version);
  const archive = zipOf(
    files.map(({ name, content, program }) => ({ name, content: Buffer.from(content), executable: program })),
  );
  const prefix = `terraform-provider-gladly_${version}`;
  const manifest = { version: 1, metadata: { protocol_versions: ["6.0"] } };
  const covered = new Map([
    ...PLATFORMS.map((platform) => [`${prefix}_${platform}.zip`, archive] as const),
    [`${prefix}_manifest.json`, Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`)] as const,
  ]);
  const sums = [...covered].map(([name, content]) => `${sha256(content)}  ${name}\n`).sort();
  return new Map([...covered, [`${prefix}_SHA256SUMS`, Buffer.from(sums.join(""))]]);
}

function sha256(content: Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { out: { type: "string" }, registry: { type: "string" } } });
  if (!values.out && !values.registry) throw new Error("give --out <mirror>, --registry <folder>, or both");
  const root = resolve(__dirname, "..", "..");
  const { version } = providerDist(root);
  const files = await releaseFiles(root, version);
  const { packages } = await bundleProvider(root, version);
  const write = (folder: string, notices: string, chosen: (name: string) => boolean): void => {
    mkdirSync(folder, { recursive: true });
    for (const [name, content] of files) if (chosen(name)) writeFileSync(join(folder, name), content);
    writeFileSync(join(notices, NOTICES), noticesOf(packages));
    process.stdout.write(`${folder}\n`);
  };
  if (values.out)
    write(join(resolve(values.out), PROVIDER_SOURCE), resolve(values.out), (name) => name.endsWith(".zip"));
  if (values.registry) write(resolve(values.registry), resolve(values.registry), () => true);
}

if (require.main === module) {
  main().catch((error: unknown) => {
    process.stderr.write(`The archives could not be made: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}
