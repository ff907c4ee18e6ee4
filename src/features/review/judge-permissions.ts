/** Who may do what: IAM policies by their statements, and who may take a role. */

import { type Found, found } from "../../report/catalogue";
import { code } from "../../report/report";
import { type Change, differs, texts } from "../../terraform/change";
import { at, isObject } from "../../terraform/value";
import type { ChangeSet } from "./change-set";
import { isLost } from "./judge-functions";

const GUARD = /^aws_iam_role_polic(ies|y_attachments)_exclusive$/;
const RESOURCE_POLICY =
  /^aws_(sqs_queue_policy|sns_topic_policy|s3_bucket_policy|lambda_permission|sqs_queue_redrive_allow_policy)$/;
/** Told by key-access.ts, which knows who needs which. */
const STELLA_KEY = /:secret:relay\/[^/]+\/stella-(test|production)\b/;
/** Entries named in a title; the rest is in the diff below. */
const NAMED = 4;

export function permissionFindings({ changes, first, destroys, relayLeaves }: ChangeSet): readonly Found[] {
  if (destroys || relayLeaves) return [];
  return changes.flatMap((change) => {
    if (change.type === "aws_iam_role_policy" || change.type === "aws_iam_policy") return ofPolicy(change);
    if (change.type === "aws_iam_role_policy_attachment") return attached(change);
    if (change.type === "aws_iam_role") return ofRole(change);
    if (change.type === "aws_iam_openid_connect_provider")
      return first ? [] : [trust(change, "Whose word AWS takes about GitHub's workflows changes")];
    if (GUARD.test(change.type) && isLost(change)) return [unguarded(change)];
    if (RESOURCE_POLICY.test(change.type) && (change.action === "update" || isLost(change)))
      return [resourcePolicy(change)];
    return [];
  });
}

function ofPolicy(change: Change): readonly Found[] {
  const before = allowed(change.before);
  const after = allowed(change.after);
  const come = [...after].filter((entry) => !before.has(entry));
  const gone = [...before].filter((entry) => !after.has(entry));
  const resource = change.address;
  const who = code(change.name);
  const wild = come.filter(isWild);
  const findings: Found[] = [];
  if (change.key === "aws_iam_policy.boundary" && change.action !== "create") {
    findings.push(
      found("boundary-changed", {
        resource,
        title: isLost(change)
          ? "The limit of what any role of the relay may do is taken away"
          : "The limit of what any role of the relay may do changes",
        detail: "The pipeline may give a role anything below it without the foundation's review.",
      }),
    );
  }
  if (wild.length > 0) {
    findings.push(
      found("permissions-wildcard", {
        resource,
        title: `${who} is allowed ${list(wild)}`,
        detail: "A wildcard for a whole service or for every resource is never needed here.",
      }),
    );
  }
  const more = come.filter((entry) => !isWild(entry));
  if (change.action !== "create" && more.length > 0) {
    findings.push(found("permissions-widened", { resource, title: `${who} may do more: ${list(more)}` }));
  }
  if (change.action !== "create" && gone.length > 0 && come.length === 0) {
    findings.push(found("permissions-narrowed", { resource, title: `${who} may no longer ${list(gone)}` }));
  }
  return findings;
}

/** `action on resource` of every allowing statement; a statement with a condition says so. */
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

/** A whole service, everything, or any resource where the action is not one that knows no other. */
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

function attached(change: Change): readonly Found[] {
  if (change.action !== "create" && change.action !== "replace") return [];
  return [
    found("permissions-widened", {
      resource: change.address,
      title: `A role is given the policy ${list(texts(change.after, "policy_arn"))}`,
      detail: "Every role of the relay has a list of its own and nothing attached.",
    }),
  ];
}

function ofRole(change: Change): readonly Found[] {
  if (change.action === "create") return [];
  const findings: Found[] = [];
  const who = code(change.name);
  if (differs(change, "assume_role_policy")) findings.push(trust(change, `Somebody else may take the role ${who}`));
  if (change.action === "update" && differs(change, "permissions_boundary")) {
    findings.push(
      found("boundary-changed", { resource: change.address, title: `The limit of the role ${who} changes` }),
    );
  }
  return findings;
}

function trust(change: Change, title: string): Found {
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

function unguarded(change: Change): Found {
  return found("permissions-unguarded", {
    resource: change.address,
    title: `What somebody gives the role of ${code(change.name)} by hand no longer shows in a plan`,
  });
}

function resourcePolicy(change: Change): Found {
  return found("resource-policy-changed", {
    resource: change.address,
    title:
      change.action === "delete"
        ? `${code(change.name)} goes: whoever the account allows may use what it protected, also without TLS`
        : `Who may use what ${code(change.name)} protects changes`,
  });
}

function list(entries: readonly string[]): string {
  const named = entries.slice(0, NAMED).map(code).join(", ");
  return entries.length > NAMED ? `${named} and ${entries.length - NAMED} more` : named || "nothing";
}
