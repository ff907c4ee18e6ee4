/**
 * `npm run build`: the provider for every platform, and the lock file that names it. `-- --out <folder>` builds into
 * another folder and leaves the lock file alone.
 */
import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { bundleProvider } from "./provider/bundle";
import { lockFileText, PLATFORMS, PROVIDER_SOURCE, packageHash, providerDist } from "./provider/dist";

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { out: { type: "string" } } });
  const root = resolve(__dirname, "..");
  const dist = providerDist(root);
  const content = await bundleProvider(root, dist.version);
  const folder = values.out ? join(resolve(values.out), PROVIDER_SOURCE, dist.version) : dist.folder;
  rmSync(folder, { recursive: true, force: true });
  for (const platform of PLATFORMS) {
    mkdirSync(join(folder, platform), { recursive: true });
    const file = join(folder, platform, dist.fileName);
    writeFileSync(file, content);
    chmodSync(file, 0o755);
  }
  const hash = packageHash(dist.fileName, content);
  if (!values.out) {
    mkdirSync(join(root, "stacks"), { recursive: true });
    writeFileSync(dist.lockFile, lockFileText(dist.version, hash));
  }
  process.stdout.write(`provider ${dist.version}: ${Math.round(content.length / 1024)} KB, ${hash}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`The build failed: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
