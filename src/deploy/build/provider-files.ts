/**
 * Puts the Terraform provider for Gladly where Terraform looks by itself: `terraform.d/plugins` beside the stack's
 * configuration, with the committed dependency lock file. So nobody needs a CLI configuration file, a registry or a
 * flag, and the first plan of a fresh clone does not ask an origin registry for checksums (docs/decisions/0013).
 */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { IStackSynthesizer, ISynthesisSession, TerraformStack } from "cdktf";
import { isCheckout, packageRoot, projectRoot } from "../../contract/locations";
import {
  installedFiles,
  isProviderCurrent,
  lockedBlocks,
  lockFileWith,
  PLATFORMS,
  packageHash,
  providerDist,
} from "./provider-dist";

/**
 * Adds the placing of the files to a stack's synthesis. In a checkout the provider is built first when it is missing or is
 * not the one that the lock file names; a package brings it.
 *
 * @throws ProviderNotBuilt at synth
 */
export function placeProviderFiles(stack: TerraformStack, root = packageRoot(), project = projectRoot()): void {
  const inner: IStackSynthesizer = stack.synthesizer;
  stack.synthesizer = {
    synthesize(session: ISynthesisSession): void {
      inner.synthesize(session);
      if (isCheckout(root) && !isProviderCurrent(root)) buildProvider(root);
      const { mirror } = providerDist(root);
      const folder = join(session.outdir, session.manifest.forStack(stack).workingDirectory);
      placePlugins(mirror, join(folder, "terraform.d", "plugins"));
      placeLockFile(projectLockFile(root, project), join(folder, ".terraform.lock.hcl"));
    },
  };
}

function buildProvider(root: string): void {
  const tsx = join(root, "node_modules/tsx/dist/cli.mjs");
  const build = spawnSync(process.execPath, [tsx, "scripts/build.ts", "--if-needed"], {
    cwd: root,
    encoding: "utf8",
  });
  if (build.status !== 0) throw new ProviderNotBuilt(build.stderr.trim());
}

/** The Terraform provider for Gladly cannot be placed beside the stack. The message says what to do. */
export class ProviderNotBuilt extends Error {
  override readonly name = "ProviderNotBuilt";
}

function placePlugins(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true });
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to, { recursive: true });
}

/** The providers that the project locks in `stacks/.terraform.lock.hcl`, with ours as the package brings it. */
function projectLockFile(root: string, project: string): string {
  const { folder, version } = providerDist(root);
  const path = join(project, "stacks", ".terraform.lock.hcl");
  const committed = existsSync(path) ? readFileSync(path, "utf8") : "";
  return lockFileWith(committed, version, packageHash(installedFiles(join(folder, PLATFORMS[0]))));
}

/** Terraform adds other providers' checksums to the file in use: those stay as long as ours are the committed ones. */
function placeLockFile(committed: string, to: string): void {
  const present = existsSync(to) ? lockedBlocks(readFileSync(to, "utf8")) : [];
  if (lockedBlocks(committed).every((block) => present.includes(block))) return;
  writeFileSync(to, committed);
}
