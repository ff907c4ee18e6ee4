/**
 * `npm run build`: builds the provider for every platform, its lock file, and the Lambda functions. `-- --out <folder>` builds
 * into another folder and does not change the lock file. `-- --if-needed` builds only if the files differ from the lock file,
 * and fails if they still differ afterwards: then the sources changed, and the lock file must be updated.
 */
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { type BuiltProvider, bundleProvider } from "../src/deploy/build/bundle-provider";
import { NOTICES, noticesOf } from "../src/deploy/build/notices";
import {
  isProviderCurrent,
  lockFileWith,
  PLATFORMS,
  PROVIDER_SOURCE,
  packageHash,
  providerDist,
} from "../src/deploy/build/provider-dist";
import { buildFunctions } from "./build-functions";

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { out: { type: "string" }, "if-needed": { type: "boolean" } } });
  const root = resolve(__dirname, "..");
  const dist = providerDist(root);
  if (values["if-needed"]) {
    if (isProviderCurrent(root)) return;
    write(await bundleProvider(root, dist.version), dist.folder);
    if (isProviderCurrent(root)) return;
    throw new Error(
      `the provider's sources are not those of ${dist.lockFile}. Run \`npm run build\` and commit that file.`,
    );
  }
  const built = await bundleProvider(root, dist.version);
  const folder = values.out ? join(resolve(values.out), PROVIDER_SOURCE, dist.version) : dist.folder;
  write(built, folder);
  const hash = packageHash(built.files);
  if (!values.out) {
    mkdirSync(join(root, "stacks"), { recursive: true });
    const present = existsSync(dist.lockFile) ? readFileSync(dist.lockFile, "utf8") : "";
    writeFileSync(dist.lockFile, lockFileWith(present, dist.version, hash));
  }
  if (!values.out) await buildFunctions(root);
  process.stdout.write(
    `provider ${dist.version}: ${built.files.map(({ content }) => Math.round(content.length / 1024)).join(" + ")} KB, ${hash}\n`,
  );
}

/** Writes the same files for every platform. The licences are one folder above, because Terraform hashes all files beside them. */
function write({ files, packages }: BuiltProvider, folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, NOTICES), noticesOf(packages));
  for (const platform of PLATFORMS) {
    mkdirSync(join(folder, platform), { recursive: true });
    for (const { name, content, program } of files) {
      const file = join(folder, platform, name);
      writeFileSync(file, content);
      if (program) chmodSync(file, 0o755);
    }
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`The build failed: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
