/** Who may read Stella Connect's keys: only the worker, and only the key of its survey mode (docs/decisions/0005). */
import type { SurveyMode } from "../../contract/survey-mode";
import { type Finding, found } from "../../report/finding";
import { code } from "../../report/report";
import { type Change, texts } from "../../terraform/change";
import { at, isObject } from "../../terraform/value";
import type { ChangeSet } from "./change-set";

const WORKER = "aws_iam_role_policy.relay_worker_policy";
const KEY = /:secret:relay\/[^/]+\/stella-(test|production)\b/;

const WATCHDOG = "aws_iam_role_policy.relay_watchdog_policy";

export function keyAccessFindings({ changes, surveyMode, settings }: ChangeSet): readonly Finding[] {
  const feedback = settings.after?.policy?.feedback === true && surveyMode.after === "production";
  return changes
    .filter(({ type }) => type === "aws_iam_role_policy" || type === "aws_iam_policy")
    .flatMap((change) => ofPolicy(change, surveyMode.after, feedback));
}

function ofPolicy(change: Change, mode: SurveyMode | undefined, feedback: boolean): readonly Finding[] {
  const before = readable(change.before);
  const after = readable(change.after);
  const added = [...after].filter((key) => !before.has(key));
  if (added.length === 0) return [];
  const resource = change.address;
  if (change.key === WATCHDOG && feedback && !after.has("test")) {
    return [
      found("key-switched", {
        resource,
        title: "The watchdog may read Stella Connect's production key, to write survey answers to Gladly",
      }),
    ];
  }
  if (change.key !== WORKER) {
    return [
      found("key-exposed", {
        resource,
        title: `${code(change.name)} may read ${added.map(named).join(" and ")}`,
        detail:
          "Only the worker needs a Stella Connect key. The watchdog needs the production key if it writes survey answers to Gladly. The production key can send surveys to customers.",
      }),
    ];
  }
  if (after.size > 1 || (mode !== undefined && !after.has(mode))) {
    return [
      found("key-exposed", {
        resource,
        title: `The worker may read ${[...after].map(named).join(" and ")}`,
        detail: `It needs only the key of its survey mode${mode === undefined ? "" : `, ${code(mode)}`}.`,
      }),
    ];
  }
  if (before.size === 0) return [];
  return [
    found("key-switched", {
      resource,
      title: `The worker may read ${added.map(named).join(" and ")}, and no longer ${[...before].map(named).join(" and ")}`,
      detail: "AWS may use the old permission for some seconds after the apply. The worker tries these events again.",
    }),
  ];
}

/** The keys whose values a policy document allows to read. */
function readable(side: object): ReadonlySet<SurveyMode> {
  const statements = at(at(side, "policy"), "Statement");
  const list = Array.isArray(statements) ? statements : [];
  const allowed = list.filter((one) => isObject(one) && at(one, "Effect") === "Allow" && reads(one));
  const keys = allowed.flatMap((one) => texts(one, "Resource").flatMap((arn) => KEY.exec(arn)?.[1] ?? []));
  return new Set(keys.filter((key) => key === "test" || key === "production"));
}

function reads(statement: object): boolean {
  return texts(statement, "Action").some((action) =>
    ["*", "secretsmanager:*", "secretsmanager:Get*", "secretsmanager:GetSecretValue"].includes(action),
  );
}

function named(key: SurveyMode): string {
  return `Stella Connect's ${key} key`;
}
