/** What every stack on AWS has: the only allowed account, tags, the provider's version range, and the state's location. */
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Annotations, type App, LocalBackend, S3Backend } from "cdktf";
import { isBefore, lockedAwsProvider } from "../build/locked-aws-provider";
import { ReadableStack } from "../constructs/readable-stack";
import { StateBucket } from "../constructs/state-bucket";

export interface AwsStackProps {
  /** 12 digits. Terraform refuses to change any other account. */
  readonly account: string;
  readonly region: string;
  /** Region of the account's bucket for states. @default the stack's own Region */
  readonly stateRegion?: string;
  /** Tags of every resource that supports them. */
  readonly tags: Readonly<Record<string, string>>;
  /** A path on this machine. @default the account's state bucket */
  readonly localState?: string;
  /** A setting that older AWS providers do not support, and the first version that does. @default none */
  readonly newerProvider?: { readonly version: string; readonly because: string };
}

/** Types come from 6.25, and tests plan with the real 5.100.0. Stacks use only what both support (docs/decisions/0002). */
const OLDEST_PROVIDER = "5.100.0";

export class AwsStack extends ReadableStack {
  constructor(app: App, name: string, props: AwsStackProps) {
    super(app, name);
    const { account, region, stateRegion = region, localState } = props;
    this.addOverride("terraform.required_version", ">= 1.11.0, < 2.0.0");
    new AwsProvider(this, "aws", { region, allowedAccountIds: [account], defaultTags: [{ tags: { ...props.tags } }] });
    const oldest = props.newerProvider?.version ?? OLDEST_PROVIDER;
    this.addOverride("terraform.required_providers.aws.version", `>= ${oldest}, < 7.0.0`);
    const locked = lockedAwsProvider();
    if (props.newerProvider !== undefined && locked !== undefined && isBefore(locked, oldest)) {
      Annotations.of(this).addError(
        `${props.newerProvider.because} needs the AWS provider ${oldest} or later, and stacks/.terraform.lock.hcl locks ` +
          `${locked}. Lock a newer one (docs/aws.md), or change that setting.`,
      );
    }
    if (localState !== undefined) {
      new LocalBackend(this, { path: localState });
      return;
    }
    const backend = new S3Backend(this, {
      bucket: StateBucket.bucketName(account),
      key: StateBucket.key(name),
      region: stateRegion,
      encrypt: true,
    });
    // cdktf 0.21 supports neither (docs/vendors/cdktf.md section 4).
    backend.addOverride("use_lockfile", true);
    backend.addOverride("allowed_account_ids", [account]);
  }
}
