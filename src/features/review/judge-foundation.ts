/** The bucket with the Terraform states, and the key that encrypts what an environment stores. */

import { type Finding, found } from "../../report/finding";
import type { Change } from "../../terraform/change";
import type { ChangeSet } from "./change-set";
import { isLost } from "./judge-functions";

const BUCKET = /^aws_s3_bucket(_|$)/;

export function foundationFindings({ changes }: ChangeSet): readonly Finding[] {
  return [...stateFindings(changes), ...keyFindings(changes)];
}

function keyFindings(changes: readonly Change[]): readonly Finding[] {
  return changes
    .filter((change) => change.type === "aws_kms_key" && isLost(change))
    .map(({ address }) =>
      found("encryption-key-lost", {
        resource: address,
        title: "The key that encrypts secrets, ledger and queues is deleted",
        detail:
          "AWS keeps it for 30 days. After that no one can read what it encrypted: events, the record of sent surveys, secrets, logs.",
        remedy: "To keep the data, cancel the deletion in those 30 days: `aws kms cancel-key-deletion`.",
      }),
    );
}

function stateFindings(changes: readonly Change[]): readonly Finding[] {
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
