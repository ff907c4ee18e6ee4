/**
 * Puts the Terraform provider for Gladly where Terraform looks by itself: `terraform.d/plugins` beside the stack's
 * configuration, with the committed dependency lock file. So nobody needs a CLI configuration file, a registry or a
 * flag, and the first plan of a fresh clone does not ask an origin registry for checksums (docs/decisions/0013).
 */
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Annotations, type IStackSynthesizer, type ISynthesisSession, type TerraformStack } from "cdktf";

export interface ProviderFilesProps {
  /** The folder of the built provider, `terraform.d/plugins`. */
  readonly plugins: string;
  /** The committed dependency lock file. */
  readonly lockFile: string;
}

/** Adds the placing of the files to a stack's synthesis. */
export function placeProviderFiles(stack: TerraformStack, props: ProviderFilesProps): void {
  const inner: IStackSynthesizer = stack.synthesizer;
  stack.synthesizer = {
    synthesize(session: ISynthesisSession): void {
      if (!existsSync(props.plugins)) {
        Annotations.of(stack).addError("The Terraform provider for Gladly is not built. Run `npm run build`.");
      }
      inner.synthesize(session);
      if (!existsSync(props.plugins)) return;
      const folder = join(session.outdir, session.manifest.forStack(stack).workingDirectory);
      placePlugins(props.plugins, join(folder, "terraform.d", "plugins"));
      placeLockFile(props.lockFile, join(folder, ".terraform.lock.hcl"));
    },
  };
}

function placePlugins(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true });
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to, { recursive: true });
}

/** Terraform adds other providers' checksums to the file in use: those stay as long as ours are the committed ones. */
function placeLockFile(from: string, to: string): void {
  const committed = readFileSync(from, "utf8");
  const blocks = committed.split(/^(?=provider )/m).filter((block) => block.startsWith("provider "));
  const present = existsSync(to) ? readFileSync(to, "utf8") : "";
  if (blocks.every((block) => present.includes(block.trim()))) return;
  writeFileSync(to, committed);
}
