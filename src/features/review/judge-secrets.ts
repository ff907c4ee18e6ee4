/** Where secrets are stored. Terraform never has their values, so it cannot restore them. */

import { type Finding, found } from "../../report/finding";
import { code } from "../../report/report";
import { text } from "../../terraform/change";
import { at } from "../../terraform/value";
import type { ChangeSet } from "./change-set";

export function secretFindings({ changes, name: environment }: ChangeSet): readonly Finding[] {
  return changes
    .filter(({ type }) => type === "aws_secretsmanager_secret")
    .flatMap((change) => {
      const name = text(change.after, "name") ?? text(change.before, "name") ?? change.name;
      const short = name.split("/").at(-1) ?? name;
      const put = `${code(`npx relay secrets put ${environment} ${short}`)}`;
      switch (change.action) {
        case "create":
          return [
            found("secret-created", {
              resource: change.address,
              title: `The secret ${code(name)} is created without a value`,
              remedy: `Set its value: ${put}.`,
            }),
          ];
        case "delete":
        case "replace":
          return [
            found("secret-lost", {
              resource: change.address,
              title: `The secret ${code(name)} is deleted with its value`,
              detail: `Functions that read it fail.${change.action === "replace" ? " The new secret has no value, and AWS keeps the name of a deleted secret for 30 days." : ""}`,
              ...(change.action === "replace" ? { remedy: `Set the value again: ${put}.` } : {}),
            }),
          ];
        default:
          return hasKey(change.before) && !hasKey(change.after) ? [keyKept(change.address, name)] : [];
      }
    });
}

/** Also if it is known only after the apply. */
function hasKey(secret: object): boolean {
  return (at(secret, "kms_key_id") ?? "") !== "";
}

/** The AWS provider sends no key then, and AWS keeps the old one. */
function keyKept(resource: string, name: string): Finding {
  return found("secret-key-kept", {
    resource,
    title: `Terraform cannot take the key off the secret ${code(name)}: AWS keeps it`,
    detail:
      "The same apply takes the right to use the old key from the functions. They could no longer read the secret.",
    remedy: `Before the apply: ${code(`aws secretsmanager update-secret --secret-id ${name} --kms-key-id alias/aws/secretsmanager`)}. Then the plan no longer has this change.`,
  });
}
