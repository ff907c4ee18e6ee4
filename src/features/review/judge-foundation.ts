/** The bucket with the Terraform states. */

import { type Finding, found } from "../../report/finding";
import type { ChangeSet } from "./change-set";
import { isLost } from "./judge-functions";

const BUCKET = /^aws_s3_bucket(_|$)/;

export function foundationFindings({ changes }: ChangeSet): readonly Finding[] {
  return changes
    .filter(
      ({ type, action }) =>
        BUCKET.test(type) && type !== "aws_s3_bucket_policy" && action !== "create" && action !== "no-op",
    )
    .map((change) =>
      change.type === "aws_s3_bucket" && isLost(change)
        ? found("state-bucket-lost", {
            resource: change.address,
            title: "The bucket with the Terraform states is deleted: Terraform no longer knows what it created",
            detail: "Every environment of the account would have to be imported, resource by resource.",
          })
        : found("state-bucket-changed", {
            resource: change.address,
            title: isLost(change)
              ? `The Terraform states lose a protection: ${settingName(change.type)}`
              : `A setting of the Terraform states changes: ${settingName(change.type)}`,
            detail: "Versioning restores a damaged state. Encryption and access rules protect it.",
          }),
    );
}

function settingName(type: string): string {
  const what = type.replace(/^aws_s3_bucket_?/, "").replaceAll("_", " ");
  return what === "" ? "the bucket itself" : what;
}
