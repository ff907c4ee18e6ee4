/** Which AWS provider a project has locked in `stacks/.terraform.lock.hcl` (docs/decisions/0021). */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../../contract/locations";
import { lockedBlocks } from "./provider-dist";

/** Its version, such as `6.25.0`; undefined where none is locked. */
export function lockedAwsProvider(project = projectRoot()): string | undefined {
  const path = join(project, "stacks", ".terraform.lock.hcl");
  const blocks = existsSync(path) ? lockedBlocks(readFileSync(path, "utf8")) : [];
  // OpenTofu has its own registry.
  const block = blocks.find((text) => /^provider "[^"]+\/hashicorp\/aws"/.test(text));
  return block && /^\s*version\s*=\s*"([^"]+)"/m.exec(block)?.[1];
}

/** Whether a version is before another one, both as `6.25.0`. */
export function isBefore(version: string, other: string): boolean {
  const [one, two] = [version, other].map((text) => text.split(".").map(Number));
  for (let index = 0; index < 3; index += 1) {
    const difference = (one?.[index] ?? 0) - (two?.[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
