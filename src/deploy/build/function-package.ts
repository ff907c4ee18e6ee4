/** A built function as an archive for Lambda. Synthesis writes it beside the stack's configuration, where Terraform finds it. */
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type ISynthesisSession, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { type ArchivedFile, zipOf } from "./zip";

export interface FunctionPackageProps {
  /** Folder of the built function: its code as one file, and the licences of what is in it. */
  readonly bundle: string;
  /** What it is called beside the stack, without ending. */
  readonly name: string;
}

export class FunctionPackage extends Construct {
  /** For the function's `filename`: relative to the stack's folder, where cdktf runs Terraform. */
  readonly file: string;
  /** SHA-256 of the archive in base64, as in Lambda's API. */
  readonly hash: string;

  constructor(scope: Construct, id: string, props: FunctionPackageProps) {
    super(scope, id);
    const archive = archiveOf(props.bundle);
    this.file = `functions/${props.name}.zip`;
    this.hash = createHash("sha256").update(archive).digest("base64");
    placeAtSynth(TerraformStack.of(this), this.file, archive);
  }
}

/** Packed once for all environments of a synth: packing takes longer than the rest of a function's construct. */
const packed = new Map<string, { readonly files: readonly ArchivedFile[]; readonly archive: Buffer }>();

/** The archive of a built function's folder. */
export function archiveOf(bundle: string): Buffer {
  const files = readdirSync(bundle)
    .sort()
    .map((name): ArchivedFile => ({ name, content: readFileSync(join(bundle, name)) }));
  const known = packed.get(bundle);
  if (known !== undefined && isSame(known.files, files)) return known.archive;
  const archive = zipOf(files);
  packed.set(bundle, { files, archive });
  return archive;
}

function isSame(before: readonly ArchivedFile[], now: readonly ArchivedFile[]): boolean {
  return (
    before.length === now.length &&
    before.every((file, index) => file.name === now[index]?.name && file.content.equals(now[index].content))
  );
}

/** cdktf's own assets carry a construct's path and a hash in their name, which makes a plan hard to read. */
function placeAtSynth(stack: TerraformStack, path: string, content: Buffer): void {
  const inner = stack.synthesizer;
  stack.synthesizer = {
    synthesize(session: ISynthesisSession): void {
      inner.synthesize(session);
      const file = join(session.outdir, session.manifest.forStack(stack).workingDirectory, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
    },
  };
}
