/** IAM policies by their statements, and who may assume a role. */

import { type Finding, found } from "../../report/finding";
import { code, codeList } from "../../report/report";
import { type Change, differs, texts } from "../../terraform/change";
import { at, isObject } from "../../terraform/value";
import { isOurs } from "./attribute-rows";
import type { ChangeSet } from "./change-set";
import { isLost } from "./judge-functions";

const GUARD = /^aws_iam_role_polic(ies|y_attachments)_exclusive$/;
const RESOURCE_POLICY =
  /^aws_(sqs_queue_policy|sns_topic_policy|s3_bucket_policy|lambda_permission|sqs_queue_redrive_allow_policy)$/;
/** judge-key-access.ts judges these. */
const STELLA_KEY = /:secret:relay\/[^/]+\/stella-(test|production)\b/;
/** Entries named in a title. The diff below has all of them. */
const NAMED = 4;

export function permissionFindings({ changes, empty, destroys, relayLeaves }: ChangeSet): readonly Finding[] {
  if (destroys || relayLeaves) return [];
  return changes.flatMap((change) => {
    if (change.type === "aws_iam_role_policy" || change.type === "aws_iam_policy") return ofPolicy(change);
    if (change.type === "aws_iam_role_policy_attachment") return attached(change);
    if (change.type === "aws_iam_role") return ofRole(change);
    if (change.type === "aws_iam_openid_connect_provider")
      return empty || !isOurs(change) ? [] : [trust(change, "Which GitHub workflows AWS trusts changes")];
    if (GUARD.test(change.type) && isLost(change)) return [unguarded(change)];
    if (RESOURCE_POLICY.test(change.type) && (change.action === "update" || isLost(change)))
      return [resourcePolicy(change)];
    return [];
  });
}

function ofPolicy(change: Change): readonly Finding[] {
  const before = allowed(change.before);
  const after = allowed(change.after);
  const added = [...after].filter((entry) => !before.has(entry));
  const removed = [...before].filter((entry) => !after.has(entry));
  const resource = change.address;
  const who = code(change.name);
  const wild = added.filter(isWild);
  const findings: Finding[] = [];
  if (/^aws_iam_policy\.boundary(_|$)/.test(change.key) && change.action !== "create") {
    findings.push(
      found("boundary-changed", {
        resource,
        title: isLost(change)
          ? "The permissions boundary of the relay's roles is removed"
          : "The permissions boundary of the relay's roles changes",
        detail:
          "The pipeline can give a role every permission within the boundary, without a review of the foundation.",
      }),
    );
  }
  if (wild.length > 0) {
    findings.push(
      found("permissions-wildcard", {
        resource,
        title: `${who} gets permissions with a wildcard: ${codeList(wild, NAMED)}`,
        detail: "The relay never needs a wildcard for a whole service or for every resource.",
      }),
    );
  }
  const more = added.filter((entry) => !isWild(entry));
  if (change.action !== "create" && more.length > 0) {
    findings.push(
      found("permissions-widened", { resource, title: `${who} gets more permissions: ${codeList(more, NAMED)}` }),
    );
  }
  if (change.action !== "create" && removed.length > 0 && added.length === 0) {
    findings.push(
      found("permissions-narrowed", { resource, title: `${who} loses permissions: ${codeList(removed, NAMED)}` }),
    );
  }
  return findings;
}

/** `action on resource` of every Allow statement, with a note if it has a condition. */
function allowed(side: object): ReadonlySet<string> {
  const statements = at(at(side, "policy"), "Statement");
  const list = (Array.isArray(statements) ? statements : isObject(statements) ? [statements] : []).filter(isObject);
  return new Set(
    list
      .filter((one) => at(one, "Effect") === "Allow")
      .flatMap((one) => {
        const only = at(one, "Condition") === undefined ? "" : " (with a condition)";
        const actions = [...texts(one, "Action"), ...texts(one, "NotAction").map((action) => `all but ${action}`)];
        const resources = [...texts(one, "Resource"), ...texts(one, "NotResource").map((arn) => `all but ${arn}`)];
        return actions.flatMap((action) =>
          resources.filter((arn) => !STELLA_KEY.test(arn)).map((arn) => `${action} on ${arn}${only}`),
        );
      }),
  );
}

/** A whole service, everything, or any resource for an action that takes one. */
function isWild(entry: string): boolean {
  const [action = "", resource = ""] = entry.replace(" (with a condition)", "").split(" on ");
  return (
    /(^|:)\*$/.test(action) ||
    action.startsWith("all but ") ||
    resource.startsWith("all but ") ||
    (resource === "*" && !LISTS.test(action))
  );
}

/** AWS takes no resource for these. */
const LISTS = /:(List|Describe|Get)[A-Z]\w*$/;

function attached(change: Change): readonly Finding[] {
  if (change.action !== "create" && change.action !== "replace") return [];
  const policies = texts(change.after, "policy_arn").filter((arn) => arn.startsWith("arn:"));
  // Without an ARN yet, the policy is created by this same plan, and what it allows is judged there.
  if (policies.length === 0) return [];
  return [
    found("permissions-widened", {
      resource: change.address,
      title: `A policy is attached to a role: ${codeList(policies, NAMED)}`,
      detail: "It exists already, so this plan does not show what it allows.",
    }),
  ];
}

function ofRole(change: Change): readonly Finding[] {
  if (change.action === "create") return [];
  const findings: Finding[] = [];
  const who = code(change.name);
  if (differs(change, "assume_role_policy")) findings.push(trust(change, `Someone else may assume the role ${who}`));
  if (change.action === "update" && differs(change, "permissions_boundary")) {
    findings.push(
      found("boundary-changed", {
        resource: change.address,
        title: `The permissions boundary of the role ${who} changes`,
      }),
    );
  }
  return findings;
}

function trust(change: Change, title: string): Finding {
  const lines = change.differences.filter(
    ({ path }) => path.startsWith("assume_role_policy") || path === "url" || path.startsWith("client_id_list"),
  );
  const what = lines.map(({ before = "nothing", after = "nothing" }) => `${before} becomes ${after}`).slice(0, NAMED);
  return found("trust-changed", {
    resource: change.address,
    title,
    ...(what.length === 0 ? {} : { detail: `${what.join("; ")}.` }),
  });
}

function unguarded(change: Change): Finding {
  return found("permissions-unguarded", {
    resource: change.address,
    title: `Permissions that someone adds by hand to the role of ${code(change.name)} no longer show in a plan`,
  });
}

function resourcePolicy(change: Change): Finding {
  return found("resource-policy-changed", {
    resource: change.address,
    title:
      change.action === "delete"
        ? `${code(change.name)} is deleted: everyone in the account with access may use what it protected, even without TLS`
        : `${code(change.name)} changes who may use what it protects`,
  });
}
