/**
 * Finds a copy of the real AWS provider on this machine, without downloads. Searches the folder in RELAY_AWS_PROVIDER, then
 * Terraform's folders, then the folder for optional software.
 */
import { existsSync, mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { homedir } from "node:os";
import { basename, dirname, join } from "node:path";
import { ENGINE } from "./engine";

/** The oldest supported version, which the tests use. */
export const VERSION = "5.100.0";

/** Folders that may be or contain a mirror: `<mirror>/<host>/hashicorp/aws/<version>/<platform>/`. */
const PLACES = [
  process.env.RELAY_AWS_PROVIDER,
  join(homedir(), ".terraform.d/plugins"),
  join(homedir(), ".local/share/terraform/plugins"),
  "/usr/local/share/terraform/plugins",
  "/usr/share/terraform/plugins",
  "/opt",
];

/** The mirror for a CLI configuration. Undefined if there is none. */
export function awsProviderMirror(): string | undefined {
  const mirror = mirrorOnDisk();
  return mirror !== undefined && basename(ENGINE).includes("tofu") ? mirrorForTofu(mirror) : mirror;
}

/** OpenTofu looks for the provider under its own registry's name. It is the same program. */
function mirrorForTofu(mirror: string): string {
  const made = join(__dirname, "../../node_modules/.cache/relay-tests/tofu-mirror");
  for (const host of folders(mirror)) {
    const version = join("hashicorp/aws", VERSION);
    const [from, to] = [join(mirror, host, version), join(made, "registry.opentofu.org", version)];
    mkdirSync(to, { recursive: true });
    // OpenTofu follows a link only in the place of a package.
    for (const platform of folders(from))
      if (!existsSync(join(to, platform))) symlinkSync(join(from, platform), join(to, platform));
  }
  return made;
}

function mirrorOnDisk(): string | undefined {
  for (const place of PLACES) {
    const host = place === undefined ? undefined : hostFolder(place, 2);
    if (host !== undefined) return dirname(host);
  }
  return undefined;
}

/** The folder of a registry's host with the provider, at most this number of levels below a folder. */
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

/** The provider's program for this platform. Undefined if there is no copy. */
export function awsProviderProgram(): string | undefined {
  const mirror = mirrorOnDisk();
  if (mirror === undefined) return undefined;
  const platform = `${process.platform}_${process.arch === "x64" ? "amd64" : process.arch}`;
  return folders(mirror)
    .map((host) => join(mirror, host, "hashicorp/aws", VERSION, platform))
    .flatMap((folder) => (existsSync(folder) ? readdirSync(folder).map((file) => join(folder, file)) : []))
    .find((file) => file.includes("terraform-provider-aws"));
}
