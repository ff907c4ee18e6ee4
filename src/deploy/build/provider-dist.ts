/** The location of the built provider, and whether it matches the lock file. It loads no build tools. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { compareTexts } from "../../contract/compare";
import { providerMirror } from "../../contract/locations";

export const PROVIDER_SOURCE = "terraform.local/relay/gladly";

/** Windows is missing: a script cannot be started there (docs/vendors/terraform-provider.md section 8). */
export const PLATFORMS = ["linux_amd64", "linux_arm64", "darwin_amd64", "darwin_arm64"] as const;

export interface ProviderDist {
  readonly version: string;
  /** The folder that Terraform uses as its implied mirror if it is `terraform.d/plugins` in the working folder. */
  readonly mirror: string;
  /** The folder of this version, with one folder for each platform. */
  readonly folder: string;
  /** Committed, and copied beside each stack's configuration. */
  readonly lockFile: string;
  /** The name of the program. */
  readonly fileName: string;
}

/** The file beside the program that it loads if the environment names a proxy. */
export const PROXY_FILE = "gladly-proxied-fetch.cjs";

/** Ends in .cjs, so that Node runs it alike inside a project of "type": "module". */
export function programName(version: string): string {
  return `terraform-provider-gladly_v${version}.cjs`;
}

export function providerDist(root: string): ProviderDist {
  const manifest: { readonly version: string } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const mirror = providerMirror(root);
  return {
    version: manifest.version,
    mirror,
    folder: join(mirror, PROVIDER_SOURCE, manifest.version),
    lockFile: join(root, "stacks", ".terraform.lock.hcl"),
    fileName: programName(manifest.version),
  };
}

/** Whether every platform's file is there and is what the lock file names. */
export function isProviderCurrent(root: string): boolean {
  const dist = providerDist(root);
  if (!existsSync(dist.lockFile)) return false;
  const lock = readFileSync(dist.lockFile, "utf8");
  return PLATFORMS.every((platform) => {
    const hash = packageHash(installedFiles(join(dist.folder, platform)));
    return lock === lockFileWith(lock, dist.version, hash);
  });
}

/** The files of a package in a folder; none if the folder does not exist. */
export function installedFiles(folder: string): readonly NamedFile[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).map((name) => ({ name, content: readFileSync(join(folder, name)) }));
}

interface NamedFile {
  readonly name: string;
  readonly content: Uint8Array;
}

/**
 * Terraform's `h1` hash of a package: the hash of the list of its files' hashes and names. The same files in every
 * platform's folder give one hash that is good for all.
 */
export function packageHash(files: readonly NamedFile[]): string {
  const lines = [...files]
    .sort((a, b) => compareTexts(a.name, b.name))
    .map(({ name, content }) => `${createHash("sha256").update(content).digest("hex")}  ${name}\n`);
  return `h1:${createHash("sha256").update(lines.join("")).digest("base64")}`;
}

const HEADING = `# This file is maintained automatically by "terraform init".
# Manual edits may be lost in future updates.
`;

/**
 * The dependency lock file as Terraform writes it, with our provider's block as it must be and every other provider's as
 * it was: a team locks the AWS provider there (docs/aws.md). The constraint is the exact version, as cdktf emits it.
 */
export function lockFileWith(present: string, version: string, hash: string): string {
  const own = `provider "${PROVIDER_SOURCE}" {
  version     = "${version}"
  constraints = "${version}"
  hashes = [
    "${hash}",
  ]
}
`;
  const others = lockedBlocks(present).filter((block) => !block.startsWith(`provider "${PROVIDER_SOURCE}"`));
  return [HEADING, ...[...others, own].sort()].join("\n");
}

/** The blocks of a lock file, one for each provider, each ending in one line's end. */
export function lockedBlocks(lockFile: string): readonly string[] {
  return lockFile
    .split(/^(?=provider )/m)
    .filter((block) => block.startsWith("provider "))
    .map((block) => `${block.trim()}\n`);
}
