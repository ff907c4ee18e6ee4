import { z } from "zod";
import { attachedTo, isAllowed } from "./iam";
import { accountOf, attributes, environment, foundation, integration, json } from "./samples";

describe("a stack on AWS", () => {
  const stack = json(integration(environment("staging")));

  it("allows only its account, and tags all its resources", () => {
    expect(stack.provider).toMatchObject({
      aws: [
        {
          allowed_account_ids: ["111122223333"],
          default_tags: [{ tags: { "relay:environment": "staging", "relay:managed-by": "example/customer-surveys" } }],
        },
      ],
    });
  });

  it("requires the tested versions of Terraform and the providers", () => {
    expect(stack.terraform).toMatchObject({
      required_version: ">= 1.11.0, < 2.0.0",
      required_providers: { aws: { version: ">= 5.100.0, < 7.0.0" } },
    });
  });

  it("keeps its state in the account's bucket, locked while in use", () => {
    expect(stack.terraform.backend).toEqual({
      s3: {
        bucket: "relay-state-111122223333",
        key: "staging.tfstate",
        region: "us-east-1",
        encrypt: true,
        use_lockfile: true,
        allowed_account_ids: ["111122223333"],
      },
    });
  });

  it("can answer Gladly's PING before the webhook is enabled", () => {
    const { depends_on: before } = attributes(stack, "gladly_webhook", "survey_webhook");
    expect(before).toEqual(
      expect.arrayContaining([
        "aws_apigatewayv2_route.relay_endpoint_route",
        "aws_apigatewayv2_stage.relay_endpoint_stage",
        "aws_lambda_permission.relay_endpoint_permission",
        "aws_iam_role_policy.relay_ingest_policy",
        "gladly_topic.do_not_send_topic",
      ]),
    );
  });

  it("plans to enable the worker's event source again if someone disabled it", () => {
    const { enabled, lifecycle } = attributes(stack, "aws_lambda_event_source_mapping", "relay_feed");
    expect({ enabled, lifecycle }).toEqual({ enabled: true, lifecycle: undefined });
  });

  it("warns on every plan while the webhook is disabled", () => {
    expect(stack.check).toMatchObject({
      webhook_is_on: { assert: [{ condition: `\${gladly_webhook.survey_webhook.status == "active"}` }] },
    });
  });

  it("logs the result of each delivery, without personal data", () => {
    const { access_log_settings: settings } = attributes(stack, "aws_apigatewayv2_stage", "relay_endpoint_stage");
    const { format } = z.object({ format: z.string() }).parse(settings);
    expect(Object.values(z.record(z.string(), z.string()).parse(JSON.parse(format))).sort()).toEqual([
      "$context.integrationErrorMessage",
      "$context.integrationLatency",
      "$context.requestId",
      "$context.requestTime",
      "$context.responseLatency",
      "$context.routeKey",
      "$context.status",
    ]);
  });

  it("keeps its access log below /aws/vendedlogs/, where no log group adds to CloudWatch's resource policy", () => {
    const { name } = attributes(stack, "aws_cloudwatch_log_group", "relay_endpoint_access_log");
    expect(name).toBe("/aws/vendedlogs/apigateway/relay-staging-webhook");
    const account = json(foundation(accountOf("staging")));
    const arn = (group: string) => `arn:aws:logs:us-east-1:111122223333:log-group:${group}`;
    // Both, because the apply that moves the access log also deletes the old one.
    for (const group of [String(name), "/aws/apigateway/relay-staging-webhook"]) {
      const call = { action: "logs:DeleteLogGroup", resource: arn(group) };
      expect(isAllowed(call, attachedTo(account, "deploy_staging_apply"))).toBe(true);
    }
  });

  it("limits the webhook's route far above its peak, and all other requests to a few", () => {
    const { default_route_settings: rest, route_settings: routes } = attributes(
      stack,
      "aws_apigatewayv2_stage",
      "relay_endpoint_stage",
    );
    expect(rest).toMatchObject({ throttling_rate_limit: 10, throttling_burst_limit: 20 });
    expect(routes).toMatchObject([{ route_key: "POST /v1/webhooks/gladly", throttling_rate_limit: 200 }]);
    expect(attributes(stack, "aws_lambda_permission", "relay_endpoint_permission")).toMatchObject({
      qualifier: "live",
      source_arn: expect.stringMatching(/\/\*\/POST\/v1\/webhooks\/gladly$/),
    });
  });

  it("delivers only to its custom domain, if it has one", () => {
    const production = json(integration(environment("production")));
    expect(attributes(production, "gladly_webhook", "survey_webhook").url).toBe(
      "https://surveys.example.com/v1/webhooks/gladly",
    );
    expect(attributes(production, "aws_apigatewayv2_api", "relay_endpoint_api").disable_execute_api_endpoint).toBe(
      true,
    );
  });
});

describe("a foundation", () => {
  it("stores its first state on this machine, before the bucket exists", () => {
    const account = accountOf("staging");
    expect(json(foundation(account, account.id)).terraform.backend).toMatchObject({ local: {} });
    expect(json(foundation(account)).terraform.backend).toMatchObject({
      s3: { key: "foundation-111122223333.tfstate" },
    });
    expect(json(foundation(account, "another account")).terraform.backend).toMatchObject({ s3: {} });
  });
});
