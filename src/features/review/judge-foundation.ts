/** The bucket of states: without it nobody knows what is deployed. */

import { type Found, found } from "../../report/catalogue";
import type { ChangeSet } from "./change-set";
import { isLost } from "./judge-functions";

const BUCKET = /^aws_s3_bucket(_|$)/;

export function foundationFindings({ changes }: ChangeSet): readonly Found[] {
  return changes
    .filter(
      ({ type, action }) =>
        BUCKET.test(type) && type !== "aws_s3_bucket_policy" && action !== "create" && action !== "no-op",
    )
    .map((change) =>
      change.type === "aws_s3_bucket" && isLost(change)
        ? found("state-bucket-lost", {
            resource: change.address,
            title: "The bucket of states is destroyed: Terraform no longer knows what it made",
            detail: "Every environment of the account would have to be imported resource by resource.",
          })
        : found("state-bucket-changed", {
            resource: change.address,
            title: isLost(change)
              ? `The states lose a protection: ${words(change.type)}`
              : `A setting of the states changes: ${words(change.type)}`,
            detail:
              "Versions, encryption and privacy are what brings a spoilt state back and keeps it to those who deploy.",
          }),
    );
}

function words(type: string): string {
  const what = type.replace(/^aws_s3_bucket_?/, "").replaceAll("_", " ");
  return what === "" ? "the bucket itself" : what;
}
