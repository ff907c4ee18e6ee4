/** Where the built provider lies, and whether it is the one that the lock file names. Cheap: no build tool is loaded. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { providerMirror } from "../../contract/locations";

export const PROVIDER_SOURCE = "terraform.local/relay/gladly";

/** Windows is missing: a script cannot be started there (docs/vendors/terraform-provider.md section 8). */
export const PLATFORMS = ["linux_amd64", "linux_arm64", "darwin_amd64", "darwin_arm64"] as const;

export interface ProviderDist {
  readonly version: string;
  /** The folder that Terraform takes as its implied mirror when it lies in the working folder as `terraform.d/plugins`. */
  readonly mirror: string;
  /** The folder of this version, with one folder for each platform. */
  readonly folder: string;
  /** Committed, and copied beside each stack's configuration. */
  readonly lockFile: string;
  readonly fileName: string;
}

export function providerDist(root: string): ProviderDist {
  const manifest: { readonly version: string } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const mirror = providerMirror(root);
  return {
    version: manifest.version,
    mirror,
    folder: join(mirror, PROVIDER_SOURCE, manifest.version),
    lockFile: join(root, "stacks", ".terraform.lock.hcl"),
    // Ends in .cjs, so that Node runs it alike inside a project of "type": "module".
    fileName: `terraform-provider-gladly_v${manifest.version}.cjs`,
  };
}

/** Whether every platform's file is there and is what the lock file names. */
export function isProviderCurrent(root: string): boolean {
  const dist = providerDist(root);
  if (!existsSync(dist.lockFile)) return false;
  const lock = readFileSync(dist.lockFile, "utf8");
  return PLATFORMS.every((platform) => {
    const file = join(dist.folder, platform, dist.fileName);
    return (
      existsSync(file) && lock === lockFileWith(lock, dist.version, packageHash(dist.fileName, readFileSync(file)))
    );
  });
}

/**
 * Terraform's `h1` hash of a package that is one file: the hash of the list of its files' hashes and names. The same
 * file in every platform's folder gives one hash that is good for all.
 */
export function packageHash(fileName: string, content: Uint8Array): string {
  const inner = createHash("sha256").update(content).digest("hex");
  return `h1:${createHash("sha256").update(`${inner}  ${fileName}\n`).digest("base64")}`;
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
