/**
 * Finds a copy of the real AWS provider on this machine: nothing is downloaded for a test. Looked for in the folder that
 * RELAY_AWS_PROVIDER names, then where Terraform itself looks, then below the folder for optional software.
 */
import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";

/** The oldest version that the stacks promise to work with, and the one that the tests run. */
export const VERSION = "5.100.0";

/** Folders that may be, or hold, a mirror: `<mirror>/<host>/hashicorp/aws/<version>/<platform>/`. */
const PLACES = [
  process.env.RELAY_AWS_PROVIDER,
  join(homedir(), ".terraform.d/plugins"),
  join(homedir(), ".local/share/terraform/plugins"),
  "/usr/local/share/terraform/plugins",
  "/usr/share/terraform/plugins",
  "/opt",
];

/** The mirror, as a CLI configuration names it; undefined where there is none. */
export function awsProviderMirror(): string | undefined {
  for (const place of PLACES) {
    const host = place === undefined ? undefined : hostFolder(place, 2);
    if (host !== undefined) return dirname(host);
  }
  return undefined;
}

/** The folder of a registry's host that holds the provider, at or up to so many levels below a folder. */
function hostFolder(folder: string, levels: number): string | undefined {
  if (existsSync(join(folder, "hashicorp/aws", VERSION))) return folder;
  if (levels === 0) return undefined;
  for (const name of folders(folder)) {
    const found = hostFolder(join(folder, name), levels - 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

function folders(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
  } catch {
    return [];
  }
}

/** The provider's program for this platform; undefined where there is no copy. */
export function awsProviderProgram(): string | undefined {
  const mirror = awsProviderMirror();
  if (mirror === undefined) return undefined;
  const platform = `${process.platform}_${process.arch === "x64" ? "amd64" : process.arch}`;
  return folders(mirror)
    .map((host) => join(mirror, host, "hashicorp/aws", VERSION, platform))
    .flatMap((folder) => (existsSync(folder) ? readdirSync(folder).map((file) => join(folder, file)) : []))
    .find((file) => file.includes("terraform-provider-aws"));
}
