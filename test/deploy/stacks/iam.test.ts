import { accountsOf } from "../../../src/environment";
import { call, callTable } from "./calls";
import { attachedTo, type Call, isAllowed, readPolicy } from "./iam";
import { accountOf, attributes, environment, foundation, integration, type Json, json, live } from "./samples";

const inTest = json(integration(environment("production")));
const inProduction = json(integration(environment("production", live)));
const pipeline = json(foundation(accountOf("production")));

const arn = (service: string, resource: string) => `arn:aws:${service}:us-east-1:444455556666:${resource}`;
const secret = (name: string) => arn("secretsmanager", `secret:relay/production/${name}-a1B2c3`);
const main = arn("sqs", "relay-production-main");
const parked = arn("sqs", "relay-production-dlq");
const missed = arn("sqs", "relay-production-missed");
const ledger = arn("dynamodb", "table/relay-production-ledger");
const log = (name: string) => arn("logs", `log-group:/aws/lambda/relay-production-${name}:log-stream:2026/11/22`);
const role = (name: string) => `arn:aws:iam::444455556666:role/${name}`;

const ownTag = { "aws:ResourceTag/relay:environment": "production" };

const policyOf = (of: Json, ...names: readonly string[]) =>
  names.flatMap((name) => readPolicy(attributes(of, "aws_iam_role_policy", name).policy));
const boundary = readPolicy(attributes(pipeline, "aws_iam_policy", "boundary_production").policy);

/** A relay role's permissions: what its policy and the permissions boundary both allow. */
const underBoundary = (of: Json, name: string) => (call: Call) =>
  isAllowed(call, policyOf(of, name)) && isAllowed(call, boundary);

const ingest = underBoundary(inTest, "relay_ingest_policy");
const worker = underBoundary(inTest, "relay_worker_policy");
const workerLive = underBoundary(inProduction, "relay_worker_policy");
const watchdog = underBoundary(inTest, "relay_watchdog_policy");
const scheduler = underBoundary(inTest, "relay_watchdog_schedule_policy");
const plan = (call: Call) => isAllowed(call, attachedTo(pipeline, "deploy_production_plan"));
const apply = (call: Call) => isAllowed(call, attachedTo(pipeline, "deploy_production_apply"));

describe("the roles of the relay", () => {
  it.each(
    callTable([
      ["ingest", ingest, call("sqs:SendMessage", main)],
      ["ingest", ingest, call("secretsmanager:GetSecretValue", secret("inbound"))],
      ["ingest", ingest, call("logs:PutLogEvents", log("ingest"))],
      ["worker", worker, call("sqs:ReceiveMessage", main)],
      ["worker", worker, call("sqs:DeleteMessage", main)],
      ["worker", worker, call("sqs:GetQueueAttributes", main)],
      ["worker", worker, call("sqs:ChangeMessageVisibility", main)],
      ["worker", worker, call("sqs:SendMessage", parked)],
      ["worker", worker, call("dynamodb:GetItem", ledger)],
      ["worker", worker, call("dynamodb:UpdateItem", ledger)],
      ["worker", worker, call("secretsmanager:GetSecretValue", secret("gladly"))],
      ["worker", worker, call("secretsmanager:GetSecretValue", secret("stella-test"))],
      ["worker when live", workerLive, call("secretsmanager:GetSecretValue", secret("stella-production"))],
      ["watchdog", watchdog, call("sqs:SendMessage", main)],
      ["watchdog", watchdog, call("sqs:SendMessage", missed)],
      ["watchdog", watchdog, call("dynamodb:UpdateItem", ledger)],
      ["watchdog", watchdog, call("secretsmanager:GetSecretValue", secret("probe"))],
      ["watchdog", watchdog, call("secretsmanager:GetSecretValue", secret("gladly"))],
      ["scheduler", scheduler, call("lambda:InvokeFunction", arn("lambda", "function:relay-production-watchdog:live"))],
      ["scheduler", scheduler, call("sqs:SendMessage", missed)],
    ]),
  )("%s may %s on %s", (_who, _action, _on, may, allowed) => {
    expect({ ...allowed, may: may(allowed) }).toEqual({ ...allowed, may: true });
  });

  it.each(
    callTable([
      ["ingest", ingest, call("sqs:ReceiveMessage", main)],
      ["ingest", ingest, call("sqs:SendMessage", parked)],
      ["ingest", ingest, call("dynamodb:GetItem", ledger)],
      ["ingest", ingest, call("secretsmanager:GetSecretValue", secret("gladly"))],
      ["ingest", ingest, call("secretsmanager:GetSecretValue", secret("stella-test"))],
      ["ingest", ingest, call("logs:PutLogEvents", log("worker"))],
      ["worker in test mode", worker, call("secretsmanager:GetSecretValue", secret("stella-production"))],
      ["worker when live", workerLive, call("secretsmanager:GetSecretValue", secret("stella-test"))],
      ["worker", worker, call("secretsmanager:GetSecretValue", secret("inbound"))],
      ["worker", worker, call("secretsmanager:PutSecretValue", secret("stella-test"))],
      ["worker", worker, call("sqs:SendMessage", main)],
      ["worker", worker, call("sqs:PurgeQueue", main)],
      ["worker", worker, call("dynamodb:Scan", ledger)],
      ["worker", worker, call("dynamodb:DeleteItem", ledger)],
      ["worker", worker, call("dynamodb:GetItem", arn("dynamodb", "table/relay-staging-ledger"))],
      ["worker", worker, call("lambda:InvokeFunction", arn("lambda", "function:relay-production-watchdog:live"))],
      ["watchdog", watchdog, call("secretsmanager:GetSecretValue", secret("stella-test"))],
      ["watchdog", watchdog, call("secretsmanager:GetSecretValue", secret("inbound"))],
      ["watchdog", watchdog, call("sqs:ReceiveMessage", main)],
      ["watchdog", watchdog, call("cloudwatch:PutMetricData", "*")],
      ["scheduler", scheduler, call("lambda:InvokeFunction", arn("lambda", "function:relay-production-worker:live"))],
    ]),
  )("%s may not %s on %s", (_who, _action, _on, may, refused) => {
    expect({ ...refused, may: may(refused) }).toEqual({ ...refused, may: false });
  });
});

const underTheBoundary = { "iam:PermissionsBoundary": "arn:aws:iam::444455556666:policy/relay-production-boundary" };
const linked =
  "arn:aws:iam::444455556666:role/aws-service-role/ops.apigateway.amazonaws.com/AWSServiceRoleForAPIGateway";
const state = "arn:aws:s3:::relay-state-444455556666/production.tfstate";

describe("the roles of the pipeline", () => {
  it.each(
    callTable([
      ["plan", plan, call("lambda:GetFunction", arn("lambda", "function:relay-production-worker"))],
      ["plan", plan, call("dynamodb:DescribeTable", ledger)],
      ["plan", plan, call("secretsmanager:ListSecretVersionIds", secret("inbound"))],
      ["plan", plan, call("s3:GetObject", state)],
      ["plan", plan, call("s3:PutObject", `${state}.tflock`)],
      ["plan", plan, call("route53:ListResourceRecordSets", "arn:aws:route53:::hostedzone/Z0123456789EXAMPLE")],
      ["apply", apply, call("s3:PutObject", state)],
      ["apply", apply, call("lambda:UpdateFunctionConfiguration", arn("lambda", "function:relay-production-worker"))],
      ["apply", apply, call("iam:PutRolePolicy", role("relay-production-worker"), underTheBoundary)],
      // Both are needed: one to replace a role's boundary, one to remove manually attached policies.
      ["apply", apply, call("iam:PutRolePermissionsBoundary", role("relay-production-worker"), underTheBoundary)],
      ["apply", apply, call("iam:DetachRolePolicy", role("relay-production-worker"), underTheBoundary)],
      ["apply", apply, call("acm:RemoveTagsFromCertificate", arn("acm", "certificate/1"), ownTag)],
      ["apply", apply, call("apigateway:PATCH", "arn:aws:apigateway:us-east-1::/apis/a1b2c3", ownTag)],
      // A route has no tags.
      ["apply", apply, call("apigateway:DELETE", "arn:aws:apigateway:us-east-1::/apis/a1b2c3/routes/d4e5f6")],
      ["apply", apply, call("lambda:TagResource", arn("lambda", "event-source-mapping:1"))],
      [
        "apply",
        apply,
        call("iam:CreateServiceLinkedRole", linked, { "iam:AWSServiceName": "ops.apigateway.amazonaws.com" }),
      ],
      [
        "apply",
        apply,
        call("lambda:CreateEventSourceMapping", "*", {
          "lambda:FunctionArn": arn("lambda", "function:relay-production-worker:live"),
        }),
      ],
      [
        "apply",
        apply,
        call("iam:PassRole", role("relay-production-worker"), { "iam:PassedToService": "lambda.amazonaws.com" }),
      ],
    ]),
  )("%s may %s on %s", (_who, _action, _on, may, allowed) => {
    expect({ ...allowed, may: may(allowed) }).toEqual({ ...allowed, may: true });
  });

  it.each(
    callTable([
      ["plan", plan, call("secretsmanager:GetSecretValue", secret("inbound"))],
      ["plan", plan, call("sqs:ReceiveMessage", main)],
      ["plan", plan, call("dynamodb:GetItem", ledger)],
      ["plan", plan, call("s3:PutObject", state)],
      ["plan", plan, call("s3:GetObject", "arn:aws:s3:::relay-state-444455556666/other.tfstate")],
      ["plan", plan, call("lambda:UpdateFunctionCode", arn("lambda", "function:relay-production-worker"))],
      ["apply", apply, call("secretsmanager:GetSecretValue", secret("stella-production"))],
      ["apply", apply, call("secretsmanager:PutSecretValue", secret("stella-production"))],
      ["apply", apply, call("sqs:PurgeQueue", main)],
      ["apply", apply, call("dynamodb:Scan", ledger)],
      ["apply", apply, call("iam:CreateRole", role("relay-production-worker"))],
      [
        "apply",
        apply,
        call("iam:PutRolePolicy", role("relay-production-worker"), {
          "iam:PermissionsBoundary": "arn:aws:iam::aws:policy/AdministratorAccess",
        }),
      ],
      ["apply", apply, call("iam:PutRolePolicy", role("relay-pipeline/relay-apply-production"), underTheBoundary)],
      ["apply", apply, call("iam:CreatePolicyVersion", "arn:aws:iam::444455556666:policy/relay-production-operator")],
      ["apply", apply, call("iam:DeleteRolePermissionsBoundary", role("relay-production-worker"), underTheBoundary)],
      [
        "apply",
        apply,
        call("iam:PutRolePermissionsBoundary", role("relay-production-worker"), {
          "iam:PermissionsBoundary": "arn:aws:iam::444455556666:policy/relay-staging-boundary",
        }),
      ],
      ["apply", apply, call("iam:CreateServiceLinkedRole", linked, { "iam:AWSServiceName": "ec2.amazonaws.com" })],
      [
        "apply",
        apply,
        call("lambda:CreateEventSourceMapping", "*", { "lambda:FunctionArn": arn("lambda", "function:billing") }),
      ],
      ["apply", apply, call("dynamodb:DeleteTable", ledger)],
      ["apply", apply, call("secretsmanager:DeleteSecret", secret("inbound"))],
      [
        "apply",
        apply,
        call("iam:PassRole", role("relay-production-worker"), { "iam:PassedToService": "ec2.amazonaws.com" }),
      ],
      ["apply", apply, call("lambda:DeleteFunction", arn("lambda", "function:billing"))],
      ["apply", apply, call("lambda:DeleteFunction", arn("lambda", "function:relay-staging-worker"))],
      [
        "apply",
        apply,
        call("lambda:DeleteEventSourceMapping", arn("lambda", "event-source-mapping:1"), {
          "lambda:FunctionArn": arn("lambda", "function:billing"),
        }),
      ],
    ]),
  )("%s may not %s on %s", (_who, _action, _on, may, refused) => {
    expect({ ...refused, may: may(refused) }).toEqual({ ...refused, may: false });
  });

  it("trust one repository: the plan role only from the plan environment, the apply role only from the approved environment", () => {
    const subjects = (name: string) =>
      readPolicy(attributes(pipeline, "aws_iam_role", name).assume_role_policy).flatMap(
        ({ Condition }) => Condition?.StringEquals?.["token.actions.githubusercontent.com:sub"] ?? [],
      );
    expect(subjects("deploy_production_plan")).toEqual(["repo:example/customer-surveys:environment:production-plan"]);
    expect(subjects("deploy_production_apply")).toEqual(["repo:example/customer-surveys:environment:production"]);
  });

  it("also trust GitHub's ids if the file has them, because newer repositories use them", () => {
    const { relay } = environment("production");
    const pipelineOf = { repository: "example/surveys", ownerId: 123456, repositoryId: 456789 };
    const [account] = accountsOf([environment("production", { relay: { ...relay, pipeline: pipelineOf } })]);
    if (account === undefined) throw new Error("there is no account");
    const [statement] = readPolicy(
      attributes(json(foundation(account)), "aws_iam_role", "deploy_production_apply").assume_role_policy,
    );
    expect(statement?.Condition?.StringEquals?.["token.actions.githubusercontent.com:sub"]).toEqual([
      "repo:example/surveys:environment:production",
      "repo:example@123456/surveys@456789:environment:production",
    ]);
  });
});

it("the evaluator refuses a statement that it does not understand", () => {
  const odd = { Sid: "Odd", Effect: "Allow", NotAction: ["s3:*"], Resource: ["*"] };
  expect(() => readPolicy(JSON.stringify({ Version: "2012-10-17", Statement: [odd] }))).toThrow();
});

it("the evaluator fails when the second evaluator gives another result", () => {
  // In node-pbac's ArnLike a wildcard ends at a colon, even in the last part of an ARN. In AWS's it does not.
  const [statement] = readPolicy(
    JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          ...{ Sid: "Feeds", Effect: "Allow", Action: ["lambda:UpdateEventSourceMapping"], Resource: ["*"] },
          Condition: { ArnLike: { "lambda:FunctionArn": [arn("lambda", "function:relay-*")] } },
        },
      ],
    }),
  );
  if (statement === undefined) throw new Error("nothing was read");
  const of = (name: string) =>
    call("lambda:UpdateEventSourceMapping", "*", { "lambda:FunctionArn": arn("lambda", `function:${name}`) });
  expect(isAllowed(of("relay-production-worker"), [statement])).toBe(true);
  expect(() => isAllowed(of("relay-production-worker:live"), [statement])).toThrow(
    "is allowed by iam.ts and refused by node-pbac",
  );
});

describe("a role of an environment", () => {
  it("cannot use another environment's resources because of its boundary, whatever its policy allows", () => {
    const everything = readPolicy(
      JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Sid: "All", Effect: "Allow", Action: ["*"], Resource: ["*"] }],
      }),
    );
    const may = (call: Call) => isAllowed(call, everything) && isAllowed(call, boundary);
    const of = (name: string) => [
      call("secretsmanager:GetSecretValue", arn("secretsmanager", `secret:relay/${name}/gladly-a1B2c3`)),
      call("sqs:SendMessage", arn("sqs", `relay-${name}-main`)),
      call("dynamodb:GetItem", arn("dynamodb", `table/relay-${name}-ledger`)),
      call("lambda:InvokeFunction", arn("lambda", `function:relay-${name}-watchdog:live`)),
    ];
    expect(of("production").map(may)).toEqual([true, true, true, true]);
    expect(of("staging").map(may)).toEqual([false, false, false, false]);
  });
});

describe("a resource with data", () => {
  const applyOf = (change: object) => {
    const [account] = accountsOf([environment("production", change)]);
    if (account === undefined) throw new Error("there is no account");
    const base = json(foundation(account));
    return (call: Call) => isAllowed(call, attachedTo(base, "deploy_production_apply"));
  };
  const removal = [call("dynamodb:DeleteTable", ledger), call("secretsmanager:DeleteSecret", secret("inbound"))];

  it.each([
    ["retired", { retired: true }, true],
    ["draining", { delivery: "direct", draining: "enrich" }, true],
    ["without a relay, after draining", { delivery: "direct" }, true],
    ["at work", {}, false],
  ])("may be deleted by the pipeline of an environment that is %s: %j", (_what, change, expected) => {
    expect(removal.map(applyOf(change))).toEqual([expected, expected]);
  });
});
