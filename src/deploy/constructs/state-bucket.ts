/** The bucket for Terraform states: versioned, encrypted, private and protected from deletion. */
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { Construct } from "constructs";
import { denyWithoutTls, policyDocument } from "./policy";

/** Settings of {@link StateBucket}. */
export interface StateBucketProps {
  /** 12 digits. */
  readonly account: string;
}

/** Days for which an older state can be restored. */
const OLD_VERSIONS = 90;

/** The S3 bucket for Terraform states, one per account. Terraform refuses to destroy it. */
export class StateBucket extends Construct {
  /** One per account. */
  static bucketName(account: string): string {
    return `relay-state-${account}`;
  }

  /** The key of a stack's state in the bucket. */
  static key(stack: string): string {
    return `${stack}.tfstate`;
  }

  constructor(scope: Construct, id: string, props: StateBucketProps) {
    super(scope, id);
    const name = StateBucket.bucketName(props.account);
    const { bucket } = new S3Bucket(this, "Resource", { bucket: name, lifecycle: { preventDestroy: true } });
    const versioning = new S3BucketVersioningA(this, "versioning", {
      bucket,
      versioningConfiguration: { status: "Enabled" },
    });
    new S3BucketServerSideEncryptionConfigurationA(this, "encryption", {
      bucket,
      // Terraform's backend requests this encryption for each object (`encrypt`), so another kind here would have no effect.
      // Our states contain no secrets.
      rule: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
    });
    const access = new S3BucketPublicAccessBlock(this, "private", {
      bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    new S3BucketOwnershipControls(this, "ownership", { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } });
    new S3BucketPolicy(this, "tls", {
      bucket,
      policy: policyDocument([denyWithoutTls("s3:*", [`arn:aws:s3:::${name}`, `arn:aws:s3:::${name}/*`])]),
      dependsOn: [access],
    });
    new S3BucketLifecycleConfiguration(this, "old_versions", {
      bucket,
      rule: [
        {
          id: "forget-old-versions",
          status: "Enabled",
          filter: [{ prefix: "" }],
          noncurrentVersionExpiration: [{ noncurrentDays: OLD_VERSIONS }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
        },
      ],
      dependsOn: [versioning],
    });
  }
}
