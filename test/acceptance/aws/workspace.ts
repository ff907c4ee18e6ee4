/** Runs the real terraform with the real AWS provider, without an account and without a network. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { z } from "zod";
import { PROVIDER_SOURCE, providerDist } from "../../../src/deploy/build/provider-dist";
import type { Json } from "../../deploy/stacks/samples";
import { ENGINE } from "../../support/engine";
import { type Ended, Running } from "../../support/run";
import { project } from "../../support/scratch";

/** Settings instead of an account: enough for a plan. */
const NO_ACCOUNT = {
  AWS_ACCESS_KEY_ID: "none",
  AWS_SECRET_ACCESS_KEY: "none",
  AWS_EC2_METADATA_DISABLED: "true",
  AWS_CONFIG_FILE: "/dev/null",
  AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
};

export class Workspace {
  readonly folder = mkdtempSync(join(tmpdir(), "aws-stack-"));
  private readonly running = new Set<Running>();

  constructor(mirror: string) {
    const { mirror: plugins } = providerDist(project);
    const host = PROVIDER_SOURCE.split("/")[0];
    this.write(
      "cli.tfrc",
      `provider_installation {
  filesystem_mirror {
    path    = "${mirror}"
    include = ["hashicorp/aws"]
  }
  filesystem_mirror {
    path    = "${plugins}"
    include = ["${host}/*/*"]
  }
}
`,
    );
  }

  write(file: string, content: string): void {
    const path = join(this.folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }

  /** Writes a stack, and an empty file for each archive that it names. */
  writeStack(stack: Json, folder = "."): void {
    this.write(join(folder, "cdk.tf.json"), JSON.stringify(stack, null, 1));
    for (const fn of Object.values(stack.resource.aws_lambda_function ?? {})) {
      this.write(join(folder, z.string().parse(fn.filename)), "");
    }
  }

  async terraform(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
    const child = new Running(ENGINE, args, {
      cwd: this.folder,
      env: {
        ...process.env,
        ...NO_ACCOUNT,
        CHECKPOINT_DISABLE: "1",
        TF_CLI_CONFIG_FILE: join(this.folder, "cli.tfrc"),
        TF_IN_AUTOMATION: "1",
        ...env,
      },
    });
    this.running.add(child);
    const ended = await child.end();
    this.running.delete(child);
    return ended;
  }

  /** Ends running processes and deletes the folder. */
  remove(): void {
    for (const child of this.running) child.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const Providers = z.looseObject({
  provider: z.looseObject({ aws: z.array(z.record(z.string(), z.unknown())) }),
  terraform: z.record(z.string(), z.unknown()),
});

/** The stack without a backend and without the caller's identity, so that a plan needs no account. */
export function withoutAccount(stack: Json): Json {
  const { provider, terraform, ...rest } = Providers.parse(stack);
  const { backend: _backend, ...settings } = terraform;
  const aws = provider.aws.map(({ allowed_account_ids: _ids, ...asked }) => ({
    ...asked,
    skip_credentials_validation: true,
    skip_metadata_api_check: true,
    skip_requesting_account_id: true,
  }));
  return { ...stack, ...rest, provider: { ...provider, aws }, terraform: settings };
}
