/** The places of secrets. Terraform never has their values, so it can bring none back. */

import { type Found, found } from "../../report/catalogue";
import { code } from "../../report/report";
import { text } from "../../terraform/change";
import type { ChangeSet } from "./change-set";

export function secretFindings({ changes, name: environment }: ChangeSet): readonly Found[] {
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
              title: `The secret ${code(name)} gets a place, and no value yet`,
              remedy: `Put one: ${put}.`,
            }),
          ];
        case "delete":
        case "replace":
          return [
            found("secret-lost", {
              resource: change.address,
              title: `The secret ${code(name)} is destroyed, and its value with it`,
              detail: `Who reads it fails from then on.${change.action === "replace" ? " The new place is empty, and AWS keeps the name of a deleted secret for 30 days." : ""}`,
              ...(change.action === "replace" ? { remedy: `Have the value at hand: ${put}.` } : {}),
            }),
          ];
        default:
          return [];
      }
    });
}
